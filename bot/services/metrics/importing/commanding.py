"""`baton import metrics`: the same import for the operator at the machine, who is shown everything, and answers by options."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.metrics.importing.asking.typed import Answers, Settled, settle
from bot.rules.metrics.importing.files import Decided, Outcome
from bot.rules.metrics.importing.files.decided import as_before
from bot.rules.metrics.importing.imports import LEASE, Import, ImportKind, ImportState
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.look.things import TeamNumbers
from bot.rules.teams import Team
from bot.services.metrics.importing.deciding import remember
from bot.services.metrics.importing.files import Looked
from bot.services.metrics.importing.imported import (
    LOOK,
    OUTCOME,
    bare,
    deciding,
    finding,
    same_live,
    save,
    with_chain,
)
from bot.services.metrics.importing.looking import Job, feed_of
from bot.services.metrics.importing.replacing import count, earlier
from bot.services.metrics.store.keeping import ONLY_LEADS
from bot.text import _
from storage import teams
from storage.database import Database
from storage.metrics import imports, mappings

NO_TEAM = _("There is no team called {name}. `baton import people` makes teams.")
ALREADY = _("This very file is in the numbers already, so nothing was changed.")


@dataclass(frozen=True, slots=True)
class File:
    """The file at the machine: what it is called, what its bytes come to, and what is in it."""

    name: str
    digest: str
    looked: Looked


async def team_named(db: Database, operator: Person, name: str) -> Team:
    """Raises Refused if there is none."""
    async with db.read(operator.workspace_id) as tx:
        found = await teams.find_by_name(tx, name)
        if found is None:
            raise Refused(NO_TEAM, name=name)
        chain = await teams.chain_of(tx, found.id)
    thing = TeamNumbers(operator.workspace_id, found.id, chain)
    check_may(operator, Permission.METRICS_IMPORT, thing, ONLY_LEADS)
    return found


async def decide(
    db: Database,
    operator: Person,
    team: Team,
    file: File,
    said: Answers,
    *,
    zone: str,
    now: datetime,
) -> Settled:
    """What the columns are taken for: as last time, or as they look, and as was said now; and what is open still.

    Raises Refused for a file that is there already, and for answers to nothing.
    """
    looked = file.looked
    async with db.read(operator.workspace_id) as tx:
        if await same_live(tx, None, file.digest, looked.look.sheet):
            raise Refused(ALREADY)
        remembered = await mappings.find(tx, looked.look.signature)
        mapping = looked.mapping
        if remembered:
            mapping = as_before(mapping, Mapping.unpack(remembered.mapping), looked.look.columns)
        mapping = replace(mapping, zone=zone)
        decided = Decided(mapping, has_team=True, is_remembered=bool(remembered))
        has_earlier = False
        if remembered:
            draft = _draft(operator, team, file, remembered.feed_id, decided, now=now)
            has_earlier = bool(await earlier(tx, operator, draft, looked.look))
    return settle(looked.look, decided, said, has_earlier=has_earlier)


async def begin_by_command(
    db: Database,
    operator: Person,
    team: Team,
    file: File,
    decided: Decided,
    *,
    now: datetime,
) -> Job:
    """An import that is being read here, and by nobody else."""
    look = file.looked.look
    check_may(operator, Permission.METRICS_IMPORT, team, ONLY_LEADS)
    async with db.write(operator.workspace_id) as tx:
        remembered = await mappings.find(tx, look.signature)
        feed_id = (
            remembered.feed_id if remembered else await feed_of(tx, decided.mapping, file.looked)
        )
        begun = _draft(operator, team, file, feed_id, decided, now=now)
        begun = replace(begun, state=ImportState.READING, tries=1, not_before=now + LEASE)
        added = await imports.add(tx, begun)
        await remember(tx, look, added, decided, operator.id, now=now)
        return Job(await with_chain(tx, added), operator, team)


def _draft(
    operator: Person, team: Team, file: File, feed_id: str, decided: Decided, *, now: datetime
) -> Import:
    look = file.looked.look
    new = Import(
        *(operator.workspace_id, "", 0, ImportKind.FILE, feed_id, team.id, operator.id, now),
        file_name=file.name,
        digest=file.digest,
        total=look.lines,
    )
    return finding(deciding(new, decided), **{LOOK: look.packed()})


async def end_by_command(
    db: Database, operator: Person, job: Job, outcome: Outcome, *, is_wanted: bool, now: datetime
) -> None:
    """Its lines count from now on, or nothing of it stays."""
    before = job.import_
    after = replace(finding(before, **{OUTCOME: outcome.packed()}), done=outcome.lines)
    if is_wanted:
        await count(db, operator, before, after, now=now)
        return
    async with db.write(operator.workspace_id) as tx:
        cancelled = replace(
            bare(after), state=ImportState.CANCELLED, ended_at=now, ended_by=operator.id
        )
        await save(tx, cancelled, before)

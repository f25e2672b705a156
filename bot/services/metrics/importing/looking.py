"""Baton's turn: imports are begun, looked through and put off. All of it may be done again after a death."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import random

from bot.errors import Refused
from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may, may
from bot.rules.delivery import backoff
from bot.rules.metrics.importing.files import Belongs, Decided, Trouble
from bot.rules.metrics.importing.files.decided import as_before
from bot.rules.metrics.importing.imports import LEASE, MOST_TRIES, Import, ImportState
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.importing.words.headers import Source
from bot.rules.teams import Team, Workspace, name_key
from bot.services.metrics.importing.bringing import HAS_TEAM
from bot.services.metrics.importing.files import Looked
from bot.services.metrics.importing.imported import (
    ALREADY,
    AWAY,
    BEGAN,
    LOOK,
    REFUSAL,
    bare,
    deciding,
    finding,
    look_of,
    reader_of,
    same_live,
    teams_for,
    tell,
    with_chain,
)
from bot.text import Text
from storage import teams
from storage.database import Database, Tx
from storage.metrics import imports, mappings, turns
from storage.metrics.mappings import Remembered

FORGOTTEN_AFTER = timedelta(days=14)
MOST_AWAY = 300
"""So often Slack cannot be had, or Baton is stopped: a day, at the longest pauses."""


@dataclass(frozen=True, slots=True)
class Job:
    """An import that was begun, for whom it is now, and the team whose numbers these are where nothing else is said."""

    import_: Import
    person: Person
    team: Team

    @property
    def t(self) -> Text:
        return Text(self.person.locale, self.person.zone)

    @property
    def sheet(self) -> str:
        """The one that somebody chose; none if Baton does."""
        return str(self.import_.asked.get("sheet", ""))

    @property
    def looked_at(self) -> str:
        """The one that was looked through."""
        return look_of(self.import_).sheet


def check_clock(clock: Person) -> None:
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)


async def workspaces_wanting(db: Database, *, now: datetime) -> Sequence[str]:
    """Which workspaces have one that could be begun."""
    async with db.across() as connection:
        return await turns.workspaces_wanting(connection, now=now)


async def workspaces_to_clear(db: Database) -> Sequence[str]:
    """Which workspaces have something left of imports that are over."""
    async with db.across() as connection:
        return await turns.workspaces_to_clear(connection)


async def workspaces_with_forgotten(db: Database, *, now: datetime) -> Sequence[str]:
    """Which workspaces have one that nobody has answered for long."""
    async with db.across() as connection:
        return await turns.workspaces_with_forgotten(connection, before=now - FORGOTTEN_AFTER)


async def next_due(db: Database, *, after: datetime) -> datetime | None:
    """When one that has to wait at present may be begun, in any workspace."""
    async with db.across() as connection:
        return await turns.next_due(connection, after=after)


async def begin(db: Database, clock: Person, state: ImportState, *, now: datetime) -> Job | None:
    """The next one of this state, if there is one. The rights of who brought it are looked at anew."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        found = await turns.claim(tx, state, now=now)
        if found is None:
            return None
        found = await with_chain(tx, found)
        person, team = await reader_of(tx, found), await teams.find(tx, found.team_id)
        if person is None or team is None or not may(person, Permission.METRICS_IMPORT, found):
            await end(tx, found, Trouble.NOT_ALLOWED, now=now)
            return None
        if found.tries - _count(found, BEGAN) - _count(found, AWAY) > MOST_TRIES:
            await end(tx, found, Trouble.BROKEN, now=now)
            return None
    return Job(found, person, team)


async def still_there(db: Database, clock: Person, import_: Import, *, now: datetime) -> None:
    """A sign of life while there is nothing to show: nobody else begins it."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        await turns.hold(tx, import_, until=now + LEASE)


async def looked(
    db: Database, clock: Person, job: Job, found: Looked, digest: str, *, now: datetime
) -> bool:
    """All of the file was looked through: who brought it is shown what it is. False if it is somebody else's by now."""
    check_clock(clock)
    before = job.import_
    async with db.write(clock.workspace_id) as tx:
        found = replace(found, look=found.look.named(before.file_name))
        same = await same_live(tx, before, digest, found.look.sheet)
        after = replace(before, digest=digest, total=found.look.lines, done=0)
        # Of a workbook with several sheets another one can still be chosen.
        if same and (job.sheet or len(found.look.sheets) < 2):
            after = finding(after, **{ALREADY: same.id})
            return await end(tx, after, Trouble.ALREADY, now=now, before=before)
        remembered = await mappings.find(tx, found.look.signature)
        decided = await _proposed(tx, job, found, remembered)
        feed_id = remembered.feed_id if remembered else await feed_of(tx, decided.mapping, found)
        after = finding(after, **{LOOK: found.look.packed()})
        after = deciding(replace(after, feed_id=feed_id, state=ImportState.ASKING), decided)
        if not await imports.save(tx, after, before):
            return False
        await tell(tx, after, now=now)
    return True


async def _proposed(tx: Tx, job: Job, found: Looked, remembered: Remembered | None) -> Decided:
    """What it is taken for: as somebody said last time, or as it looks."""
    look, mapping = found.look, found.mapping
    if remembered:
        last = Mapping.unpack(remembered.mapping)
        mapping = as_before(mapping, last, look.columns)
    has_team = bool(job.import_.asked.get(HAS_TEAM))
    allowed = {name_key(one.name) for one in await teams_for(tx, job.person)}
    place = mapping.places.get(Role.TEAM)
    named = {name_key(one) for one in look.columns[place].cells} if place is not None else set()
    if not has_team and named & allowed:
        return Decided(mapping, Belongs.COLUMN, has_team=True, is_remembered=bool(remembered))
    return Decided(mapping, has_team=has_team, is_remembered=bool(remembered))


async def feed_of(tx: Tx, mapping: Mapping, found: Looked) -> str:
    """All files of a program are of one feed; others by their headers."""
    source = mapping.source
    name = source if source is not Source.FREE else mappings.short(found.look.signature)
    return await imports.feed(tx, name, source)


async def refuse(
    db: Database,
    clock: Person,
    job: Job,
    trouble: Trouble,
    refused: Refused | None = None,
    *,
    now: datetime,
) -> bool:
    """It cannot be imported, and who brought it is told why. False if somebody else has it by now."""
    check_clock(clock)
    import_ = job.import_
    if refused:
        said = {"message": refused.message, "values": dict(refused.values)}
        import_ = finding(import_, **{REFUSAL: said})
    async with db.write(clock.workspace_id) as tx:
        return await end(tx, import_, trouble, now=now, before=job.import_)


async def put_off(db: Database, clock: Person, import_: Import, *, now: datetime) -> None:
    """It failed. It is tried again after a growing pause, a few times."""
    check_clock(clock)
    wait = backoff(import_.tries, random())  # noqa: S311 - it only spreads
    async with db.write(clock.workspace_id) as tx:
        await turns.put_off(tx, import_, until=now + wait)


async def wait(
    db: Database, clock: Person, import_: Import, *, now: datetime, pause: timedelta | None = None
) -> None:
    """Slack cannot be had at present, or Baton stops: no fault of the file, which is given up only after a day or so."""
    check_clock(clock)
    away = _count(import_, AWAY) + 1
    pause = backoff(away, random()) if pause is None else pause  # noqa: S311 - it only spreads
    async with db.write(clock.workspace_id) as tx:
        if away > MOST_AWAY:
            await end(tx, import_, Trouble.SLACK, now=now)
            return
        await imports.save(
            tx, replace(finding(import_, **{AWAY: away}), not_before=now + pause), import_
        )


def _count(import_: Import, what: str) -> int:
    return int(import_.found.get(what, 0))


async def forget(db: Database, clock: Person, *, now: datetime) -> None:
    """What nobody has answered for long is given up: the file has to be brought anew."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        for one in await turns.forgotten(tx, before=now - FORGOTTEN_AFTER):
            cancelled = replace(
                bare(one), state=ImportState.CANCELLED, trouble=Trouble.FORGOTTEN, ended_at=now
            )
            if await imports.save(tx, cancelled, one):
                await tell(tx, one, now=now)


async def end(
    tx: Tx, import_: Import, trouble: Trouble, *, now: datetime, before: Import | None = None
) -> bool:
    """Give it up, and say so on its card."""
    after = replace(bare(import_), state=ImportState.REFUSED, trouble=trouble, ended_at=now)
    if not await imports.save(tx, after, before or import_):
        return False
    await tell(tx, after, now=now)
    return True

"""What people decide about a file before it is read: answers, corrections, whose numbers they are, and to begin."""

from collections.abc import Mapping as Keyed
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.errors import Refused
from bot.people import Person
from bot.rules.metrics.importing.asking.questions import answer as answered
from bot.rules.metrics.importing.asking.questions import is_answer
from bot.rules.metrics.importing.files import Belongs, Decided, Look
from bot.rules.metrics.importing.files.decided import key_of
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.metrics.importing.mapping import Use
from bot.rules.metrics.importing.recognising.columns import Style
from bot.rules.teams import Team
from bot.rules.zones import is_zone
from bot.services.metrics.importing.bringing import NO_SUCH_TEAM
from bot.services.metrics.importing.imported import (
    begun_anew,
    decided_of,
    deciding,
    get_in,
    look_of,
    save,
    teams_for,
    tell,
)
from bot.services.metrics.importing.seen import open_questions, see
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.metrics.importing.seen import Seen
from storage import teams
from storage.database import Database, Tx
from storage.metrics import mappings

NO_SUCH_ANSWER = _("That is no longer a choice. The message shows what is.")
STILL_OPEN = _("Please answer what the message still asks, and then press Import.")
NO_SUCH_ZONE = _("Please choose a time zone.")


@dataclass(frozen=True, slots=True)
class Corrections:
    """What somebody changed in the form; what it did not show stays. Columns are by their place."""

    uses: Keyed[int, Use] = field(default_factory=dict)
    styles: Keyed[int, Style] = field(default_factory=dict)
    zone: str = ""
    belongs: Belongs | None = None
    team_id: str = ""
    sheet: str = ""
    day: date | None = None


async def open_form(db: Database, person: Person, import_id: str) -> Seen:
    """What the form for columns shows. Raises Denied, Refused and Stale."""
    async with db.read(person.workspace_id) as tx:
        found = await get_in(tx, person, import_id, *OPEN)
        return await see(tx, person, found)


OPEN = (ImportState.ASKING, ImportState.WAITING)


async def answer(
    db: Database,
    person: Person,
    import_id: str,
    question: str,
    value: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """One of the questions of the card. Raises Denied, Refused and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await get_in(tx, person, import_id, ImportState.ASKING)
        look, decided = look_of(found), decided_of(found)
        asked = {key_of(one): one for one in await open_questions(tx, person, found, look, decided)}
        if question not in asked or not is_answer(asked[question], value):
            raise Refused(NO_SUCH_ANSWER)
        mapping = answered(decided.mapping, asked[question], value)
        await _keep(tx, found, decided.with_answer(asked[question], mapping), now=now)


async def choose_team(
    db: Database, person: Person, import_id: str, team_id: str, *, key: str, now: datetime
) -> None:
    """Whose numbers these are. Raises Denied, Refused and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await get_in(tx, person, import_id, ImportState.ASKING)
        moved, decided = await _to_team(tx, person, found, decided_of(found), team_id)
        await _keep(tx, found, decided, after=moved, now=now)


async def correct(
    db: Database, person: Person, import_id: str, wanted: Corrections, *, key: str, now: datetime
) -> Seen:
    """What the columns really are. Another sheet is looked through first. Raises Denied, Refused and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await get_in(tx, person, import_id, *OPEN)
        look, decided = look_of(found), decided_of(found)
        after = replace(found, state=ImportState.ASKING)
        if wanted.team_id:
            after, decided = await _to_team(tx, person, after, decided, wanted.team_id)
        decided = _corrected(decided, wanted)
        if wanted.sheet and wanted.sheet != look.sheet and wanted.sheet in look.sheets:
            after = _look_at(after, decided, wanted.sheet, now)
        await _keep(tx, found, decided, after=after, now=now)
        return await see(tx, person, deciding(after, decided))


def _corrected(decided: Decided, wanted: Corrections) -> Decided:
    mapping = decided.mapping
    for place, use in wanted.uses.items():
        if place < len(mapping.columns) and mapping.columns[place].use != use:
            mapping = mapping.with_use(place, use)
    for place, style in wanted.styles.items():
        if place < len(mapping.columns):
            mapping = mapping.with_style(place, style)
    if wanted.zone and not is_zone(wanted.zone):
        raise Refused(NO_SUCH_ZONE)
    return replace(
        decided,
        mapping=replace(mapping, zone=wanted.zone or mapping.zone, day=wanted.day or mapping.day),
        belongs=wanted.belongs or decided.belongs,
    )


def _look_at(import_: Import, decided: Decided, sheet: str, now: datetime) -> Import:
    """The other sheet is Baton's turn once more."""
    asked = {**import_.asked, "sheet": sheet, "has_team": decided.has_team}
    again = begun_anew(replace(import_, asked=asked))
    return replace(again, state=ImportState.LOOKING, not_before=now)


async def start(db: Database, person: Person, import_id: str, *, key: str, now: datetime) -> None:
    """All is said: read the file. What its columns mean is remembered. Raises Denied, Refused and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await get_in(tx, person, import_id, ImportState.ASKING)
        seen = await see(tx, person, found)
        if not seen.is_ready or seen.look is None or seen.decided is None:
            raise Refused(STILL_OPEN)
        await remember(tx, seen.look, found, seen.decided, person.id, now=now)
        after = replace(begun_anew(found), state=ImportState.READING, not_before=now, done=0)
        await save(tx, after, found)
        await tell(tx, after, now=now)


async def remember(
    tx: Tx, look: Look, import_: Import, decided: Decided, by: str, *, now: datetime
) -> None:
    """The next file with these headers is taken for the same. Which day this one was about is its own."""
    packed = replace(decided.mapping, day=None).packed()
    await mappings.save(tx, look.signature, import_.feed_id, packed, by=by, now=now)


async def _to_team(
    tx: Tx, person: Person, import_: Import, decided: Decided, team_id: str
) -> tuple[Import, Decided]:
    """The clocks of the file are the team's, unless somebody said otherwise."""
    chosen = {one.id: one for one in await teams_for(tx, person)}.get(team_id)
    if chosen is None:
        raise Refused(NO_SUCH_TEAM)
    zone = await _zone_now(tx, import_, decided, chosen)
    decided = replace(decided, has_team=True, mapping=replace(decided.mapping, zone=zone))
    return replace(import_, team_id=team_id), decided


async def _zone_now(tx: Tx, import_: Import, decided: Decided, chosen: Team) -> str:
    before = await teams.find(tx, import_.team_id)
    is_untouched = before is not None and before.zone == decided.mapping.zone
    return chosen.zone if is_untouched else decided.mapping.zone


async def _keep(
    tx: Tx, before: Import, decided: Decided, *, after: Import | None = None, now: datetime
) -> None:
    changed = deciding(after or before, decided)
    await save(tx, changed, before)
    await tell(tx, changed, now=now)

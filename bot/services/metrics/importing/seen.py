"""An import as its card and its forms show it: what it is taken for, what is still to be said, what it came to."""

from collections.abc import Sequence
from dataclasses import replace

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.rules.metrics.importing.asking.asking import is_about_earlier, still_open
from bot.rules.metrics.importing.asking.questions import Question
from bot.rules.metrics.importing.files import Decided, Look
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.teams import Team
from bot.services.metrics.importing.imported import (
    ALREADY,
    DECIDED,
    LOOK,
    decided_of,
    look_of,
    outcome_of,
    reader_of,
    teams_for,
    with_chain,
)
from bot.services.metrics.importing.replacing import earlier
from bot.text import Text
from bot.views.metrics.importing import card as drawing
from bot.views.metrics.importing.seen import Listed, Seen
from storage import teams
from storage.database import Database, Tx
from storage.metrics import imports

MOST_LISTED = 10
"""Imports in the list."""


async def draw(tx: Tx, import_id: str, _channel: str) -> Drawn | None:
    """The card of an import, as it stands."""
    found = await imports.find(tx, import_id)
    person = await reader_of(tx, found) if found else None
    if found is None or person is None:
        return None
    seen = await see(tx, person, found)
    t = Text(person.locale, person.zone)
    return Drawn(drawing.headline(seen, t), drawing.blocks(seen, t))


async def see(tx: Tx, person: Person, import_: Import) -> Seen:
    """As this person sees it, whoever brought it: nothing of what is in it, once they may not import for its team."""
    import_ = await with_chain(tx, import_)
    team = await teams.find(tx, import_.team_id)
    may_undo = may(person, Permission.METRICS_UNDO, import_)
    if not may(person, Permission.METRICS_IMPORT, import_):
        return Seen(import_, team, may_undo=may_undo)
    allowed = await _allowed(tx, person)
    outcome = outcome_of(import_)
    seen = Seen(import_, team, allowed, outcome=outcome, may_undo=may_undo, is_open=True)
    if already := import_.found.get(ALREADY):
        seen.already = await imports.find(tx, str(already))
    if LOOK in import_.found and DECIDED in import_.asked:
        seen.look, seen.decided = look_of(import_), decided_of(import_)
        if import_.state is ImportState.ASKING:
            seen.questions = await open_questions(tx, person, import_, seen.look, seen.decided)
    return seen


async def _allowed(tx: Tx, person: Person) -> Sequence[Team]:
    return await teams_for(tx, person) if not person.is_system else await teams.list_all(tx)


async def open_questions(
    tx: Tx, person: Person, import_: Import, look: Look, decided: Decided
) -> tuple[Question, ...]:
    """What has to be said before it is read."""
    found = still_open(look, decided, has_earlier=True)
    if any(map(is_about_earlier, found)) and not await earlier(tx, person, import_, look):
        return still_open(look, decided, has_earlier=False)
    return found


async def see_list(db: Database, person: Person) -> Listed:
    """The newest imports of the teams that this person may import for. Raises Denied for who may for none."""
    async with db.read(person.workspace_id) as tx:
        allowed = await teams_for(tx, person)
        ids = [one.id for one in allowed]
        chains = await teams.chains_of(tx, ids)
        found = [
            replace(one, chain=chains[one.team_id])
            for one in await imports.latest(tx, *ENDED_WELL, most=MOST_LISTED, team_ids=ids)
        ]
        may_undo = {one.id for one in found if may(person, Permission.METRICS_UNDO, one)}
        return Listed(allowed, found, may_undo)


ENDED_WELL = (ImportState.LIVE, ImportState.UNDONE, ImportState.READING, ImportState.WAITING)
"""Those that are worth looking back at, or still come."""

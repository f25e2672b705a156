"""The clock of a stand-up: one timer each, at which its rounds are looked after; it sets itself anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.spans import Span
from bot.rules.standups import Round, RoundState, StandUp
from bot.rules.standups.planning import MARGIN, Occurrence, occurrences
from bot.rules.standups.seating import INSTANT, Scene
from bot.rules.standups.stepping import AT_LEAST_EVERY, step
from bot.rules.teams import Team
from bot.services.standups import asking
from bot.services.standups.floor import floor_of
from bot.services.ticking import Busy
from storage import standups, teams, timers
from storage.database import Tx
from storage.timers import Timer

LOOK = "standup.look"
"""Its subject is the stand-up. It is due when something was to be done, or has changed, for the first time since the last look."""
REMEMBERED = timedelta(days=14)
"""After a longer downtime, what was missed before is not told any more."""


async def look_again(tx: Tx, standup_id: str, *, now: datetime) -> None:
    """Something about this stand-up has changed: it is looked after within a second."""
    await timers.hasten(tx, Timer(LOOK, standup_id, now))


async def look_again_in(tx: Tx, team_id: str, *, now: datetime) -> None:
    """Something about this team, its people or its shifts has changed. One that is switched off may have an open round."""
    found = await standups.list_of_team(tx, team_id)
    await timers.hasten(tx, *(Timer(LOOK, one.id, now) for one in found))


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Ask, remind, close, or say what was missed: whatever is due by now; and set the next look.

    Nobody else looks after the stand-up or changes its open rounds until the commit. Raises Busy while somebody does.
    """
    known = await standups.lock(tx, timer.subject, waits=False)
    if known is None:
        if await standups.find(tx, timer.subject):
            raise Busy
        return
    standup, looked_at = known
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, standup, ONLY_THE_CLOCK)
    team = await teams.get(tx, standup.team_id)
    since = max(timer.due_at, looked_at + INSTANT, now - REMEMBERED)
    scene = await _scene(tx, standup, team, min(since, now), now=now)
    outcome = step(scene)
    await asking.carry_out(tx, standup, team, outcome.turns, now=now)
    await standups.mark_looked(tx, standup.id, until=max(now, looked_at))
    if outcome.next_at:
        await timers.put(tx, Timer(LOOK, standup.id, outcome.next_at))


async def _scene(tx: Tx, standup: StandUp, team: Team, since: datetime, *, now: datetime) -> Scene:
    """Everything that has to be known, with the open rounds locked."""
    found = await standups.list_rounds(tx, standup_ids=[standup.id], since=since - MARGIN)
    open_ones = [await _held(tx, one) for one in await _open(tx, standup, found)]
    within = Span(min([since, *(one.opens_at for one in open_ones)]), now + AT_LEAST_EVERY)
    floor = await floor_of(tx, team, Span(within.start - MARGIN, within.end + MARGIN))
    planned = occurrences(standup, floor, within)
    over = [one for one in found if one.state is not RoundState.OPEN]
    wanted = [one.id for one in (*open_ones, *_on_days_to_come(over, planned))]
    return Scene(
        standup,
        floor,
        within,
        since,
        now,
        planned,
        [*open_ones, *over],
        await standups.seats_of_round(tx, *wanted) if wanted else {},
        await standups.ahead_of(tx, standup.id, *sorted({one.day for one in planned})),
    )


async def _open(tx: Tx, standup: StandUp, found: Sequence[Round]) -> list[Round]:
    """However long ago they opened, and in one order for everybody who locks them."""
    known = {one.id: one for one in found if one.state is RoundState.OPEN}
    known |= {
        one.id: one
        for one in await standups.list_rounds(tx, standup_ids=[standup.id], is_open=True)
    }
    return [known[one] for one in sorted(known)]


async def _held(tx: Tx, one: Round) -> Round:
    """The round as it is now, held until the commit. Raises Busy while somebody changes it."""
    held = await standups.lock_round(tx, one.id, waits=False)
    if held is None:
        raise Busy
    return held


def _on_days_to_come(over: Sequence[Round], planned: Sequence[Occurrence]) -> list[Round]:
    """Those that were held on a day of which more is planned: who was asked then may not be asked again."""
    keys = {one.key for one in over}
    days = {one.day for one in planned if one.key not in keys}
    return [one for one in over if one.day in days]

"""Do-not-disturb: shortly before a stand-up asks people, Slack is asked when they are not to be disturbed.

In between, while Slack is asked, no transaction is open. Whatever goes wrong, people are asked as planned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.delivery import Answer
from bot.rules.spans import Span
from bot.rules.standups import StandUp
from bot.rules.standups.planning import MARGIN, Floor
from bot.rules.standups.quiet import AHEAD, KNOWN_FOR, changes_plan, soon_asked, spans_in
from bot.rules.teams import Workspace
from bot.services.standups import timing
from bot.services.standups.floor import floor_of
from storage import standups, teams
from storage.database import Database
from storage.standups import Soon

ASK = "dnd.teamInfo"


@dataclass(frozen=True, slots=True)
class Plan:
    """A stand-up as it is planned now, and whom to ask about before it asks them: nobody has within the hour."""

    standup: StandUp
    floor: Floor
    people: Sequence[str]


async def soon(db: Database, *, now: datetime) -> list[Soon]:
    """The stand-ups of all workspaces that heed do-not-disturb and may ask somebody soon, the first first."""
    async with db.across() as connection:
        return await standups.soon(connection, timing.LOOK, before=now + AHEAD)


async def next_due(db: Database, *, after: datetime) -> datetime | None:
    """When `soon` will find one more."""
    async with db.across() as connection:
        due = await standups.next_look(connection, timing.LOOK, after=after + AHEAD)
    return due - AHEAD if due else None


async def plan(db: Database, clock: Person, standup_id: str, *, now: datetime) -> Plan | None:
    """Whom it will ask soon. None if it is no more."""
    _check_clock(clock)
    async with db.read(clock.workspace_id) as tx:
        standup = await standups.find(tx, standup_id)
        if standup is None:
            return None
        team = await teams.get(tx, standup.team_id)
        floor = await floor_of(tx, team, Span(now - MARGIN, now + 2 * AHEAD + MARGIN))
        people = soon_asked(standup, floor, now)
        known = await standups.quiet_times(tx, people, asked_since=now - KNOWN_FOR)
    return Plan(standup, floor, [one for one in people if one not in known])


async def claim(db: Database, clock: Person, people: Sequence[str], *, now: datetime) -> list[str]:
    """Those of them about whom nobody has asked within the hour. From now on somebody has, so that nobody else does."""
    _check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        return await standups.claim_quiet_times(tx, people, asked_before=now - KNOWN_FOR, now=now)


async def give_back(db: Database, clock: Person, people: Sequence[str], *, now: datetime) -> None:
    """Slack had no time for the question: it may be asked again."""
    _check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        await standups.unclaim_quiet_times(tx, people, asked_at=now - KNOWN_FOR)


async def keep(
    db: Database,
    clock: Person,
    plans: Sequence[Plan],
    people: Sequence[str],
    answer: Answer,
    *,
    now: datetime,
) -> None:
    """What Slack said of these people. A stand-up that will ask at another time because of it is looked after anew."""
    _check_clock(clock)
    quiet = spans_in(answer.data.get("users"), people, now)
    changed = [one for one in plans if changes_plan(one.standup, one.floor, quiet, now)]
    async with db.write(clock.workspace_id) as tx:
        await standups.put_quiet_times(tx, quiet, now=now)
        for one in changed:
            await timing.look_again(tx, one.standup.id, now=now)
            tx.wakes.add("tick")


def _check_clock(clock: Person) -> None:
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)

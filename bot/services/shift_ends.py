"""Planning the ends of shifts as timers: each team's for two days ahead, anew at midnight and after every change.

A planned end is a reason to look, not a fact: what it leads to checks whether somebody really stops working then.
"""

from datetime import datetime, timedelta

from bot.people import Role, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules import shifts as rules
from bot.rules.shifts import Span
from bot.rules.shifts.duties import BEFORE
from bot.rules.shifts.ends import ends, remind_at
from bot.rules.wall_clock import day_of, midnight
from bot.services import standups
from storage import members, shifts, teams, timers
from storage.database import Tx
from storage.timers import Timer

PLAN_ENDS = "shift.plan_ends"
ENDS = "shift.ends"
"""Its subject is a person and its step the end: who works in two teams stops once."""

DAYS_AHEAD = 2
"""So that a plan that comes late by a day has missed nothing."""
CAN_OWN = (Role.LEAD, Role.MANAGER)


async def replan(tx: Tx, team_id: str, *, now: datetime) -> None:
    """The team's shifts have changed: plan their ends anew, within a second."""
    await timers.put(tx, Timer(PLAN_ENDS, team_id, now))


async def replan_of(tx: Tx, *person_ids: str, now: datetime) -> None:
    """Something changed about when these people work, in all their teams."""
    found = await members.teams_of(tx, person_ids)
    await timers.put(tx, *(Timer(PLAN_ENDS, team_id, now) for team_id in found))


async def plan(tx: Tx, timer: Timer, now: datetime) -> None:
    """Set a timer shortly before each end of those who can own cases, and plan again at the team's next midnight.

    A team without shifts is planned again when it gets some. Ends that a downtime has hidden are planned too, late.
    """
    team = await teams.find(tx, timer.subject)
    if team is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    await standups.look_again_in(tx, team.id, now=now)
    today = day_of(now, team.zone)
    within = Span(min(timer.due_at, now), midnight(today + timedelta(days=DAYS_AHEAD), team.zone))
    window = Span(within.start - BEFORE, within.end + BEFORE)
    roster = await shifts.roster(tx, team, window)
    if not (roster.patterns or roster.overrides):
        return
    owners = {one.person_id for one in await teams.members(tx, team.id, *CAN_OWN)}
    found = [
        Timer(ENDS, person_id, max(now, remind_at(span)), span.end.isoformat())
        for person_id, span in ends(rules.duties(roster, window), within)
        if person_id in owners
    ]
    tomorrow = midnight(today + timedelta(days=1), team.zone)
    await timers.put(tx, *found, Timer(PLAN_ENDS, team.id, tomorrow))

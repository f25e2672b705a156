"""How a policy runs: which level is next, when, and which policy is in force. It always comes to an end.

Whoever runs one asks `settle` which level is due when the time has come, tells those whom it reaches, and asks `onward`
for the next. A dry run does exactly the same, so that it cannot promise anything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rules import calendars
from bot.rules.calendars import Calendar, NeverOpen
from bot.rules.policies.kinds import Outside, Policy

MINUTE = timedelta(minutes=1)
LEAST_PAUSE = 1
"""Minutes between two rounds, whatever the last level says."""


@dataclass(frozen=True, slots=True)
class Run:
    """A place in a policy: the index of a level, and how often the policy was repeated before it."""

    level: int
    round: int


@dataclass(frozen=True, slots=True)
class Due:
    """The level that fires, of which policy, and when."""

    policy: Policy
    run: Run
    at: datetime


def first(policy: Policy) -> Run:  # noqa: ARG001 - where a policy begins is its own matter
    return Run(0, 0)


def after(policy: Policy, run: Run) -> Run | None:
    """The next level, or the first one of another round; None when there is nobody left to tell."""
    if run.level + 1 < len(policy.levels):
        return Run(run.level + 1, run.round)
    if run.round < policy.repeats:
        return Run(_back_to(policy), run.round + 1)
    return None


def fired_at_most(policy: Policy) -> int:
    """How many levels it can fire before it has come to its end."""
    return len(policy.levels) + policy.repeats * (len(policy.levels) - _back_to(policy))


def next_at(
    policy: Policy, run: Run, calendar: Calendar, *, fired_at: datetime, reached: bool = True
) -> datetime:
    """When the level after `run` fires, in UTC. A policy that queues counts working minutes, and never fires outside hours.

    A level that reached nobody is skipped at once. Only before another round its wait is kept, and is a minute at least: or
    a floor on which nobody is there for a moment would have used up every round in that moment.
    """
    following = after(policy, run)
    minutes = policy.levels[run.level].minutes
    if following is not None and following.round > run.round:
        minutes = max(minutes, LEAST_PAUSE)
    elif not reached:
        minutes = 0
    start = fired_at.astimezone(UTC)
    if policy.outside is not Outside.QUEUE:
        return start + minutes * MINUTE
    try:
        return calendars.next_opening(calendar, calendars.due(calendar, start, minutes))
    except NeverOpen:  # a level that never fires would leave the case to nobody
        return start + minutes * MINUTE


def policy_now(
    policy: Policy, policies: Iterable[Policy], calendar: Calendar, now: datetime
) -> Policy:
    """The policy that is in force: while the team is closed the one at the end of the chain of others.

    One that names another that is gone is in force itself; one whose chain goes round in a circle, too.
    """
    if calendars.is_open(calendar, now):
        return policy
    known = {one.id: one for one in policies}
    found, seen = policy, {policy.id}
    while found.outside is Outside.OTHER:
        other = known.get(found.other_policy_id or "")
        if other is None:
            return found
        if other.id in seen:
            return policy
        seen.add(other.id)
        found = other
    return found


def queued_until(policy: Policy, calendar: Calendar, now: datetime) -> datetime | None:
    """When the team opens, if this policy waits for that; None if it may fire now."""
    if policy.outside is not Outside.QUEUE:
        return None
    try:
        opening = calendars.next_opening(calendar, now)
    except NeverOpen:
        return None
    return opening if opening > now else None


def settle(
    policy: Policy, run: Run, policies: Iterable[Policy], calendar: Calendar, now: datetime
) -> Due:
    """What is due when the time of a level has come: that level, the first one of another policy, or one of them later."""
    found = policy_now(policy, policies, calendar, now)
    place = run if found.id == policy.id else first(found)
    return Due(found, place, queued_until(found, calendar, now) or now)


def onward(due: Due, calendar: Calendar, *, reached: bool) -> Due | None:
    """The level after one that has fired, or that reached nobody; None at the end. `settle` it when its time has come."""
    following = after(due.policy, due.run)
    if following is None:
        return None
    at = next_at(due.policy, due.run, calendar, fired_at=due.at, reached=reached)
    return Due(due.policy, following, at)


def _back_to(policy: Policy) -> int:
    return min(policy.repeat_from, len(policy.levels) - 1)

"""What became of one case, as its timeline tells: its waits, its resolutions, and whether each clock was met.

Lengths are working time by the team's calendar, as the clocks count. A clock is judged at one moment: met when it was
answered in time, breached when its time was over. So a report of a past month does not change any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.rules import calendars
from bot.rules.escalations import (
    Decision,
    Escalation,
    Event,
    EventKind,
    Resolution,
    Solvable,
    State,
)
from bot.rules.escalations.clocks import calendar_of
from bot.rules.reports.bounces import field_of
from bot.rules.reports.judging import (
    Judged,
    judged_claims,
    judged_promises,
    judged_updates,
    waits_of,
)
from bot.rules.teams import Team

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One case, and its whole timeline."""

    case: Escalation
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Lasted:
    """Something that ended at `at` after so many working minutes."""

    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Solved:
    """A resolution. `minutes` of working time had passed since the case was raised, or opened again."""

    at: datetime
    minutes: int
    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class Bounce:
    """It went back to its reporter. `field` is what the form should have held, if that is known."""

    at: datetime
    reason: str
    field: str


@dataclass(frozen=True, slots=True)
class Life:
    """All that reports count of one case. `claims` are the waits for an owner that ended with one."""

    case: Escalation
    claims: tuple[Lasted, ...]
    solutions: tuple[Solved, ...]
    reopened: tuple[datetime, ...]
    bounces: tuple[Bounce, ...]
    judged: tuple[Judged, ...]


def life_of(case: Escalation, events: Sequence[Event], team: Team, *, now: datetime) -> Life:
    """`events` is the whole timeline. In any order: versions put it right."""
    events = sorted(events, key=lambda event: event.version)
    calendar = calendar_of(team, case.severity)

    def minutes(start: datetime, end: datetime) -> int:
        return calendars.working_time_between(calendar, start, end) // MINUTE

    waits = waits_of(case, events, team)
    return Life(
        case,
        tuple(
            Lasted(one.claimed_at, minutes(one.started_at, one.claimed_at))
            for one in waits
            if one.claimed_at
        ),
        tuple(
            Solved(end.at, minutes(start.at, end.at), _resolution(case, end, events))
            for start, end in _solutions(events)
        ),
        tuple(
            one.at for one in events if one.kind is EventKind.REOPENED and one.old is State.RESOLVED
        ),
        tuple(
            Bounce(one.at, one.reason, field_of(one, events))
            for one in events
            if one.kind is EventKind.RETURNED
        ),
        (
            *judged_claims(waits, now),
            *judged_updates(events, now),
            *judged_promises(case, events, now),
        ),
    )


def _solutions(events: Sequence[Event]) -> list[tuple[Event, Event]]:
    """What began each work on it, and the resolution that ended it."""
    found, start = [], events[0] if events else None
    for event in events:
        if event.kind is EventKind.REOPENED:
            start = event
        if event.new is State.RESOLVED and event.old is not State.RESOLVED and start:
            found.append((start, event))
    return found


def _resolution(case: Escalation, end: Event, events: Sequence[Event]) -> Resolution | None:
    """What was decided then: as the event keeps it, or as the case does if it is still so."""
    if "amount_minor" in end.changes or "decision" in end.changes or "solvable" in end.changes:
        new: dict[str, Any] = {name: pair[1] for name, pair in end.changes.items()}
        amount = new.get("amount_minor")
        return Resolution(
            str(new.get("cause") or end.why),
            Decision(new.get("decision") or end.reason),
            None if amount is None else int(amount),
            str(new.get("currency") or ""),
            Solvable(new.get("solvable") or Solvable.NO),
        )
    newest = [one for one in events if one.new is State.RESOLVED and one.old is not State.RESOLVED]
    return case.resolution if end is newest[-1] else None

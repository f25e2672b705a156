"""Whether the clocks of a case were met: to claim in time, to tell of news in time, and what the customer was promised.

A clock is judged at one moment: when it was answered in time, or when its time was over without an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.escalations import Escalation, Event, EventKind, State
from bot.rules.escalations.clocks import claim_due_at
from bot.rules.teams import Team

ANSWERS = frozenset(
    {
        *(EventKind.UPDATED, EventKind.KEPT, EventKind.WAITED, EventKind.DEPARTMENT_ASKED),
        EventKind.RESOLVED,
    }
)
"""What an owner who owes a word may answer. Another owner or severity sets the clock anew and is no answer."""


class Clock(StrEnum):
    """What somebody is to do in time."""

    CLAIM = "claim"
    UPDATE = "update"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Judged:
    """One clock at the moment when it was decided."""

    clock: Clock
    at: datetime
    met: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody had it from `started_at` on, and somebody should have by `due`; `end` is the event that ended that."""

    started_at: datetime
    due: datetime
    end: Event | None

    @property
    def claimed_at(self) -> datetime | None:
        return self.end.at if self.end and self.end.new is State.CLAIMED else None


def waits_of(case: Escalation, events: Sequence[Event], team: Team) -> list[Wait]:
    """Each time that it waited for an owner. A fallen claim begins a new wait, and so does another team.

    `events` is the whole timeline in order.
    """
    starts = [place for place, event in enumerate(events) if _begins_a_wait(event)]
    found = []
    for begin, following in zip(starts, [*starts[1:], len(events)], strict=True):
        later = (place for place in range(begin + 1, following) if events[place].new != State.OPEN)
        end = next(later, following)
        due = _due(case, events, begin, end, team)
        found.append(Wait(events[begin].at, due, events[end] if end < len(events) else None))
    return found


def judged_claims(waits: Sequence[Wait], now: datetime) -> Iterator[Judged]:
    """Claimed in time, or not. What was returned, moved or withdrawn in time is neither."""
    for wait in waits:
        ended = wait.end.at if wait.end else now
        if ended > wait.due:
            yield Judged(Clock.CLAIM, wait.due, met=False)
        elif wait.claimed_at:
            yield Judged(Clock.CLAIM, wait.claimed_at, met=True)


def judged_updates(events: Sequence[Event], now: datetime) -> Iterator[Judged]:
    """A word in time, or not: each time that one was due."""
    due: datetime | None = None
    for event in events:
        if "update_due_at" not in event.changes:
            continue
        if due and event.at > due:
            yield Judged(Clock.UPDATE, due, met=False)
        elif due and event.kind in ANSWERS:
            yield Judged(Clock.UPDATE, event.at, met=True)
        due = moment(event.changes["update_due_at"][1])
    if due and now > due:
        yield Judged(Clock.UPDATE, due, met=False)


def judged_promises(case: Escalation, events: Sequence[Event], now: datetime) -> Iterator[Judged]:
    """Kept if it was resolved by then. A promise that was replaced in time, or a case that was withdrawn, is neither."""
    changed = [place for place, one in enumerate(events) if "promise_by" in one.changes]
    pairs = [events[place].changes["promise_by"] for place in changed]
    first = moment(pairs[0][0]) if pairs else case.draft.promise_by
    promised = [first, *[moment(new) for _old, new in pairs]]
    for promise_by, begin, end in zip(
        promised, [0, *changed], [*changed, len(events)], strict=True
    ):
        if promise_by is not None:
            yield from _judged_promise(promise_by, events[begin:end], events[end : end + 1], now)


def moment(kept: object) -> datetime | None:
    """A time as a timeline keeps it."""
    return datetime.fromisoformat(str(kept)) if kept else None


def _begins_a_wait(event: Event) -> bool:
    """Also what sets the clock anew while it is open already: another team."""
    return event.new is State.OPEN and (
        event.old is not State.OPEN or "clock_started_at" in event.changes
    )


def _due(case: Escalation, events: Sequence[Event], begin: int, end: int, team: Team) -> datetime:
    """By when this wait should have ended: as the timeline says; as the case says; or as the team's clock would."""
    for event in reversed(events[begin:end]):
        if "claim_due_at" in event.changes:
            return moment(event.changes["claim_due_at"][1]) or case.claim_due_at
    for event in events[end:]:
        if "claim_due_at" in event.changes:
            return moment(event.changes["claim_due_at"][0]) or case.claim_due_at
        if _begins_a_wait(event):  # from before timelines kept such things
            return claim_due_at(team, case.severity, start=events[begin].at)
    return case.claim_due_at


def _judged_promise(
    promise_by: datetime, events: Sequence[Event], replacing: Sequence[Event], now: datetime
) -> Iterator[Judged]:
    """One promise, from the event that made it to the one that replaced it."""
    state = State.OPEN
    for event in events:
        if event.at > promise_by:
            break
        state = event.new
        if state is State.RESOLVED:
            yield Judged(Clock.PROMISE, event.at, met=True)
            return
    ended = replacing[0].at if replacing else now
    if ended > promise_by and state not in {State.WITHDRAWN, State.MERGED}:
        yield Judged(Clock.PROMISE, promise_by, met=False)

"""Who takes over: the next lead after somebody's shift, and the lead who is on shift when nobody answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.shifts import AHEAD, Duties, next_shift, on_now
from bot.rules.spans import Span


@dataclass(frozen=True, slots=True)
class Follower:
    """A lead who comes next: on shift since or from `since`. `until` is None when no end is in sight."""

    person_id: str
    since: datetime
    until: datetime | None = None


def next_lead(
    found: Duties, leads: Collection[str], giver_id: str, *, now: datetime
) -> Follower | None:
    """Who leads when the giver's present shift is over; of several, the one whose own shift ends last.

    If nobody is on at that moment, whoever comes first after it. None if nobody does in the time that was looked at.
    """
    own = next_shift(found, giver_id, now)
    leaves = own.end if own and own.holds(now) else now
    coming = [
        (span, person_id)
        for person_id, span in _shifts(found, leads, but=[giver_id])
        if span.end > leaves
    ]
    if not coming:
        return None
    there = [one for one in coming if one[0].start <= leaves]
    if there:
        span, person_id = min(there, key=lambda one: (-one[0].end.timestamp(), one[1]))
    else:
        span, person_id = min(coming, key=lambda one: (one[0].start, one[1]))
    return Follower(person_id, span.start, span.end)


def who_stays_longest(leads: Sequence[str], found: Duties, *, now: datetime) -> str | None:
    """The one of these whose shift ends last, as they have most time for it. The first of those who have none."""
    until = {one.person_id: one.until or now + AHEAD for one in on_now(found, now)}
    return max(leads, key=lambda one: until.get(one, now), default=None)


def _shifts(
    found: Duties, leads: Collection[str], *, but: Collection[str]
) -> Iterable[tuple[str, Span]]:
    for person_id in sorted(leads):
        if person_id not in but:
            yield from ((person_id, span) for span in found.get(person_id, ()))

"""Who works when, once everything is counted; and where nobody does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.shifts.plans import Change, Override, Roster
from bot.rules.spans import Span, common, crowded, minus, union

AHEAD = timedelta(weeks=4)
"""How far gaps, overlaps and next shifts are looked for."""
BEFORE = timedelta(days=3)
"""A shift that is on now began at most this long ago, unless it follows another one at once."""

Duties = Mapping[str, Sequence[Span]]
"""When each person works: by id, in order, as few spans as possible."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who works now. `until` is None when no end is in sight."""

    person_id: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two or more shifts at once. `twice` are those who stand in more than one of them."""

    span: Span
    people: tuple[str, ...]
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a lead should look at, in order of time."""

    gaps: tuple[Span, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.gaps or self.overlaps)


@dataclass(frozen=True, slots=True)
class Next:
    """Whose shift begins next, and when; whoever works on at that moment is not in it."""

    at: datetime
    people: tuple[str, ...]


def duties(roster: Roster, window: Span) -> Duties:
    """Who works when inside the window. An absence has the last word, then the override that was made last."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for shift in roster.planned(window):
        for person_id in shift.people:
            found[person_id].append(shift.span)
    for change in roster.overrides:
        _apply(found, change, roster.members)
    away: defaultdict[str, list[Span]] = defaultdict(list)
    for absence in roster.absences:
        away[absence.person_id].append(absence.span)
    counted = {
        person_id: common(minus(spans, away.get(person_id, ())), [window])
        for person_id, spans in found.items()
        if person_id in roster.members
    }
    return {person_id: spans for person_id, spans in sorted(counted.items()) if spans}


def _apply(found: defaultdict[str, list[Span]], change: Override, members: frozenset[str]) -> None:
    """Who comes in place of somebody works when those would have; somebody who is in the team no more replaces nobody."""
    if change.change is Change.REMOVE:
        found[change.person_id] = minus(found[change.person_id], [change.span])
    elif change.person_id not in members:
        return
    elif change.change is Change.ADD:
        found[change.person_id].append(change.span)
    elif change.instead_of and change.instead_of != change.person_id:
        taken = common(found[change.instead_of], [change.span])
        found[change.instead_of] = minus(found[change.instead_of], taken)
        found[change.person_id] += taken


def look_ahead(now: datetime) -> Span:
    """The window in which questions about now and next are answered."""
    return Span(now - BEFORE, now + AHEAD)


def on_now(found: Duties, now: datetime) -> list[OnDuty]:
    """Who works at this moment, those who go first in front."""
    horizon = now + AHEAD
    here = [
        OnDuty(person_id, span.start, span.end if span.end < horizon else None)
        for person_id, spans in found.items()
        for span in spans
        if span.holds(now)
    ]
    return sorted(here, key=lambda one: (one.until or horizon, one.person_id))


def next_up(found: Duties, now: datetime) -> Next | None:
    """Whose shift begins next, or None when nothing does in the time that was looked at."""
    starts = [
        (span.start, person_id)
        for person_id, spans in found.items()
        for span in spans
        if span.start > now
    ]
    if not starts:
        return None
    at = min(starts)[0]
    return Next(at, tuple(sorted(person_id for start, person_id in starts if start == at)))


def next_shift(found: Duties, person_id: str, now: datetime) -> Span | None:
    """The shift that somebody is on, or else their next one."""
    return next((span for span in found.get(person_id, ()) if span.end > now), None)


def report(roster: Roster, window: Span) -> Report:
    """Gaps: hours that a pattern claims and in which nobody works. Overlaps: hours in which two shifts run at once."""
    planned = roster.planned(window)
    claimed = common([shift.span for shift in planned], [window])
    counted = duties(roster, window)
    gaps = minus(claimed, [span for spans in counted.values() for span in spans])
    added = [one for one in roster.overrides if one.change is Change.ADD]
    shifts = [(one.span, set(one.people)) for one in planned]
    shifts += [(one.span, {one.person_id}) for one in added]
    spans = [(span.within(window), people) for span, people in shifts]
    spans = [(span, people) for span, people in spans if not span.is_empty]
    doubled = _doubled(spans, counted)
    overlaps = tuple(
        Overlap(span, _touching(counted, span), _touching(doubled, span))
        for span in union(crowded([span for span, _people in spans]))
    )
    return Report(tuple(gaps), overlaps)


def _doubled(shifts: Sequence[tuple[Span, set[str]]], counted: Duties) -> Duties:
    """When each person stands in two shifts at once."""
    of_person: defaultdict[str, list[Span]] = defaultdict(list)
    for span, people in shifts:
        for person_id in people:
            of_person[person_id].append(span)
    return {
        person_id: common(list(crowded(of_person[person_id])), works)
        for person_id, works in counted.items()
    }


def _touching(found: Duties, span: Span) -> tuple[str, ...]:
    """Whose time touches the span."""
    return tuple(
        person_id
        for person_id, spans in found.items()
        if any(one.start < span.end and span.start < one.end for one in spans)
    )

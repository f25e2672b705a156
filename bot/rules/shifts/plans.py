"""What a team's shifts are made of: weekly patterns, single days that differ, changes for single people, absences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.absences import Absence
from bot.rules.calendars import WEEKDAYS
from bot.rules.spans import Span
from bot.rules.wall_clock import moment

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Who works on these weekdays, from `start` to `end` by the team's clock.

    `end` at or before `start` is on the next day; the weekday is that of the start. `valid_from` and `valid_until` are
    the first and last day on which it may begin; None is no limit. `version` counts the edits.
    """

    id: str
    team_id: str
    weekdays: tuple[str, ...]
    start: time
    end: time
    people: tuple[str, ...] = ()
    name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    version: int = 1

    def is_on(self, day: date) -> bool:
        """Whether one begins on that day, if nothing else is said about the day."""
        return (
            WEEKDAYS[day.weekday()] in self.weekdays
            and (self.valid_from is None or day >= self.valid_from)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class DayChange:
    """On this one day a pattern has other hours, or does not take place when it has none."""

    pattern_id: str
    day: date
    start: time | None = None
    end: time | None = None


class Change(StrEnum):
    """What is different for somebody for a while."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Override:
    """`person_id` works too, does not work, or works in place of `instead_of` for as much of this time as those would.

    Of several, the later made ones (in `made_at` and id) have the last word.
    """

    id: str
    team_id: str
    change: Change
    person_id: str
    starts_at: datetime
    ends_at: datetime
    instead_of: str | None = None
    made_by: str = ""
    made_at: datetime | None = None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Shift:
    """One occurrence: a pattern on a day, or what was added by itself (then `pattern` is None)."""

    span: Span
    people: tuple[str, ...]
    pattern: Pattern | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that says who of a team works when, for a window of time. `members` are those who can be on shift.

    `zone` is the team's. Overrides are in the order in which they were made.
    """

    team_id: str
    zone: str
    patterns: Sequence[Pattern] = ()
    day_changes: Sequence[DayChange] = ()
    overrides: Sequence[Override] = ()
    absences: Sequence[Absence] = ()
    members: frozenset[str] = field(default_factory=frozenset)

    def planned(self, window: Span) -> list[Shift]:
        """The patterns' own shifts that touch the window, in order, before anything is changed for single people."""
        changes = {(one.pattern_id, one.day): one for one in self.day_changes}
        found = []
        for pattern in self.patterns:
            for day in _days(window):
                if not pattern.is_on(day):
                    continue
                span = self._span(pattern, day, changes.get((pattern.id, day)))
                if not span.within(window).is_empty:
                    people = tuple(one for one in pattern.people if one in self.members)
                    found.append(Shift(span, people, pattern, day))
        return sorted(found, key=lambda one: one.span)

    def _span(self, pattern: Pattern, day: date, change: DayChange | None) -> Span:
        if change is None:
            return span_on(day, pattern.start, pattern.end, self.zone)
        if change.start is None or change.end is None:
            nothing = moment(day, pattern.start, self.zone)
            return Span(nothing, nothing)
        return span_on(day, change.start, change.end, self.zone)


def span_on(day: date, start: time, end: time, zone: str) -> Span:
    """From `start` on that day to `end`, which is on the next day when it is not later than the start."""
    last = day if end > start else day + DAY
    return Span(moment(day, start, zone), moment(last, end, zone))


def _days(window: Span) -> Iterator[date]:
    """Every local day on which something may begin that touches the window, wherever on earth it is."""
    day = (window.start - 3 * DAY).date()
    while day <= (window.end + 2 * DAY).date():
        yield day
        day += DAY

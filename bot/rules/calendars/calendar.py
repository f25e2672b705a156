"""The business calendar of a team: when it is open, and working time counted by it. Moments in and out are aware, out in UTC.

A moment is open when the clock on the team's wall shows a time within the hours of that day. So an hour that the clocks skip has
no working minutes, and an hour that they show twice has both (docs/decisions/0011).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.rules.calendars import holidays
from bot.rules.calendars.days import DayOff, OtherDay
from bot.rules.calendars.spans import WEEKDAYS, Span, office_week
from bot.rules.offsets import Stretch, stretches

HORIZON = timedelta(days=5 * 366)
"""How far ahead an opening is looked for. The rules of the form let no team be closed for that long."""
WINDOW = timedelta(days=14)
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)


class NeverOpen(LookupError):
    """The calendar has too little working time within `HORIZON`."""


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a team works, by the clock on its wall. While it is `always_open` the rest is remembered and does nothing.

    `region` says whose public holidays are days off. `critical_always`: the hours do not hold up critical cases.
    """

    always_open: bool = True
    week: Mapping[str, tuple[Span, ...]] = field(default_factory=office_week)
    region: str = ""
    days_off: tuple[DayOff, ...] = ()
    other_days: tuple[OtherDay, ...] = ()
    critical_always: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Business hours in an IANA zone."""

    zone: str
    hours: BusinessHours


class Opening(NamedTuple):
    """Open from `start` until before `end`, both in UTC."""

    start: datetime
    end: datetime


ALWAYS = Calendar("UTC", BusinessHours())


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the team works at this moment. The moment of closing is closed."""
    return calendar.hours.always_open or any(_openings(calendar, moment, moment + MINUTE / 60))


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """The first moment from `moment` on at which the team works: `moment` itself while it is open. Raises NeverOpen."""
    moment = moment.astimezone(UTC)
    if calendar.hours.always_open:
        return moment
    for opening in _openings(calendar, moment, moment + HORIZON):
        return opening.start
    raise NeverOpen


def next_closing(calendar: Calendar, moment: datetime) -> datetime | None:
    """When the present opening ends, or the next one if the team is closed. None if it does not end within `HORIZON`.

    Raises NeverOpen if there is no opening.
    """
    start = next_opening(calendar, moment)
    if calendar.hours.always_open:
        return None
    end = start
    for opening in _openings(calendar, start, start + HORIZON):
        if opening.start > end:
            return end
        end = max(end, opening.end)
    return end if end < start + HORIZON else None


def due(calendar: Calendar, start: datetime, minutes: float) -> datetime:
    """The moment at which `minutes` of working time have passed since `start`. Raises NeverOpen if they never do.

    What is used up exactly at closing is due at closing, and not when the team opens again.
    """
    start, left = start.astimezone(UTC), minutes * MINUTE
    if calendar.hours.always_open:
        return start + left
    for opening in _openings(calendar, start, start + HORIZON):
        length = opening.end - opening.start
        if left <= length:
            return opening.start + left
        left -= length
    raise NeverOpen


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How long the team works from `start` to `end`; nothing if that is backwards."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if calendar.hours.always_open:
        return max(end - start, timedelta(0))
    return sum((one.end - one.start for one in _openings(calendar, start, end)), timedelta(0))


def spans_on(hours: BusinessHours, day: date) -> tuple[Span, ...]:
    """The hours that begin on this day: its own ones, else none on a day off or a holiday, else the weekday's."""
    for other in hours.other_days:
        if other.day == day:
            return other.spans
    if off_name(hours, day) is not None:
        return ()
    return hours.week.get(WEEKDAYS[day.weekday()], ())


def off_name(hours: BusinessHours, day: date, language: str = "en") -> str | None:
    """Why this is a day off: the name of the day, which may be empty; None if it is none."""
    for off in hours.days_off:
        if off.first <= day <= off.last:
            return off.name
    return holidays.of(hours.region, day.year, language).get(day) if hours.region else None


def next_day_off(
    calendar: Calendar, moment: datetime, language: str = "en"
) -> tuple[date, str] | None:
    """The next weekday's hours that are lost to a day off within a year, from the local day of `moment` on, and its name."""
    day = _local(moment, calendar.zone)
    for _number in range(366):
        if calendar.hours.week.get(WEEKDAYS[day.weekday()]) and not spans_on(calendar.hours, day):
            return day, off_name(calendar.hours, day, language) or ""
        day += ONE_DAY
    return None


def _local(moment: datetime, zone: str) -> date:
    [first, *_rest] = stretches(zone, moment.astimezone(UTC), moment.astimezone(UTC) + MINUTE)
    return (first.start + first.offset).date()


def _openings(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Opening]:
    """The working time from `start` to `end` in order, without overlaps. One opening may come in several pieces."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    while start < end:
        until = min(start + WINDOW, end)
        for stretch in stretches(calendar.zone, start, until):
            yield from _within(calendar.hours, stretch)
        start = until


def _within(hours: BusinessHours, stretch: Stretch) -> Iterator[Opening]:
    """The working time of a stretch. Its clocks do not change, so that the wall's time is UTC and a constant."""
    first, last = stretch.start + stretch.offset, stretch.end + stretch.offset
    reached = first
    day = first.date() - ONE_DAY  # whose hours may go on after midnight
    while day <= last.date():
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for span in spans_on(hours, day):
            start = max(midnight + span.start * MINUTE, reached)
            end = min(midnight + span.end * MINUTE, last)
            if start < end:
                yield Opening(start - stretch.offset, end - stretch.offset)
                reached = end
        day += ONE_DAY

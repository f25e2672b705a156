"""The days that a report is about: this week, last month, a quarter, or from one day to another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import Refused
from bot.rules.spans import Span
from bot.rules.wall_clock import day_of, midnight
from bot.text import _, escape

LONGEST = 2 * 366
"""Days. Whoever wants more takes two reports."""
ONE_DAY = timedelta(days=1)

MONTH = re.compile(r"(\d{4})-(\d{2})")
QUARTER = re.compile(r"(\d{4})-q([1-4])")
WEEKS = re.compile(r"(\d{1,2}) ?w(?:eeks?)?")
TWO_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(?:to\s+|-\s+)?(\d{4}-\d{2}-\d{2}))?")

UNREADABLE = _(
    "I don't understand “{words}”. Write `last week`, `4w`, `this month`, `last quarter`, `2026-03`, `2026-Q1` "
    "or two days such as `2026-03-01 2026-03-15`."
)
NO_FIRST = _("Choose the first day.")
NO_LAST = _("Choose the last day.")
BACKWARDS = _("The last day is before the first. Please swap them.")
TOO_FAR = _("Choose days of this century.")
TOO_LONG = _("That is more than {days} days. Choose a shorter time.")


class Named(StrEnum):
    """Periods that have a name. Weeks begin on Monday."""

    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of `first` to the end of `last`, by the clock of each team: a day is the team's own day."""

    first: date
    last: date

    def span(self, zone: str) -> Span:
        """What these days are in a zone."""
        return Span(midnight(self.first, zone), midnight(self.last + ONE_DAY, zone))

    def whole_months(self) -> "Period":
        """The same, made longer to the first and the last day of its months, as budgets are counted."""
        return Period(self.first.replace(day=1), _next_month(self.last) - ONE_DAY)


def last_weeks(count: int, today: date) -> Period:
    """So many times seven days, of which today is the last."""
    return Period(today - 7 * count * ONE_DAY + ONE_DAY, today)


def named(name: Named, today: date) -> Period:
    """The period of this name, seen from `today`."""
    match name:
        case Named.THIS_WEEK:
            return _week(today)
        case Named.LAST_WEEK:
            return _week(today - 7 * ONE_DAY)
        case Named.THIS_MONTH:
            return _months(today, 1)
        case Named.LAST_MONTH:
            return _months(today.replace(day=1) - ONE_DAY, 1)
        case Named.THIS_QUARTER:
            return _months(_quarter(today), 3)
        case Named.LAST_QUARTER:
            return _months(_quarter(_quarter(today) - ONE_DAY), 3)


def from_words(words: str, now: datetime, zone: str) -> Period:
    """What somebody typed. Raises Refused with examples."""
    typed = " ".join(words.split()).casefold()
    if (name := typed.replace(" ", "_")) in set(Named):
        return named(Named(name), day_of(now, zone))
    if (weeks := WEEKS.fullmatch(typed)) and int(weeks[1]):
        return last_weeks(int(weeks[1]), day_of(now, zone))
    try:
        found = _from_numbers(typed)
    except (ValueError, OverflowError):  # a thirteenth month, or the last of all years
        found = None
    if found is None:
        raise Refused(UNREADABLE, words=escape(typed[:100]))
    for refused in problems(found.first, found.last).values():
        raise refused
    return found


def problems(first: date | None, last: date | None) -> dict[str, Refused]:
    """What is wrong with two days, by field; empty means that they are a period."""
    if first is None or last is None:
        days = (("first", first, NO_FIRST), ("last", last, NO_LAST))
        return {name: Refused(told) for name, day, told in days if day is None}
    if far := [name for name, day in (("first", first), ("last", last)) if day.year // 100 != 20]:
        return {name: Refused(TOO_FAR) for name in far}
    if last < first:
        return {"last": Refused(BACKWARDS)}
    if (last - first).days >= LONGEST:
        return {"last": Refused(TOO_LONG, days=LONGEST)}
    return {}


def month_of(moment: datetime, zone: str) -> date:
    """The first day of the local month of a moment."""
    return day_of(moment, zone).replace(day=1)


def months(period: Period) -> Iterator[date]:
    """The first day of each month that the period touches."""
    month = period.first.replace(day=1)
    while month <= period.last:
        yield month
        month = _next_month(month)


def _from_numbers(typed: str) -> Period | None:
    if found := MONTH.fullmatch(typed):
        return _months(date(int(found[1]), int(found[2]), 1), 1)
    if found := QUARTER.fullmatch(typed):
        return _months(date(int(found[1]), 3 * int(found[2]) - 2, 1), 3)
    if found := TWO_DAYS.fullmatch(typed):
        first = date.fromisoformat(found[1])
        return Period(first, date.fromisoformat(found[2]) if found[2] else first)
    return None


def _week(day: date) -> Period:
    monday = day - day.weekday() * ONE_DAY
    return Period(monday, monday + 6 * ONE_DAY)


def _quarter(day: date) -> date:
    """Its first day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _months(day: date, count: int) -> Period:
    """So many whole months, beginning with that of `day`."""
    first = last = day.replace(day=1)
    for _number in range(count):
        last = _next_month(last)
    return Period(first, last - ONE_DAY)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)

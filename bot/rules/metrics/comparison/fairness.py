"""Whether two stretches of days may be put side by side: as many days, and as many of each weekday."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rules.metrics.comparison.comparing import WEEK
from bot.rules.reports.periods import LONGEST, Period

ALIKE = 0.05
"""Weekdays may differ by so small a part of all days, as they do from month to month."""


@dataclass(frozen=True, slots=True)
class Fairness:
    """How many days each has, whether their weekdays are in the same proportion, and whether any day is in both."""

    days: int
    other_days: int
    are_weekdays_alike: bool
    share_days: bool

    @property
    def are_as_long(self) -> bool:
        """If not, amounts say more of the longer one whatever happened in it."""
        return self.days == self.other_days


def fairness(one: Period, other: Period) -> Fairness:
    here, there = _weekdays(one), _weekdays(other)
    days, other_days = here.total(), there.total()
    apart = [abs(here[day] / days - there[day] / other_days) for day in range(7)]
    share_days = one.first <= other.last and other.first <= one.last
    return Fairness(days, other_days, max(apart) <= ALIKE, share_days)


def fair_other(period: Period) -> Period:
    """The newest days before these, as many of them and on the same weekdays."""
    back = -(-length(period) // 7) * WEEK
    return Period(period.first - back, period.last - back)


def length(period: Period) -> int:
    """In days."""
    return (period.last - period.first).days + 1


def begun(period: Period, first: date) -> Period:
    """With another first day. If the last would come before it, or far too late, it moves along."""
    is_possible = 0 <= (period.last - first).days < LONGEST
    last = period.last if is_possible else _moved(period.last, first - period.first)
    return Period(first, max(first, last))


def ended(period: Period, last: date) -> Period:
    """The same with another last day."""
    is_possible = 0 <= (last - period.first).days < LONGEST
    first = period.first if is_possible else _moved(period.first, last - period.last)
    return Period(min(first, last), last)


def _moved(day: date, by: timedelta) -> date:
    """As far as there are years."""
    return date.fromordinal(
        min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal())
    )


def _weekdays(period: Period) -> Counter[int]:
    """So many of each; a long time is whole weeks and the days that are left."""
    weeks, left = divmod(length(period), 7)
    first = period.first.weekday()
    return Counter(dict.fromkeys(range(7), weeks)) + Counter(
        (first + one) % 7 for one in range(left)
    )

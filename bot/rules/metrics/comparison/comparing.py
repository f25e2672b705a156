"""With what a number is compared: the days before, which ones these are, and what a metric comes to over some days.

Parts are added up first and divided at the very end, so that a mean of four weeks is that of all their contacts together,
never the mean of four percentages.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value, value_of
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.slices import Row
from bot.rules.reports.periods import Period

ONE_DAY = timedelta(days=1)
WEEK = 7 * ONE_DAY
WEEKS = 4
A_YEAR = 12


class Against(StrEnum):
    """What a number is held against."""

    DAY_A_WEEK_AGO = "day_a_week_ago"
    DAY_OF_FOUR_WEEKS = "day_of_four_weeks"
    WEEK_BEFORE = "week_before"
    FOUR_WEEKS = "four_weeks"
    MONTH_BEFORE = "month_before"
    MONTH_A_YEAR_AGO = "month_a_year_ago"
    QUARTER_BEFORE = "quarter_before"
    QUARTER_A_YEAR_AGO = "quarter_a_year_ago"


@lru_cache(maxsize=64)
def before(period: Period, cadence: Cadence) -> Mapping[Against, tuple[Period, ...]]:
    """The days that a period is compared with; where there are several, they are taken together."""
    match cadence:
        case Cadence.DAILY | Cadence.WEEKLY:
            weeks = max(1, -(-_days(period) // 7)) if cadence is Cadence.WEEKLY else 1
            spans = tuple(_days_back(period, count * weeks * WEEK) for count in range(1, WEEKS + 1))
            is_day = cadence is Cadence.DAILY
            one = Against.DAY_A_WEEK_AGO if is_day else Against.WEEK_BEFORE
            all_ = Against.DAY_OF_FOUR_WEEKS if is_day else Against.FOUR_WEEKS
            return {one: spans[:1], all_: spans}
        case Cadence.MONTHLY:
            return {
                Against.MONTH_BEFORE: (_months_back(period, 1),),
                Against.MONTH_A_YEAR_AGO: (_months_back(period, A_YEAR),),
            }
        case Cadence.QUARTERLY:
            return {
                Against.QUARTER_BEFORE: (_months_back(period, 3),),
                Against.QUARTER_A_YEAR_AGO: (_months_back(period, A_YEAR),),
            }


def stretches(periods: Iterable[Period]) -> list[Period]:
    """What has to be read for all of these: days that follow each other are read at once."""
    found: list[Period] = []
    for one in sorted(periods, key=lambda one: one.first):
        if found and one.first <= found[-1].last + ONE_DAY:
            found[-1] = Period(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """What was read: the bundle of each day and team."""

    by_day: Mapping[date, Mapping[str, Bundle]]
    _summed: dict[tuple[Period, ...], Bundle] = field(default_factory=dict)
    _values: dict[tuple[str, tuple[Period, ...]], Value] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Held":
        by_day: dict[date, dict[str, Bundle]] = {}
        for row in rows:
            day = by_day.setdefault(row.day, {})
            known = day.get(row.team_id)
            day[row.team_id] = row.bundle if known is None else together((known, row.bundle))
        return cls(by_day)

    def bundle(self, *periods: Period) -> Bundle:
        """All of some days together."""
        found = self._summed.get(periods)
        if found is None:
            days = self._days(periods[0]) if len(periods) == 1 else map(self.bundle, periods)
            parts = list(days)
            found = self._summed[periods] = parts[0] if len(parts) == 1 else together(parts)
        return found

    @property
    def is_of_one_team(self) -> bool:
        """Then no other team can be missing."""
        return len({team_id for day in self.by_day.values() for team_id in day}) <= 1

    def value(self, metric: Metric, period: Period) -> Value:
        return self.together(metric, (period,))

    def together(self, metric: Metric, periods: Sequence[Period]) -> Value:
        """Over several spans: of an amount the mean of those that have any, of everything else the value of all in one."""
        asked = (metric.key, tuple(periods))
        found = self._values.get(asked)
        if found is None:
            found = self._values[asked] = self._together(metric, periods)
        return found

    def _together(self, metric: Metric, periods: Sequence[Period]) -> Value:
        if len(periods) == 1:
            is_running = metric.is_running
            held = self._so_far(metric, periods[0]) if is_running else self.bundle(periods[0])
            return value_of(metric, held)
        if not metric.is_amount:
            return value_of(metric, self.bundle(*periods))
        values = [self.value(metric, one) for one in periods]
        known = [one for one in values if one.amount is not None]
        if not known:
            return Value()
        mean = sum(one.amount or 0 for one in known) / len(known)
        return Value(mean, sum(one.n for one in known))

    def last_day(self, metric: Metric, period: Period) -> date | None:
        """The last of these days on which anything is known of the metric, be it only that something was resolved."""
        any_part = replace(metric, needs=()) if metric.needs else metric
        return next(
            (
                day
                for day in sorted(self._in(period), reverse=True)
                if value_of(any_part, self.bundle(Period(day, day))).amount is not None
            ),
            None,
        )

    def teams(self, metric: Metric, period: Period) -> set[str]:
        """Of which teams anything is known of the metric in these days."""
        days = [self.by_day[day] for day in self._in(period)]
        return {
            team_id
            for team_id in {one for day in days for one in day}
            if any(
                team_id in day and value_of(metric, day[team_id]).amount is not None for day in days
            )
        }

    def _days(self, period: Period) -> Iterator[Bundle]:
        for day in self._in(period):
            yield from self.by_day[day].values()

    def _in(self, period: Period) -> list[date]:
        return [day for day in self.by_day if period.first <= day <= period.last]

    def _so_far(self, metric: Metric, period: Period) -> Bundle:
        """Everything up to the end of these days, of each team from the last day on that says how much there was.

        Nothing, if none of these days says anything: then it is not known how much there is now.
        """
        if self.last_day(metric, period) is None:
            return Bundle()
        days = sorted(day for day in self.by_day if day <= period.last)
        teams = {team_id for day in days for team_id in self.by_day[day]}
        return together(
            self.by_day[day][team_id]
            for team_id in teams
            for day in self._since_start(metric, days, team_id)
        )

    def _since_start(self, metric: Metric, days: Sequence[date], team_id: str) -> Sequence[date]:
        known = [day for day in days if team_id in self.by_day[day]]
        starts = [
            place
            for place, day in enumerate(known)
            if metric.start in self.by_day[day][team_id].sums
        ]
        return known[starts[-1] :] if starts else known


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def _days_back(period: Period, by: timedelta) -> Period:
    return Period(period.first - by, period.last - by)


def _months_back(period: Period, months: int) -> Period:
    """Whole months stay whole; other days keep their numbers as far as the month has them."""
    is_whole = period.last.day == _length(period.last)
    last = _month_back(period.last, months)
    if is_whole:
        last = last.replace(day=_length(last))
    return Period(_month_back(period.first, months), last)


def _month_back(day: date, months: int) -> date:
    year, month = divmod(day.year * A_YEAR + day.month - 1 - months, A_YEAR)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, _length(first)))


def _length(day: date) -> int:
    """Days of its month."""
    return monthrange(day.year, day.month)[1]

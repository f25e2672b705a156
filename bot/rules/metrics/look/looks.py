"""What somebody is looking at: which view of whose numbers, of which time, by what. It goes along in buttons and selects."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.metrics.comparison.charts import By
from bot.rules.metrics.comparison.fairness import begun, ended
from bot.rules.metrics.digest.cadences import Cadence, period_of
from bot.rules.metrics.digest.cadences import ended as newest
from bot.rules.metrics.store.slices import PERSON
from bot.rules.reports.periods import Period

ONE_DAY = timedelta(days=1)
A_PAGE = 15
"""People, channels or whatever numbers are told apart by."""
METRICS_ON_A_PAGE = 10
MOST_BACK = 800
"""Periods that one can go back: more than two years of days."""
SIGN = "|"
TO, OTHER = "-", "~"
"""Between the first and the last day, and between one and the other of two times."""
CHARTED: Mapping[Cadence, tuple[int, By]] = {
    Cadence.DAILY: (14, By.DAY),
    Cadence.WEEKLY: (12, By.WEEK),
    Cadence.MONTHLY: (12, By.MONTH),
    Cadence.QUARTERLY: (6, By.MONTH),
}
"""How many periods a chart goes back."""


class View(StrEnum):
    OVERVIEW = "all"
    PERSON = "one"
    TEAM = "by"
    COMPARE = "cmp"


class Versus(StrEnum):
    """What is put side by side."""

    TEAMS = "teams"
    PERIODS = "periods"
    PEOPLE = "people"


class Field(StrEnum):
    """What of it can be chosen in a select."""

    TEAM = "team"
    CADENCE = "cadence"
    METRIC = "metric"
    BY = "by"
    VERSUS = "versus"
    APART = "apart"
    FIRST = "first"
    LAST = "last"
    OTHER_FIRST = "first2"
    OTHER_LAST = "last2"


Days = tuple[Period, Period]
"""Days of one's own choice, and those that they are compared with."""


@dataclass(frozen=True, slots=True)
class Look:
    """`team_id`, `metric` and `person_id` are empty for the first, or for oneself.

    `back` is how many periods ago, where 0 is the one that ended last. `apart` is how many periods lie between the two
    that are compared; `days` are both as somebody chose them, from one day to another. `by` is a slice.
    """

    view: View = View.OVERVIEW
    team_id: str = ""
    cadence: Cadence = Cadence.WEEKLY
    back: int = 0
    metric: str = ""
    person_id: str = ""
    versus: Versus = Versus.TEAMS
    apart: int = 1
    page: int = 0
    by: str = PERSON
    days: Days | None = None

    def packed(self) -> str:
        """Short enough for the id of a block. What comes last is called by a source, and may have any sign in it."""
        return SIGN.join(
            (
                self.view,
                self.team_id,
                self.cadence,
                str(self.back),
                self.metric,
                self.person_id,
                self.versus,
                packed_days(self.days) if self.days else str(self.apart),
                str(self.page),
                self.by,
            )
        )

    @classmethod
    def unpack(cls, packed: str) -> "Look":
        view, team_id, cadence, back, metric, person_id, versus, apart, page, by = packed.split(
            SIGN, 9
        )
        days = _unpacked_days(apart)
        return cls(
            View(view),
            team_id,
            Cadence(cadence),
            int(back),
            metric,
            person_id,
            Versus(versus),
            1 if days else int(apart),
            int(page),
            by,
            days,
        )

    def chosen(self, field: Field, value: str) -> "Look":
        """With another choice, on its first page."""
        first = replace(self, page=0)
        match field:
            case Field.TEAM:
                return replace(first, team_id=value, person_id="")
            case Field.METRIC:
                return replace(first, metric=value)
            case Field.BY:
                return replace(first, by=value)
            case Field.VERSUS:
                return replace(first, versus=Versus(value))
            case _:
                return first.at(field, value)

    def at(self, field: Field, value: str) -> "Look":
        """At another time, which is chosen in this field."""
        match field:
            case Field.CADENCE:
                return replace(self, cadence=Cadence(value), back=0, days=None)
            case Field.APART:
                days = _unpacked_days(value)
                return replace(self, apart=1 if days else int(value), days=days)
            case _:
                return replace(self, days=self._days_with(field, date.fromisoformat(value)))

    def _days_with(self, field: Field, day: date) -> Days | None:
        """Its own days with another first or last one."""
        if self.days is None:
            return None
        one, other = self.days
        match field:
            case Field.FIRST:
                return begun(one, day), other
            case Field.LAST:
                return ended(one, day), other
            case Field.OTHER_FIRST:
                return one, begun(other, day)
            case _:
                return one, ended(other, day)

    def period(self, today: date) -> Period:
        """The days that it is about."""
        if self.days:
            return self.days[0]
        return _before(newest(self.cadence, today), self.cadence, self.back)

    def periods_to(self, day: date, period: Period) -> int:
        """How many of its periods before this one that day is in."""
        count = 0
        while period.first > day and self.back + count < MOST_BACK:
            period = period_of(self.cadence, period.first - ONE_DAY)
            count += 1
        return count

    def other(self, today: date) -> Period:
        """Those that they are compared with."""
        if self.days:
            return self.days[1]
        return _before(self.period(today), self.cadence, self.apart)


def over_time(look: Look, period: Period) -> tuple[date, By]:
    """From which day on a chart shows what led to these days, and what one of its points is."""
    if look.days:
        return period.first, By.DAY
    count, by = CHARTED[look.cadence]
    return _before(period, look.cadence, count - 1).first, by


def packed_days(days: Days) -> str:
    """`20260302-20260308~20260223-20260301`."""
    return OTHER.join(f"{one.first:%Y%m%d}{TO}{one.last:%Y%m%d}" for one in days)


def _unpacked_days(packed: str) -> Days | None:
    """None for what is a number of periods instead."""
    if OTHER not in packed:
        return None
    one, other = (Period(*map(date.fromisoformat, part.split(TO))) for part in packed.split(OTHER))
    return one, other


def _before(period: Period, cadence: Cadence, count: int) -> Period:
    for _one in range(min(count, MOST_BACK)):
        period = period_of(cadence, period.first - ONE_DAY)
    return period

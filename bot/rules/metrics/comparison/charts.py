"""A metric over time, or told apart by something, as a chart can show it: few enough points, and gaps that stay gaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.metrics.comparison.comparing import ONE_DAY, WEEK
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value, value_of
from bot.rules.metrics.look.settings import MINIMUM_N
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.slices import HOUR, WHOLE
from bot.rules.reports.periods import Period, months

POINTS = 20
"""What a chart in Slack can show of one series."""
LINES = 6
"""What a chart in Slack surely shows beside each other."""
OTHERS = ""
"""The member that stands for those that are too many to be told apart."""


class By(StrEnum):
    """What a point of a series is. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Point:
    """What a metric came to in these days; `member` is whose or what's, in a series that is told apart."""

    period: Period
    value: Value
    member: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Over time, one point after the other; or with a slice, one point for each member over the whole time.

    A point without a value is a gap. Where there is less than `minimum_n`, members are not put beside each other.
    """

    metric: Metric
    points: tuple[Point, ...]
    by: By = By.DAY
    slice: str = WHOLE
    target: float | None = None
    minimum_n: int = MINIMUM_N

    @property
    def is_over_time(self) -> bool:
        return self.slice == WHOLE

    @property
    def known(self) -> list[Point]:
        return [one for one in self.points if one.value.amount is not None]


def coarse(first: date, last: date, by: By, most: int) -> By:
    """Days become weeks, and weeks months, until there are not too many; of too many months the last ones are shown."""
    for one in list(By)[list(By).index(by) :]:
        if sum(1 for _bucket in buckets(first, last, one)) <= most:
            return one
    return By.MONTH


def buckets(first: date, last: date, by: By) -> Iterator[Period]:
    """The days, ISO weeks or months that these days are in; the first and the last only as far as they go."""
    if by is By.MONTH:
        for month in months(Period(first, last)):
            whole = Period(month, month).whole_months()
            yield Period(max(first, whole.first), min(last, whole.last))
        return
    step = ONE_DAY if by is By.DAY else WEEK
    begin = first if by is By.DAY else first - first.weekday() * ONE_DAY
    while begin <= last:
        yield Period(max(first, begin), min(last, begin + step - ONE_DAY))
        begin += step


def told_apart(
    metric: Metric, period: Period, bundles: Iterable[tuple[str, Bundle]], slice_: str, most: int
) -> tuple[Point, ...]:
    """A point for each member of which anything is known: hours in order, all else the largest first.

    The smallest are added up to one where there are too many.
    """
    held = [(Point(period, value_of(metric, bundle), member), bundle) for member, bundle in bundles]
    found = [one for one in held if one[0].value.amount is not None]
    if slice_ == HOUR:
        return tuple(point for point, _bundle in sorted(found, key=lambda one: one[0].member))[
            :most
        ]
    found.sort(key=lambda one: (-one[0].value.n, one[0].member))
    if len(found) <= most:
        return tuple(point for point, _bundle in found)
    rest = together(bundle for _point, bundle in found[most - 1 :])
    shown = [point for point, _bundle in found[: most - 1]]
    return (*shown, Point(period, value_of(metric, rest), OTHERS))


def in_common(series: Sequence[Series]) -> tuple[list[int], list[int]]:
    """Which of these, and which of their points, one chart can hold: a line in Slack has no gaps.

    Where nobody has anything there is nothing to miss. Whoever lacks more than half of the rest is left out, and then every
    point at which one of the others has nothing.
    """
    rows = [[point.value.amount is not None for point in one.points] for one in series]
    some = [at for at, has in enumerate(zip(*rows, strict=True)) if any(has)]
    kept = [at for at, has in enumerate(rows) if 2 * sum(has) >= len(some) > 0][:LINES]
    return kept, [at for at in some if all(rows[one][at] for one in kept)]


def unique(labels: Sequence[str], limit: int) -> list[str]:
    """Each within `limit` characters, and no two alike: a chart cannot hold the same label twice."""
    found: list[str] = []
    for label in labels:
        text = " ".join(label.split()) or "–"
        cut, number = _cut(text, limit), 1
        while cut in found:
            number += 1
            end = f" {number}"
            cut = _cut(text, limit - len(end)) + end
        found.append(cut)
    return found


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"

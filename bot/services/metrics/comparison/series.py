"""A metric over days, weeks or months, or told apart by people, channels, topics or hours: for charts and files."""

from datetime import date

from bot.rules.metrics.comparison.charts import (
    POINTS,
    By,
    Point,
    Series,
    buckets,
    coarse,
    told_apart,
)
from bot.rules.metrics.comparison.comparing import Held
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.slices import WHOLE
from bot.rules.reports.periods import Period
from bot.services.metrics.comparison import lines
from bot.services.metrics.comparison.lines import Whose
from bot.services.metrics.look import defining
from storage.database import Tx


async def series_of(  # noqa: PLR0913 - what is counted, of whom, when and how
    tx: Tx,
    scope: Scope,
    metric: str,
    first: date,
    last: date,
    *,
    by: By = By.DAY,
    slice_: str = WHOLE,
    most: int = POINTS,
) -> Series:
    """At most `most` points: of longer times weeks or months, of more members the largest. Who may see it was asked before.

    `metric` is the key of one that there is. A person is told apart by nothing but time. Raises StillCounting.
    """
    found = (await defining.known(tx))[metric]
    minimum_n = await lines.minimum_n(tx, scope.team_ids)
    target = await lines.target_of(tx, scope, found, last)
    if slice_ != WHOLE and not scope.person_id:
        points = await _told_apart(tx, scope, found, Period(first, last), slice_, most)
        return Series(found, points, by, slice_, target, minimum_n)
    by = coarse(first, last, by, most)
    spans = list(buckets(first, last, by))[-most:]
    held = await _held(tx, scope, found, Period(spans[0].first, last))
    points = tuple(Point(one, held.value(found, one)) for one in spans)
    return Series(found, points, by, target=target, minimum_n=minimum_n)


async def _held(tx: Tx, scope: Scope, metric: Metric, period: Period) -> Held:
    if metric.is_running:
        return await lines.up_to(tx, scope, [metric], period.last)
    whose = await lines.whose(tx, scope)
    return Held.of(await lines.read(tx, scope.team_ids, whose, period, [metric]))


async def _told_apart(
    tx: Tx, scope: Scope, metric: Metric, period: Period, slice_: str, most: int
) -> tuple[Point, ...]:
    by_member: dict[str, list[Bundle]] = {}
    for row in await lines.read(tx, scope.team_ids, Whose(slice_), period, [metric]):
        by_member.setdefault(row.member, []).append(row.bundle)
    bundles = [(member, together(held)) for member, held in by_member.items()]
    return told_apart(metric, period, bundles, slice_, most)

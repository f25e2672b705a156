"""Charts of numbers, and the same in words: for screen readers, for clients without charts, and where no chart may stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Any

from bot.rules.metrics.comparison.charts import OTHERS, POINTS, By, Point, Series, unique
from bot.rules.metrics.comparison.guards import is_few
from bot.rules.metrics.definition.registry import Metric, Unit
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, TOPIC
from bot.text import Text, _, escape
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.metrics.amounts import DAY, MINUTE, bare_name, show, with_count
from bot.views.metrics.amounts import HOUR as AN_HOUR

TITLE, LABEL, AXIS = 50, 20, 50
FEWEST = 2
"""One point is no line, and one bar compares with nothing."""
WORDS = 2_500
CHARTED: Mapping[str, str] = {
    By.DAY: _("{metric} by day"),
    By.WEEK: _("{metric} by week"),
    By.MONTH: _("{metric} by month"),
    PERSON: _("{metric} by person"),
    CHANNEL: _("{metric} by channel"),
    TOPIC: _("{metric} by topic"),
    HOUR: _("{metric} by hour"),
}


def chart(series: Series, t: Text, names: Mapping[str, str] | None = None) -> list[Block]:
    """Lines over time with the target beside, bars for all else; then the same in words. Only for messages.

    `names` says what members are called, where that is not what they are. Without enough to draw there are only words.
    """
    series = _in_order(series, names or {})
    shown = _shown(series)
    words = b.context(in_words(series, t, names))
    if len(shown) < FEWEST or len(shown) > POINTS:
        return [words]
    return [_chart(series, shown, labels(series, shown, t, names), t), words]


def in_words(series: Series, t: Text, names: Mapping[str, str] | None = None) -> str:
    """Each point with its value, then what has none; shorter where there is too much of it."""
    series = _in_order(series, names or {})
    points = series.known
    pairs = zip(_whole_labels(series, points, t, names or {}), points, strict=True)
    said = [f"{escape(label)}: {_said(series, point, t)}" for label, point in pairs]
    told = _within(said, t) or t("no data yet")
    lines = [f"*{escape(title(series, t))}*: {told}"]
    if series.target is not None:
        lines.append(t("target {target}", target=show(series.target, series.metric, t)))
    if gaps := _gaps(series, t):
        lines.append(gaps)
    return " · ".join(lines)


def _chart(series: Series, points: Sequence[Point], below: Sequence[str], t: Text) -> Block:
    unit, divisor = scale(series.metric, points, t)

    def line(name: str, amounts: Sequence[float]) -> dict[str, Any]:
        pairs = zip(below, amounts, strict=True)
        data = [{"label": label, "value": round(amount / divisor, 2)} for label, amount in pairs]
        return {"name": name, "data": data}

    own, target = unique([bare_name(series.metric, t), t("Target")], LABEL)
    lines = [line(own, [one.value.amount or 0 for one in points])]
    if series.target is not None and series.is_over_time:
        lines.append(line(target, [series.target] * len(points)))
    axis: dict[str, Any] = {"categories": list(below)}
    return {
        "type": "data_visualization",
        "title": shorten(title(series, t), TITLE),
        "chart": {
            "type": "line" if series.is_over_time else "bar",
            "series": lines,
            "axis_config": axis | ({"y_label": shorten(unit, AXIS)} if unit else {}),
        },
    }


def scale(metric: Metric, points: Sequence[Point], t: Text) -> tuple[str, float]:
    """What the numbers are in, and by how much seconds are divided for that."""
    if metric.unit is Unit.PERCENT:
        return "%", 1
    if metric.unit is not Unit.SECONDS:
        return "", 1
    longest = max(abs(one.value.amount or 0) for one in points)
    if longest < 2 * MINUTE:
        return t("Seconds"), 1
    if longest < 2 * AN_HOUR:
        return t("Minutes"), MINUTE
    return (t("Hours"), AN_HOUR) if longest < 2 * DAY else (t("Days"), DAY)


def _in_order(series: Series, names: Mapping[str, str]) -> Series:
    """People by name: nobody is first or last by what they did."""
    if series.slice != PERSON:
        return series

    def place(point: Point) -> tuple[bool, str]:
        return point.member == OTHERS, names.get(point.member, point.member).casefold()

    return replace(series, points=tuple(sorted(series.points, key=place)))


def _shown(series: Series) -> list[Point]:
    """What has a value: a gap is left out, not drawn as zero. Of members, too few of whose things are known are left out."""
    points = series.known
    if series.is_over_time:
        return points
    return [one for one in points if not _is_few(series, one)]


def labels(
    series: Series, points: Sequence[Point], t: Text, names: Mapping[str, str] | None = None
) -> list[str]:
    """What stands below the points: no two alike, and short enough."""
    names = names or {}
    return unique(_whole_labels(series, points, t, names), LABEL)


def _whole_labels(
    series: Series, points: Sequence[Point], t: Text, names: Mapping[str, str]
) -> list[str]:
    if not series.is_over_time:
        return [_member(one.member, series.slice, t, names) for one in points]
    days = [t.day_of_year(one.period.first) for one in points]
    if series.by is By.MONTH:
        return [t.month(one.period.first) for one in points]
    if len(set(days)) < len(days):
        return [t.day(one.period.first) for one in points]
    return days


def _member(member: str, slice_: str, t: Text, names: Mapping[str, str]) -> str:
    if member == OTHERS:
        return t("Others")
    if slice_ == HOUR:
        return t.clock(time(int(member)))
    return names.get(member, member)


def title(series: Series, t: Text) -> str:
    """What is counted, by what."""
    name = bare_name(series.metric, t)
    words = CHARTED.get(series.by if series.is_over_time else series.slice)
    return t(words, metric=name) if words else name


def _said(series: Series, point: Point, t: Text) -> str:
    if series.is_over_time:
        return show(point.value, series.metric, t)
    return with_count(point.value, series.metric, t, is_few=_is_few(series, point))


def _is_few(series: Series, point: Point) -> bool:
    return is_few(series.metric, point.value, series.minimum_n)


def _gaps(series: Series, t: Text) -> str:
    """What lies before the first value is no gap: there was nothing to count yet."""
    first = next((at for at, one in enumerate(series.points) if one in series.known), None)
    if first is None or not series.is_over_time:
        return ""
    gaps = [one for one in series.points[first:] if one.value.amount is None]
    if not gaps:
        return ""
    return t("no data: {days}", days=_within(_whole_labels(series, gaps, t, {}), t))


def _within(said: Sequence[str], t: Text) -> str:
    kept: list[str] = []
    for place, one in enumerate(said):
        if sum(map(len, kept)) + len(one) > WORDS // 2:
            more = len(said) - place
            kept.append(t.n("and {count} more", "and {count} more", more))
            break
        kept.append(one)
    return ", ".join(kept)

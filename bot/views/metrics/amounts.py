"""How a number reads: the one place where an amount becomes words, with its unit and as many decimals as its metric has."""

from bot.rules.metrics.comparison.guards import counts_of, shown
from bot.rules.metrics.definition.registry import Metric, Unit
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.parts import Counts
from bot.text import Text, escape
from bot.views.blocks import shorten

NOTHING = "–"
MINUTE, HOUR, DAY = 60, 3600, 86_400
DAYS_FROM = 2 * DAY
"""Lengths of time from two days on are told in days: nobody sees through 117 hours."""
NAME = 60


def show(value: Value | float | None, metric: Metric, t: Text) -> str:
    """`81.1 %`, `3 min 45 s`, `4.08`; a dash for nothing. Of what has a median and a 90th percentile, the median."""
    amount = value.amount if isinstance(value, Value) else value
    if amount is None:
        return NOTHING
    told = _amount(shown(metric, amount), metric, t)
    is_rough = isinstance(value, Value) and value.is_rough
    return t("about {value}", value=told) if is_rough else told


def whole(value: Value, metric: Metric, t: Text) -> str:
    """The same, with what nine in ten do not exceed where that is known."""
    if value.p90 is None:
        return show(value, metric, t)
    middle, high = show(value, metric, t), _amount(shown(metric, value.p90), metric, t)
    return t("median {middle}, 9 in 10 within {high}", middle=middle, high=high)


def count(value: Value, metric: Metric, t: Text) -> str:
    """Of how many it is: `312`, or `12 h` of time."""
    if counts_of(metric) is Counts.SECONDS:
        return length(value.n, t)
    return t.number(round(value.n, 1))


def with_count(value: Value, metric: Metric, t: Text, *, is_few: bool = False) -> str:
    """A number with how many it is of, and that these are too few; an amount alone.

    Points are no share of them, and "within 1 min 28 s of 90" would read like one.
    """
    if metric.is_amount:
        return show(value, metric, t)
    told, of = (
        show(value, metric, t) if is_few else whole(value, metric, t),
        count(value, metric, t),
    )
    has_two = value.p90 is not None and not is_few
    if has_two or metric.unit in {Unit.POINTS, Unit.THINGS}:
        if is_few:
            return t("{value}, from only {whole}, too few to rank", value=told, whole=of)
        return t("{value}, from {whole}", value=told, whole=of)
    if is_few:
        return t("{value} of only {whole}, too few to rank", value=told, whole=of)
    return t("{value} of {whole}", value=told, whole=of)


def name(metric: Metric, t: Text) -> str:
    """What it is called, safe in mrkdwn: people name their own."""
    return escape(bare_name(metric, t))


def bare_name(metric: Metric, t: Text) -> str:
    """The same, for where nothing is formatted."""
    return shorten(" ".join(t(metric.name).split()), NAME)


def length(seconds: float, t: Text) -> str:
    """A length of time: seconds up to a minute, then the two units that matter."""
    sign = "−" if seconds < 0 else ""
    return sign + _length(abs(seconds), t)


def _length(seconds: float, t: Text) -> str:
    if seconds < MINUTE:
        return t("{seconds} s", seconds=t.number(seconds))
    if (rounded := round(seconds)) < HOUR:
        large, small = divmod(rounded, MINUTE)
        return _pair(t("{minutes} min", minutes=large), small and t("{seconds} s", seconds=small))
    if (rounded := round(seconds / MINUTE)) * MINUTE < DAYS_FROM:
        large, small = divmod(rounded, HOUR // MINUTE)
        return _pair(t("{hours} h", hours=large), small and t("{minutes} min", minutes=small))
    large, small = divmod(round(seconds / HOUR), DAY // HOUR)
    return _pair(t("{days} d", days=t.number(large)), small and t("{hours} h", hours=small))


def _pair(large: str, small: str | int) -> str:
    return f"{large} {small}" if small else large


def _amount(amount: float, metric: Metric, t: Text) -> str:
    match metric.unit:
        case Unit.PERCENT:
            return t("{number} %", number=_number(amount, t))
        case Unit.SECONDS:
            return length(amount, t)
        case _:
            return _number(amount, t)


def _number(amount: float, t: Text) -> str:
    return t.number(amount).replace("-", "−")

"""What keeps numbers from saying more than they know: too few to judge, what could be chance, and good news with a catch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.rules.metrics.definition.formulas import saved
from bot.rules.metrics.definition.registry import Direction, Metric, Unit
from bot.rules.metrics.definition.values import PERCENT, Value, wilson
from bot.rules.metrics.store.parts import BY_KEY as PARTS
from bot.rules.metrics.store.parts import Counts

LEAST_TIME = 3600
"""Seconds. A share of less time than that is of little."""
WIDE = 20
"""Percentage points. Where chance alone explains so much, it is said."""
MOVED = 0.05
"""A change of less than a twentieth is none that anything follows from."""
HALVED = 0.4
"""A fall by so much changes what there was to do at all."""


class Trend(StrEnum):
    """Where a number went, and whether that is good. UP and DOWN are of numbers of which neither is.

    CHANCE is of shares that differ by no more than chance alone explains: it is no news, good or bad.
    """

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    CHANCE = "chance"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """How a number stands to its target. OPEN is that there is one, and nothing to judge by."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    NONE = "none"


def counts_of(metric: Metric) -> Counts | None:
    """What `n` counts; None where it is made of several kinds."""
    if metric.is_quantile or metric.is_amount:
        return Counts.THINGS
    return _counts(metric.denominator)


def is_few(metric: Metric, value: Value, minimum_n: int) -> bool:
    """Too few to judge or to rank. An amount is not of anything, so it never is."""
    if metric.is_amount or value.amount is None:
        return False
    if counts_of(metric) is Counts.SECONDS:
        return value.n < LEAST_TIME
    return value.n < minimum_n


def interval(metric: Metric, value: Value) -> tuple[float, float] | None:
    """Between which percentages a share that is counted may well be; None for all else."""
    if metric.unit is not Unit.PERCENT or value.numerator is None or not value.denominator:
        return None
    if not 0 <= value.numerator <= value.denominator:
        return None
    if not _counts(metric.numerator) is _counts(metric.denominator) is Counts.THINGS:
        return None
    low, high = wilson(value.numerator, value.denominator)
    return PERCENT * low, PERCENT * high


def chance(metric: Metric, value: Value) -> tuple[float, float] | None:
    """The same, if that is wide enough to be worth a word."""
    found = interval(metric, value)
    return found if found and found[1] - found[0] > WIDE else None


def shown(metric: Metric, amount: float) -> float:
    """As it is told: nobody should read that 80 is less than 80."""
    return round(amount, metric.decimals) + 0.0


def verdict(metric: Metric, value: Value, target: float | None, minimum_n: int) -> Verdict:
    if target is None:
        return Verdict.NONE
    if value.amount is None or is_few(metric, value, minimum_n):
        return Verdict.OPEN
    here, there = shown(metric, value.amount), shown(metric, target)
    match metric.direction:
        case Direction.UP:
            return Verdict.MET if here >= there else Verdict.MISSED
        case Direction.DOWN:
            return Verdict.MET if here <= there else Verdict.MISSED
        case Direction.NONE:
            return Verdict.OPEN


def trend(metric: Metric, now: Value, then: Value, minimum_n: int) -> Trend:
    if now.amount is None or then.amount is None:
        return Trend.UNKNOWN
    if is_few(metric, now, minimum_n) or is_few(metric, then, minimum_n):
        return Trend.UNKNOWN
    here, there = shown(metric, now.amount), shown(metric, then.amount)
    if here == there:
        return Trend.SAME
    if _may_be_chance(metric, now, then) or _may_be_chance(metric, then, now):
        return Trend.CHANCE
    if metric.direction is Direction.NONE:
        return Trend.UP if here > there else Trend.DOWN
    is_good = (here > there) == (metric.direction is Direction.UP)
    return Trend.BETTER if is_good else Trend.WORSE


def _may_be_chance(metric: Metric, one: Value, other: Value) -> bool:
    found = interval(metric, one)
    return found is not None and other.amount is not None and found[0] <= other.amount <= found[1]


@dataclass(frozen=True, slots=True)
class Catch:
    """`metric` went the way that looks good, and `other` another way. With `by_n` the other's number of answers did."""

    metric: str
    is_up: bool
    other: str
    other_is_up: bool
    least: float = MOVED
    by_n: bool = False


def _catch(metric: str, other: str, *, least: float = MOVED, by_n: bool = False) -> Catch:
    """Written with arrows: `+csat` is CSAT up."""
    return Catch(metric[1:], metric[0] == "+", other[1:], other[0] == "+", least, by_n)


CATCHES: tuple[Catch, ...] = (
    _catch("-aht", "+reopen"),
    _catch("-aht", "-fcr"),
    _catch("-aht", "-csat"),
    _catch("-aht", "-qa"),
    _catch("-frt", "-csat"),
    _catch("-frt", "+resolution"),
    _catch("-resolution", "+reopen"),
    _catch("-backlog", "+reopen"),
    _catch("+fcr", "+reopen"),
    _catch("+sla", "-csat"),
    _catch("+sla", "+reopen"),
    _catch("-escalation", "+reopen"),
    _catch("-escalation", "-csat"),
    _catch("+service_level", "+abandonment"),
    _catch("-asa", "+abandonment"),
    _catch("-claim", "+resolve"),
    _catch("-abandonment", "-contacts", least=HALVED),
    _catch("-asa", "-contacts", least=HALVED),
    _catch("+service_level", "-contacts", least=HALVED),
    _catch("+csat", "-csat", least=HALVED, by_n=True),
    _catch("+nps", "-nps", least=HALVED, by_n=True),
    _catch("+qa", "-qa", least=HALVED, by_n=True),
)
"""What looks good, and what takes the good out of it. A quicker call that brings the caller back was not quicker."""


def possible_catches(metric: str, now: Value, then: Value) -> list[Catch]:
    """Those whose first half is true: the metric itself went the way that looks good."""
    return [
        one
        for one in CATCHES
        if one.metric == metric and _moved(now.amount, then.amount, one.is_up, MOVED)
    ]


def catches(
    metric: str, now: Callable[[str], Value], then: Callable[[str], Value], judged: Iterable[str]
) -> list[Catch]:
    """What takes the good out of a change. `judged` are the metrics of which there is enough on both sides."""
    enough = set(judged)
    return [
        one
        for one in possible_catches(metric, now(metric), then(metric))
        if {one.metric, one.other} <= enough
        and _moved(_of(now(one.other), one), _of(then(one.other), one), one.other_is_up, one.least)
    ]


def _of(value: Value, catch: Catch) -> float | None:
    return value.n if catch.by_n else value.amount


def _moved(now: float | None, then: float | None, is_up: bool, least: float) -> bool:
    if now is None or then is None or now == then:
        return False
    return (now > then) == is_up and abs(now - then) >= least * abs(then)


@lru_cache(maxsize=1000)
def _counts(formula: str) -> Counts | None:
    kinds = {
        PARTS[name].counts if name in PARTS else Counts.THINGS for name in saved(formula).names
    }
    return kinds.pop() if len(kinds) == 1 else None

"""What a metric comes to in a bundle: its value, and of how many."""

from dataclasses import dataclass
from math import sqrt

from bot.rules.metrics.definition.formulas import saved
from bot.rules.metrics.definition.registry import ONE, Metric, Unit
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE

MEDIAN, NINETIETH = 0.5, 0.9
PERCENT = 100
LARGEST = 10**15
"""What is larger says nothing to anybody, and could not be kept in thousandths. Only a formula of one's own comes to that."""
Z_95 = 1.959963984540054
"""The standard normal quantile of a two-sided 95 %."""


@dataclass(frozen=True, slots=True)
class Value:
    """`amount` is in the metric's unit (a percentage from 0 to 100, seconds, points, things); None is that nothing is known.

    `n` is of how many: what it is divided by, or how many values a median is of. `p90` goes with a median. `numerator`
    and `denominator` are in their own units. `is_rough` is that percentiles are off by at most `histograms.ERROR`.
    """

    amount: float | None = None
    n: float = 0
    p90: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    is_rough: bool = False


def value_of(metric: Metric, bundle: Bundle) -> Value:
    """Nothing is made up: without any part of the numerator, or of the denominator, there is no value."""
    if metric.is_quantile:
        return _quantile(metric, bundle)
    if metric.needs and not bundle.sums.keys() & set(metric.needs):
        return Value()
    above, below = _amount(metric.numerator, bundle), _amount(metric.denominator, bundle)
    if above is None or not below:
        return Value(numerator=above, denominator=below, n=below or 0)
    factor = PERCENT if metric.unit is Unit.PERCENT else 1
    amount = factor * above / below
    if not abs(amount) <= LARGEST:  # what is infinite, or no number at all, neither
        return Value()
    n = bundle.facts if metric.denominator == ONE else below
    return Value(amount, n, numerator=above, denominator=below)


def wilson(successes: float, n: float) -> tuple[float, float]:
    """The 95 % score interval of a share, from 0 to 1 (Wilson 1927). With nothing it could be anything."""
    if n <= 0:
        return 0.0, 1.0
    share, spread = successes / n, Z_95 * Z_95
    middle = (share + spread / (2 * n)) / (1 + spread / n)
    half = Z_95 * sqrt(share * (1 - share) / n + spread / (4 * n * n)) / (1 + spread / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _amount(text: str, bundle: Bundle) -> float | None:
    """What a formula comes to, unless nothing that is in it is known. Most are but one part, or 1."""
    if text in bundle.sums:
        return bundle.sums[text] / SCALE
    if text == ONE:
        return 1.0
    formula = saved(text)
    if formula.terms:
        found = [bundle.sums[one] for one in formula.terms if one in bundle.sums]
        return sum(found) / SCALE if found else None
    known = {name: bundle.sums[name] / SCALE for name in formula.names if name in bundle.sums}
    if formula.names and not known:
        return None
    return formula.compute(known)


def _quantile(metric: Metric, bundle: Bundle) -> Value:
    held = bundle.samples.get(metric.sample)
    if held is None or not held.counts:
        return Value()
    scaled = [None if one is None else one / SCALE for one in held.percentiles(MEDIAN, NINETIETH)]
    return Value(scaled[0], held.n, scaled[1], is_rough=held.is_coarse)

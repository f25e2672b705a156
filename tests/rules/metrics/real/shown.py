"""What a bundle comes to by the shipped definitions, as shares of one and in seconds."""

from bot.rules.metrics.definition import formulas
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE


def metric(bundle: Bundle, key: str) -> float | None:
    found = BY_KEY[key]
    return quotient(bundle, found.numerator, found.denominator)


def quotient(bundle: Bundle, above: str, below: str) -> float | None:
    sums = {key: amount / SCALE for key, amount in bundle.sums.items()}
    whole = formulas.parse(below).compute(sums)
    part = formulas.parse(above).compute(sums)
    return None if part is None or not whole else part / whole


def median(bundle: Bundle, part: str) -> float | None:
    held = bundle.samples.get(part)
    found = held.percentile(0.5) if held else None
    return None if found is None else found / SCALE


def mean(bundle: Bundle, part: str) -> float | None:
    """Of all values of a sample; exact while the sample is."""
    held = bundle.samples.get(part)
    if held is None:
        return None
    return sum(value * count for value, count in held.counts.items()) / held.n / SCALE

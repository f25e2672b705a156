"""What a permission would have spared: which limits on an agent's own decisions would have removed how many escalations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.rules.escalations import Decision
from bot.rules.escalations.outcomes import decimals
from bot.rules.reports.tallies import Allowed

ROUND = (1, 2, 3, 5)
"""Limits that people set: these, times ten, a hundred and so on."""
STEPS = (0.5, 0.75, 0.9, 1.0)
"""Which shares of the cases a limit is looked for that removes at least so many."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Letting agents decide up to `amount` would have removed so many escalations, and so much waiting."""

    currency: str
    amount: Decimal
    removed: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Freed:
    """Without money: letting agents decide this by themselves would have removed so many."""

    decision: Decision
    removed: int
    minutes: int


def limits(allowed: Mapping[Allowed, int], minutes: Mapping[Allowed, int]) -> list[Limit]:
    """A few round limits for each currency, the lowest first; each removes more than the one before."""
    currencies = sorted({one.currency for one in allowed if one.amount_minor >= 0})
    return [one for currency in currencies for one in _limits(currency, allowed, minutes)]


def freed(allowed: Mapping[Allowed, int], minutes: Mapping[Allowed, int]) -> list[Freed]:
    """By decision, the most frequent first."""
    found = [
        Freed(one.decision, count, minutes[one])
        for one, count in allowed.items()
        if one.amount_minor < 0
    ]
    return sorted(found, key=lambda one: (-one.removed, one.decision))


def _limits(
    currency: str, allowed: Mapping[Allowed, int], minutes: Mapping[Allowed, int]
) -> Iterator[Limit]:
    here = sorted(
        (one.amount_minor, count, minutes[one])
        for one, count in allowed.items()
        if one.currency == currency and one.amount_minor >= 0
    )
    whole = sum(count for _amount, count, _minutes in here)
    last = 0
    for amount in _round_amounts(currency, here[-1][0]):
        minor = int(amount.scaleb(decimals(currency)))
        removed = sum(count for found, count, _minutes in here if found <= minor)
        reached = [step for step in STEPS if last < step * whole <= removed]
        if reached:
            spared = sum(spent for found, _count, spent in here if found <= minor)
            yield Limit(currency, amount, removed, spared)
            last = removed


def _round_amounts(currency: str, largest_minor: int) -> Sequence[Decimal]:
    """1, 2, 3, 5, 10, 20 … of the main unit, up to the first that is no less than the largest amount."""
    largest = Decimal(largest_minor).scaleb(-decimals(currency))
    found: list[Decimal] = []
    tens = Decimal(1)
    while not found or found[-1] < largest:
        found += [one * tens for one in map(Decimal, ROUND)]
        tens *= 10
    enough = next(place for place, one in enumerate(found) if one >= largest)
    return found[: enough + 1]

"""Amounts that can be added and compared whatever the order: how often each length of time came up, shares, percentiles."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

FEW = 10
"""Below this many nothing is ranked: one case more or less would turn the picture."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def is_few(self) -> bool:
        return self.whole < FEW

    @property
    def percent(self) -> float:
        """Of a whole that is not 0."""
        return 100 * self.part / self.whole


Minutes = Counter[int]
"""How often each whole number of minutes came up. Two of them are added by adding."""


def median(minutes: Mapping[int, int]) -> float:
    """The middle one, or the mean of the two in the middle. Raises ValueError for nothing."""
    count = sum(minutes.values())
    if not count:
        raise ValueError("There is no middle of nothing.")
    return (_nth(minutes, (count - 1) // 2) + _nth(minutes, count // 2)) / 2


def percentile(minutes: Mapping[int, int], percent: int) -> int:
    """The smallest that at least so many per cent do not exceed (nearest rank). Raises ValueError for nothing."""
    count = sum(minutes.values())
    if not count:
        raise ValueError("There is no percentile of nothing.")
    return _nth(minutes, max(0, -(-count * percent // 100) - 1))


def _nth(minutes: Mapping[int, int], place: int) -> int:
    """The one at this place, from 0, when all stand in order."""
    passed = 0
    for length in sorted(minutes):
        passed += minutes[length]
        if place < passed:
            return length
    raise ValueError("There are not so many.")

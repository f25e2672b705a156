"""How often each value came up, so that medians and percentiles can be told of any days together.

Up to `MOST_IN_A_DAY` different values of one day, and `MOST_TOGETHER` of many, each is kept as it is, and a percentile is
exact. With more, a value is kept as the bucket of DDSketch's mapping that it falls in: what is told is then off by at most
`ERROR` of itself. Which of the two it is follows from the values alone, so the same facts give the same numbers in
whatever order and parts they came.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil, floor

from ddsketch.mapping import LogarithmicMapping

MOST_IN_A_DAY = 5_000
MOST_TOGETHER = 100_000
ERROR = 0.005
_MAPPING = LogarithmicMapping(ERROR)
_EXACT = "e"
_BUCKETS = "b"

Packed = dict[str, dict[str, int]]


@dataclass(slots=True)
class Histogram:
    """Values are thousandths. `counts` has one entry per value; once it is coarse, one per middle of a bucket."""

    counts: dict[int, int] = field(default_factory=dict)
    is_coarse: bool = False

    def add(self, values: Iterable[int]) -> None:
        """More values of the same day."""
        self._add(Counter(values))
        self._coarsen_beyond(MOST_IN_A_DAY)

    def merge(self, other: "Histogram") -> None:
        """All of another day too. What either of them is not sure of, the whole is not."""
        if other.is_coarse and not self.is_coarse:
            self._coarsen()
        self._add(other.counts)
        self._coarsen_beyond(MOST_TOGETHER)

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    def percentile(self, share: float) -> float | None:
        """In thousandths, between the two nearest where it falls between (as spreadsheets do); None if there is nothing."""
        return self.percentiles(share)[0]

    def percentiles(self, *shares: float) -> list[float | None]:
        """Several at once, which costs as much as one."""
        if not self.counts:
            return [None] * len(shares)
        values = sorted(self.counts)
        passed = list(accumulate(self.counts[one] for one in values))
        return [_between(values, passed, share * (passed[-1] - 1)) for share in shares]

    def packed(self) -> Packed:
        return {
            _BUCKETS if self.is_coarse else _EXACT: {
                str(value): count for value, count in sorted(self.counts.items())
            }
        }

    @classmethod
    def unpack(cls, *days: Mapping[str, Mapping[str, int]]) -> "Histogram":
        """Of one day, or of several as merging them would give. Values that come up again and again are made numbers once."""
        whole: dict[str, dict[str, int]] = {}
        for packed in days:
            for kind, held in packed.items():
                counts = whole.get(kind)
                if counts is None:
                    whole[kind] = dict(held)
                    continue
                for value, count in held.items():
                    counts[value] = counts.get(value, 0) + count
        found = [
            cls({int(value): count for value, count in held.items()}, kind == _BUCKETS)
            for kind, held in whole.items()
        ]
        for other in found[1:]:
            found[0].merge(other)
        if len(days) > 1:
            found[0]._coarsen_beyond(MOST_TOGETHER)  # noqa: SLF001
        return found[0]

    def _add(self, more: Mapping[int, int]) -> None:
        counts = self.counts
        if not counts and not self.is_coarse:
            counts.update(more)
            return
        for value, count in more.items():
            kept = middle(value) if self.is_coarse else value
            counts[kept] = counts.get(kept, 0) + count

    def _coarsen_beyond(self, most: int) -> None:
        if not self.is_coarse and len(self.counts) > most:
            self._coarsen()

    def _coarsen(self) -> None:
        exact, self.counts, self.is_coarse = self.counts, {}, True
        self._add(exact)


def _between(values: Sequence[int], passed: Sequence[int], place: float) -> float:
    """At a place among all values in order, of which `passed` says how many are up to each."""
    low, high = (values[bisect_right(passed, whole)] for whole in (floor(place), ceil(place)))
    return low + (high - low) * (place - floor(place))


def middle(value: int) -> int:
    """The middle of the bucket that `value` falls in; the middle of a middle is itself."""
    if value == 0:
        return 0
    size = round(_MAPPING.value(_MAPPING.key(float(abs(value)))))
    return size if value > 0 else -size

"""A bundle: the parts of some facts together. Bundles of days add up to those of weeks, teams and years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.histograms import Histogram, Packed


class Parts(Protocol):
    """What a bundle needs of a fact. Thousandths."""

    @property
    def sums(self) -> Mapping[str, int]: ...
    @property
    def samples(self) -> Mapping[str, tuple[int, ...]]: ...


@dataclass(slots=True)
class Bundle:
    """`facts` is how many there are in it. Amounts are thousandths."""

    facts: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    samples: dict[str, Histogram] = field(default_factory=dict)

    def add(self, fact: Parts) -> None:
        """One more fact of the same day."""
        self.facts += 1
        for key, amount in fact.sums.items():
            self.sums[key] = self.sums.get(key, 0) + amount
        for key, values in fact.samples.items():
            self.samples.setdefault(key, Histogram()).add(values)

    def merge(self, other: "Bundle") -> None:
        """All of another day, person or team too."""
        self.facts += other.facts
        for key, amount in other.sums.items():
            self.sums[key] = self.sums.get(key, 0) + amount
        for key, histogram in other.samples.items():
            self.samples.setdefault(key, Histogram()).merge(histogram)

    def amount(self, part: str) -> float | None:
        """What a part comes to, in its own unit; None if no fact said anything of it."""
        held = self.sums.get(part)
        return None if held is None else held / SCALE

    def packed_samples(self) -> dict[str, Packed]:
        """As they are stored."""
        return {key: one.packed() for key, one in sorted(self.samples.items())}

    @classmethod
    def unpack(cls, facts: int, sums: Mapping[str, int], samples: Mapping[str, Packed]) -> "Bundle":
        return cls(facts, dict(sums), {key: Histogram.unpack(one) for key, one in samples.items()})

    @classmethod
    def unpack_all(
        cls,
        facts: int,
        sums: Iterable[dict[str, int]],
        samples: Iterable[Mapping[str, Packed]],
    ) -> "Bundle":
        """Several days in one. The sums given are used up."""
        whole: dict[str, int] = {}
        for some in sums:
            if not whole:
                whole = some
                continue
            for key, amount in some.items():
                whole[key] = whole.get(key, 0) + amount
        found = cls(facts, whole)
        for packed in samples:
            for key, one in packed.items():
                found.samples.setdefault(key, Histogram()).merge(Histogram.unpack(one))
        return found


def together(bundles: Iterable[Bundle]) -> Bundle:
    """All of them in one."""
    whole = Bundle()
    for one in bundles:
        whole.merge(one)
    return whole

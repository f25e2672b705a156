"""What was found: medians over rounds, ratios between peers of the same round, and the targets."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self

Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """A median over rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The ratio must not be smaller."""

    ratio: float

    def __str__(self) -> str:
        return f"≥ {self.ratio:g} ×"


@dataclass(frozen=True, slots=True)
class AtMost:
    """The ratio must not be larger."""

    ratio: float

    def __str__(self) -> str:
        return f"≤ {self.ratio:g} ×"


@dataclass(frozen=True, slots=True)
class Below:
    """Our own number must be smaller, in its unit."""

    limit: float
    unit: str

    def __str__(self) -> str:
        return f"< {self.limit:g} {self.unit}"


Target = AtLeast | AtMost | Below


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: ours, theirs, and how they compare. `ratio` is ours ÷ theirs, round by round."""

    what: str
    unit: str
    ours: Spread
    peer: str = ""
    theirs: Spread | None = None
    ratio: Spread | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        match self.target:
            case AtLeast(least):
                return self.ratio is not None and self.ratio.median >= least
            case AtMost(most):
                return self.ratio is not None and self.ratio.median <= most
            case Below(limit):
                return self.ours.median < limit
            case None:
                return None


@dataclass(frozen=True, slots=True)
class Section:
    """What one benchmark found, and what has to be known to read it."""

    title: str
    about: str
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. The tests measure next to nothing."""

    rounds: int = 5
    seconds: float = 1.2
    at_once: int = 32
    burst: int = 200
    clicks: int = 10
    notes: int = 1500
    submissions: int = 10_000
    listeners: int = 50
    repeats: int = 2000
    messages: int = 1000
    crowd: int = 10_000
    crowd_teams: int = 500
    grown: Sequence[int] = (1_000, 10_000, 100_000)
    due: int = 1_000
    claims: int = 10
    looks: int = 20
    asked: int = 2_000
    asked_teams: int = 60
    answers: Sequence[int] = (10, 50, 200, 500)
    exported: Sequence[int] = (1_000, 10_000, 100_000)
    export_rounds: int = 3
    thanked: int = 2_000
    thanks: int = 100_000
    coached: int = 20
    coaching_notes: int = 500
    imported: Sequence[int] = (10_000, 100_000, 1_000_000)
    import_rounds: int = 1


QUICK = Size(
    rounds=1,
    seconds=0.05,
    at_once=2,
    burst=4,
    clicks=2,
    notes=20,
    submissions=20,
    listeners=3,
    repeats=5,
    messages=150,
    crowd=30,
    crowd_teams=3,
    grown=(10, 30),
    due=10,
    claims=2,
    looks=2,
    asked=310,
    asked_teams=2,
    answers=(1, 3),
    exported=(10,),
    thanked=10,
    thanks=600,
    coached=2,
    coaching_notes=5,
    imported=(300,),
)


async def alternate(rounds: int, measures: Mapping[str, Measure]) -> dict[str, list[float]]:
    """Each measure once per round, the order turned round each time, so that none is always first."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    order = list(measures)
    for _ in range(rounds):
        for name in order:
            found[name].append(await measures[name]())
        order.reverse()
    return found


def compared(
    what: str,
    unit: str,
    ours: Sequence[float],
    peer: str,
    theirs: Sequence[float],
    target: Target | None = None,
) -> Finding:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return Finding(what, unit, Spread.of(ours), peer, Spread.of(theirs), Spread.of(ratios), target)


def alone(what: str, unit: str, ours: Sequence[float], target: Target | None = None) -> Finding:
    return Finding(what, unit, Spread.of(ours), target=target)

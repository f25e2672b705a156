"""Stretches of time, and what is left when some are taken from others. Half-open: a stretch ends where the next begins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start`, and not at `end` any more. Both aware. One that ends where it starts holds no time."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def within(self, other: "Span") -> "Span":
        """What both have in common; it may be empty."""
        return Span(max(self.start, other.start), min(self.end, other.end))

    @property
    def is_empty(self) -> bool:
        return self.start >= self.end


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as possible, in order."""
    found: list[Span] = []
    for span in sorted(one for one in spans if not one.is_empty):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def minus(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is in `spans` and not in `taken`, in order."""
    left: list[Span] = []
    away = union(taken)
    for span in union(spans):
        start = span.start
        for gone in away:
            if gone.end <= start or gone.start >= span.end:
                continue
            if start < gone.start:
                left.append(Span(start, gone.start))
            start = gone.end
        if start < span.end:
            left.append(Span(start, span.end))
    return left


def common(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """What is in both, in order."""
    shared = (one.within(other) for one in spans for other in others)
    return union(one for one in shared if not one.is_empty)


def crowded(spans: Sequence[Span]) -> Iterator[Span]:
    """The time that is in two or more of the spans."""
    edges = sorted([(one.start, 1) for one in spans] + [(one.end, -1) for one in spans])
    depth, since = 0, None
    for moment, change in edges:
        depth += change
        if depth >= 2 and since is None:
            since = moment
        elif depth < 2 and since is not None:
            yield Span(since, moment)
            since = None

"""A digest that was posted: what it told, and what it should have told since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.rules.metrics.comparison.guards import shown
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.reports import Period

CORRECTED_FOR = timedelta(days=100)
"""Older posts are left as they are: nobody decides anything by them any more."""

Shown = tuple[float | None, float | None]
"""An amount and its 90th percentile, to the decimals that are shown."""
Amounts = Mapping[str, Shown]
"""By the metric's key."""


@dataclass(frozen=True, slots=True)
class Post:
    """`places` are the channels and people that it went to; `due_at` is when it should have come.

    `told` is empty as long as the numbers are still being added up; `corrected` is what has changed since.
    """

    workspace_id: str
    id: str
    digest_id: str
    period: Period
    cadence: Cadence
    metrics: tuple[str, ...]
    places: tuple[str, ...]
    due_at: datetime
    posted_at: datetime
    is_late: bool = False
    told: Amounts = field(default_factory=dict)
    corrected: Amounts = field(default_factory=dict)
    corrected_at: datetime | None = None

    @property
    def is_counting(self) -> bool:
        return not self.told

    @property
    def has_data(self) -> bool:
        return self.is_counting or any(amount is not None for amount, _p90 in self.now.values())

    @property
    def now(self) -> Amounts:
        """What it tells by now."""
        return {**self.told, **self.corrected}

    def seen_anew(self, found: Amounts, at: datetime) -> "Post":
        """The same with the numbers of now. What was told stays known, however often it is corrected."""
        if self.is_counting:
            return replace(self, told=found)
        changed = {key: one for key, one in found.items() if self.told.get(key, one) != one}
        if changed == self.corrected:
            return self
        return replace(self, corrected=changed, corrected_at=at)


def corrected_in(posts: Sequence[Post]) -> Post | None:
    """What was corrected in any of these, which told of the same, as if it had been one; of two that told one metric the later.

    None if all of it is as it was told at first.
    """
    found = [one for one in posts if one.corrected_at and one.corrected]
    if not found:
        return None
    last = max(found, key=lambda one: (one.corrected_at, one.id))
    told = {key: one.told[key] for one in found for key in one.corrected}
    corrected = {key: amount for one in found for key, amount in one.corrected.items()}
    return replace(last, told=told, corrected=corrected, is_late=False)


def told_by(lines: Iterable[Line]) -> Amounts:
    """What is told in these lines: no digit more than people see."""
    return {
        one.metric.key: (
            None if one.value.amount is None else shown(one.metric, one.value.amount),
            None if one.value.p90 is None else shown(one.metric, one.value.p90),
        )
        for one in lines
    }


def to_json(told: Amounts) -> dict[str, Any]:
    return {key: list(one) for key, one in told.items()}


def from_json(held: Mapping[str, Sequence[float | None]]) -> Amounts:
    return {key: (one[0], one[1]) for key, one in held.items()}

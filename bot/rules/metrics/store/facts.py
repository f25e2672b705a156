"""A fact: one line of an export, one thing that happened, or one item over HTTP, as the numbers know it.

Amounts are whole thousandths everywhere (`SCALE`), so that adding them gives the same in any order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

SCALE = 1000
LARGEST = 10**15
"""The largest amount of one fact, in thousandths: thousands of them still fit into what databases call an integer."""
LONGEST_KEY = 200
LONGEST_NAME = 120
MOST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """`at` is UTC; `day` and `hour` are as the clock on the wall was where it happened, `hour` None if only the day is known.

    `key` names it among the facts of its feed: of two with one key the one that is `updated` later is what holds, and of
    those that are alike the one that came later. `updated` sorts as text; "" is before all others. `person`, `team`,
    `channel` and `topic` are called as the source calls them, "" where it says nothing. `labels` are further things to
    count by. `sums` and `samples` hold thousandths by the key of the part.
    """

    key: str
    at: datetime
    day: date
    hour: int | None = None
    person: str = ""
    team: str = ""
    channel: str = ""
    topic: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=dict)
    samples: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    updated: str = ""

    @property
    def parts(self) -> dict[str, int | list[int]]:
        """Both together, as they are kept: a number is a sum, a list are samples."""
        return {**self.sums, **{key: list(values) for key, values in self.samples.items()}}

    def __reduce__(self) -> tuple[Any, ...]:
        """A file's facts come from another process: so they are several times faster to pack and unpack."""
        whose = (self.person, self.team, self.channel, self.topic, self.labels)
        return Fact, (self.key, self.at, self.day, self.hour, *whose, self.sums, self.samples, self.updated)  # fmt: skip


def sortable(at: datetime) -> str:
    """A moment in UTC as `updated` keeps it."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds")


def thousandths(amount: Decimal) -> int:
    """What is kept of an amount. Raises ValueError for what is too large to be one."""
    if not amount.is_finite() or abs(amount) * SCALE > LARGEST:
        raise ValueError("too large")
    return int((amount * SCALE).to_integral_value(ROUND_HALF_EVEN))

"""What reading a file came to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rules.metrics.importing.files.batches import Batch
from bot.rules.metrics.importing.reading.rejecting import Reason, Reject, Remark, Why

FEW = 5
MOST_REPORTED = 50_000
MOST_NAMES = 5_000


@dataclass(slots=True)
class Outcome:
    """`good` lines give facts, of which there may be fewer: a later line may say something new of an earlier one.

    `rejects` and `remarks` are the first of them; `rejected` and `remarked` count all, the latter by reason. `nobodys` are
    names that are nobody's yet, the first few, of `nameless` in all. `has_report`: all of it is in a file of its own.
    """

    good: int = 0
    rejected: int = 0
    remarked: Counter[Reason] = field(default_factory=Counter)
    left: Counter[Why] = field(default_factory=Counter)
    first_day: str = ""
    last_day: str = ""
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    nobodys: list[str] = field(default_factory=list)
    nameless: int = 0
    has_report: bool = False

    def add(self, batch: Batch) -> None:
        """The next ones, of which as many are kept as a report can show."""
        self.good += len(batch.facts)
        self.rejected += len({one.row for one in batch.rejects})
        self.remarked.update(one.reason for one in batch.remarks)
        self.left.update(batch.left)
        self.rejects += batch.rejects[: MOST_REPORTED - len(self.rejects)]
        self.remarks += batch.remarks[: MOST_REPORTED - len(self.remarks)]
        for fact in batch.facts:
            day = fact.day.isoformat()
            self.first_day = min(self.first_day or day, day)
            self.last_day = max(self.last_day, day)
            if fact.person and len(self.names) < MOST_NAMES:
                self.names.add(fact.person)

    @property
    def lines(self) -> int:
        return self.good + self.rejected + self.left.total()

    @property
    def is_clean(self) -> bool:
        return not self.rejected and not self.remarked

    def packed(self) -> dict[str, Any]:
        """What is kept: counts, and the few that are shown at once."""
        return {
            "good": self.good,
            "rejected": self.rejected,
            "remarked": dict(self.remarked),
            "left": dict(self.left),
            "days": [self.first_day, self.last_day],
            "rejects": [[one.row, one.header, one.value, one.reason] for one in self.rejects[:FEW]],
            "nobodys": self.nobodys[:FEW],
            "nameless": self.nameless,
            "has_report": self.has_report,
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Outcome":
        first, last = packed["days"]
        return cls(
            good=packed["good"],
            rejected=packed["rejected"],
            remarked=Counter({Reason(one): count for one, count in packed["remarked"].items()}),
            left=Counter({Why(one): count for one, count in packed["left"].items()}),
            first_day=first,
            last_day=last,
            rejects=[
                Reject(row, header, value, Reason(reason))
                for row, header, value, reason in packed["rejects"]
            ],
            nobodys=list(packed["nobodys"]),
            nameless=packed["nameless"],
            has_report=packed["has_report"],
        )

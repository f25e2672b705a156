"""Some lines of a file, read: the facts that they give, and what became of the others."""

from collections import Counter
from dataclasses import dataclass, field

from bot.rules.metrics.importing.reading.rejecting import Reject, Remark, Why
from bot.rules.metrics.store.facts import Fact


@dataclass(slots=True)
class Batch:
    """`lines` counts all that were read, also those that give no fact."""

    lines: int = 0
    facts: list[Fact] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: Counter[Why] = field(default_factory=Counter)

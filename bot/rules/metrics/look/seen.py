"""What numbers mean, as one reader sees it: definitions, and what they may do about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import Refused
from bot.rules.metrics.definition.own import Definition
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value

NOTHING = Value()


@dataclass(frozen=True, slots=True)
class Defined:
    """One metric. `own` is what somebody wrote, or None for one that ships."""

    metric: Metric
    own: Definition | None = None
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """All metrics; the workspace's own come last, and those that are retired at the very end."""

    all: Sequence[Defined]
    may_add: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What a metric that is being written comes to, over `days` and all teams that its author may see together.

    `parts` are parts of the workspace's own that there are numbers of; `unknown` those that are in its formula, and of which there are none.
    """

    metric: Metric | None = None
    value: Value = NOTHING
    days: int = 0
    parts: Sequence[str] = ()
    unknown: Sequence[str] = ()
    problems: Mapping[str, Refused] = field(default_factory=dict)

"""What a policy is made of: levels of targets with the minutes between them, and what happens outside opening hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.severities import Severity

LEVELS_AT_MOST = 10
TARGETS_AT_MOST = 10
ROUND_AT_MOST = 20
POLICIES_AT_MOST = 20
REPEATS_AT_MOST = 9
LONGEST_WAIT = 7 * 24 * 60
"""Minutes: a week between two levels. Who waits longer has forgotten the case."""


class TargetKind(StrEnum):
    """Who can be told, or where."""

    PERSON = "person"
    LEAD_ON_SHIFT = "lead_on_shift"
    LEADS = "leads"
    REPORTERS_LEAD = "reporters_lead"
    MANAGER = "manager"
    EVERYONE = "everyone"
    GROUP = "group"
    CHANNEL = "channel"
    ROUND_ROBIN = "round_robin"


@dataclass(frozen=True, slots=True)
class Target:
    """`id` is the Slack id of a person, a user group or a channel; `people` are those of a round robin, in their order."""

    kind: TargetKind
    id: str = ""
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other target of a policy."""
        return ":".join((self.kind, *((self.id,) if self.id else ()), *self.people))


@dataclass(frozen=True, slots=True)
class Level:
    """Who is told, and after how many `minutes` the next level is."""

    targets: tuple[Target, ...]
    minutes: int


class Outside(StrEnum):
    """What happens while the team is closed: nothing until it opens, another policy, or the same as ever."""

    QUEUE = "queue"
    OTHER = "other"
    ANYWAY = "anyway"


@dataclass(frozen=True, slots=True)
class Policy:
    """Ordered levels; after the last one it runs again `repeats` times from the level with the index `repeat_from`.

    Without `severities` it is for every severity that has none of its own; with `only_instead` for none at all, but
    only in place of a policy that names it as its other one. `warned` hear when three quarters of the time are over,
    `breached` when all of it is. `version` counts the edits. The default policy of a team has no id.
    """

    workspace_id: str
    id: str
    team_id: str
    name: str
    severities: frozenset[Severity]
    levels: tuple[Level, ...]
    repeats: int = 0
    repeat_from: int = 0
    outside: Outside = Outside.QUEUE
    other_policy_id: str | None = None
    warned: tuple[Target, ...] = ()
    breached: tuple[Target, ...] = ()
    version: int = 1
    only_instead: bool = False

    @property
    def is_default(self) -> bool:
        return not self.id

    @property
    def is_general(self) -> bool:
        """Whether it is for every severity that has none of its own."""
        return not (self.severities or self.only_instead)

    def all_targets(self) -> Iterator[Target]:
        """Every target of it, wherever it stands."""
        for level in self.levels:
            yield from level.targets
        yield from self.warned
        yield from self.breached

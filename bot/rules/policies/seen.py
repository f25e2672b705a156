"""What one reader is shown of a team's policies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.rules.policies.doubts import Doubt, doubts, is_never_used
from bot.rules.policies.forecasts import Forecast
from bot.rules.policies.kinds import Policy, TargetKind
from bot.rules.policies.reaching import Scene
from bot.rules.severities import Severity
from bot.rules.teams import Group, Team


@dataclass(frozen=True, slots=True)
class TeamPolicies:
    """A team's policies as set-up shows them. `scene` is that of a good day; `groups` are the user groups they name."""

    team: Team
    policies: Sequence[Policy]
    scene: Scene = field(default_factory=Scene)
    groups: Mapping[str, Group] = field(default_factory=dict)
    may_set: bool = False

    def doubts(self, policy: Policy) -> list[Doubt]:
        return doubts(policy, self.scene)

    def is_never_used(self, policy: Policy) -> bool:
        return is_never_used(policy, self.policies)

    def find(self, policy_id: str | None) -> Policy | None:
        return next((one for one in self.policies if one.id == policy_id), None)

    def by_default(self) -> list[Severity]:
        """The severities for which nobody has made a policy."""
        if any(one.is_general for one in self.policies):
            return []
        return [
            one for one in Severity if not any(one in each.severities for each in self.policies)
        ]

    def only_slack_knows(self) -> tuple[frozenset[str], frozenset[str]]:
        """The channels and the user groups of which only Slack knows whether they are still there."""
        targets = [one for policy in self.policies for one in policy.all_targets()]
        channels = {one.id for one in targets if one.kind is TargetKind.CHANNEL}
        return frozenset(channels), frozenset(self.groups)

    def without(self, gone: frozenset[str]) -> "TeamPolicies":
        """The same, once Slack has said what is no more."""
        return replace(self, scene=replace(self.scene, gone=gone))


@dataclass(frozen=True, slots=True)
class Dry:
    """What would happen if the reader escalated a case of this severity at that moment."""

    team: Team
    severity: Severity
    at: datetime
    policy: Policy
    forecast: Forecast
    groups: Mapping[str, Group] = field(default_factory=dict)
    has_shifts: bool = True

"""A team and its settings: who shares a queue, where and when they work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.rules.severities import CLAIM_MINUTES, Severity

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Team:
    """`zone` is an IANA name; channels are Slack ids; `language` is a language tag such as `en` or `pt-BR`.

    `claim_minutes` says how soon an escalation of each severity should have an owner.
    """

    workspace_id: str
    id: str
    name: str
    zone: str = "UTC"
    working_days: tuple[str, ...] = WEEKDAYS[:5]
    team_channel: str = ""
    leads_channel: str = ""
    language: str = "en"
    claim_minutes: Mapping[Severity, int] = field(default_factory=lambda: dict(CLAIM_MINUTES))

    @property
    def team_id(self) -> str:
        return self.id

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None

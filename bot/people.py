"""Who is asking: one person of one workspace, with the roles they have in each team."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SYSTEM_ID = "SYSTEM"  # not a Slack id, so nobody can be it by signing in


class Role(StrEnum):
    """What somebody is in a team. A person may have several, in several teams."""

    AGENT = "agent"
    LEAD = "lead"
    MANAGER = "manager"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Person:
    """`zone` is an IANA name, `locale` a BCP 47 tag as Slack gives it (`en-US`).

    `roles` maps a team's id to the roles in it. `is_admin` is Baton's admin, not Slack's.
    """

    workspace_id: str
    id: str
    name: str = ""
    zone: str = "UTC"
    locale: str = "en-US"
    is_admin: bool = False
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    @property
    def is_system(self) -> bool:
        return self.id == SYSTEM_ID

    def has_role(self, team_id: str, *roles: Role) -> bool:
        """Whether this person has any of `roles` in the team; with none named, any role at all."""
        mine = self.roles.get(team_id, frozenset())
        return bool(mine & set(roles)) if roles else bool(mine)


def system(workspace_id: str) -> Person:
    """The clock's own person: timers act as it, through the same permission table."""
    return Person(workspace_id, SYSTEM_ID, name="Baton")

"""The numbers of a team and of a person, as things that permissions are about."""

from dataclasses import dataclass

from bot.people import Role


@dataclass(frozen=True, slots=True)
class TeamNumbers:
    """`chain` are the ids of the team and of the departments above it."""

    workspace_id: str
    team_id: str
    chain: tuple[str, ...] = ()
    raised_by: str = ""
    owner_id: str | None = None


@dataclass(frozen=True, slots=True)
class PersonNumbers:
    """One person's numbers in a team: `owner_id` is whose, `agent_roles` what they are in it, `chain` as above."""

    workspace_id: str
    team_id: str
    owner_id: str | None
    agent_roles: frozenset[Role] = frozenset()
    chain: tuple[str, ...] = ()
    raised_by: str = ""

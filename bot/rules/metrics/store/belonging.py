"""Whose numbers a fact is: which team's, where lines name a team or a person, or say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.rules.teams import name_key


@dataclass(frozen=True, slots=True)
class Belonging:
    """`team_id` gets what nobody else does. `by_name` are teams by the key of their name, `by_person` by the id of a name.

    Only teams that whoever imports may import for are in it: a line can name any other team, and stays with `team_id`.
    """

    team_id: str
    by_name: Mapping[str, str] = field(default_factory=dict)
    by_person: Mapping[str, str] = field(default_factory=dict)

    def team_of(self, team: str, person: str) -> str:
        """`team` is as the line calls it, `person` the id of the name that it gives."""
        named = self.by_name.get(name_key(team)) if team else None
        return named or self.by_person.get(person) or self.team_id

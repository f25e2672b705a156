"""What people have said since about names in files: that one is somebody else in a team, or that its lines are another team's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Own:
    """What a name is in one team. `counts_for` is the team whose numbers its lines there are, or empty."""

    id: str
    counts_for: str = ""


@dataclass(frozen=True, slots=True)
class Parting:
    """All that was said, by team and by the id that the name has everywhere else. A fact itself stays as it came."""

    own: Mapping[tuple[str, str], Own] = field(default_factory=dict)

    def place(self, team_id: str, name_id: str) -> tuple[str, str]:
        """Which team's and whose a fact of this team and name is. What counts for another team goes no farther than there."""
        said = self.own.get((team_id, name_id))
        if said is None:
            return team_id, name_id
        if not said.counts_for:
            return team_id, said.id
        there = self.own.get((said.counts_for, name_id))
        return said.counts_for, there.id if there and not there.counts_for else name_id

    def moved_from(self, team_id: str) -> set[str]:
        """The names whose lines in this team count for another one."""
        return {
            name_id
            for (team, name_id), one in self.own.items()
            if team == team_id and one.counts_for
        }

    def sources(self, team_ids: Collection[str]) -> set[str]:
        """The teams whose facts can be any of these teams'."""
        moved = {
            team_id for (team_id, _name), one in self.own.items() if one.counts_for in team_ids
        }
        return {*team_ids, *moved}

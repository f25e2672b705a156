"""What sources call people, and who that is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a source writes it. `person_id` is who that is, or empty as long as nobody has said; `linked_by` who said so.

    `team_id` is empty but for what a name is in that team alone: somebody else, or with `counts_for` lines of another team.
    """

    id: str
    name: str
    person_id: str = ""
    linked_by: str = ""
    team_id: str = ""
    counts_for: str = ""

    @property
    def is_own(self) -> bool:
        """Baton itself calls them so, by their Slack id: there is nothing to say about it."""
        return self.id == self.person_id


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a team's numbers, those first that are nobody yet. `shared` are in other teams' numbers too, by id.

    `moved` are those whose lines count for another team, each with what that is called. `may_move` is that the reader also
    decides about other teams, and could let a name's lines count for one. `strangers` are people who are not in this team,
    by the id of their name.
    """

    team: Team
    all: Sequence[Named]
    shared: Collection[str] = ()
    moved: Sequence[tuple[Named, str]] = ()
    may_move: bool = False
    strangers: Collection[str] = ()

    @property
    def unknown(self) -> int:
        """How many are nobody yet."""
        return sum(not one.person_id for one in self.all)


@dataclass(frozen=True, slots=True)
class Parted:
    """Who a name is once it is two: in the one team, and everywhere else. Empty: nobody yet."""

    here: str
    elsewhere: str


def parted(
    person_id: str, team_id: str, their_teams: Collection[str], others: Collection[str]
) -> Parted:
    """Whoever it was stays so where they work: `others` are the other teams that have numbers of the name."""
    here = person_id if team_id in their_teams else ""
    is_theirs = not here or any(one in their_teams for one in others)
    return Parted(here, person_id if is_theirs else "")

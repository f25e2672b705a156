"""What sources call people, and who that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a source writes it. `person_id` is who that is, or empty as long as nobody has said; `linked_by` who said so."""

    id: str
    name: str
    person_id: str = ""
    linked_by: str = ""

    @property
    def is_own(self) -> bool:
        """Baton itself calls them so, by their Slack id: there is nothing to say about it."""
        return self.id == self.person_id


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a team's numbers, those first that are nobody yet."""

    team: Team
    all: Sequence[Named]

    @property
    def unknown(self) -> int:
        """How many are nobody yet."""
        return sum(not one.person_id for one in self.all)

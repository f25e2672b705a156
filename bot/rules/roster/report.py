"""What an import of a roster did, or would do."""

from dataclasses import dataclass

from bot.errors import Refused
from bot.people import Role
from bot.rules.roster.lines import Problem
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in a role, in words: the team's name, the role, the person's name."""

    team: str
    role: Role
    person: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did; with any problem, nothing. `absent` are there and not in the file, and stay."""

    problems: tuple[Problem, ...] = ()
    created: tuple[Team, ...] = ()
    changed: tuple[Team, ...] = ()
    added: tuple[Entry, ...] = ()
    unchanged: int = 0
    absent: tuple[Entry, ...] = ()
    warnings: tuple[Refused, ...] = ()
    is_trial: bool = False

    @property
    def is_saved(self) -> bool:
        return not (self.problems or self.is_trial)

    @property
    def changes_nothing(self) -> bool:
        return not (self.problems or self.created or self.changed or self.added)

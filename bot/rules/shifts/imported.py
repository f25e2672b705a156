"""What an import of shifts did, or would do."""

from dataclasses import dataclass

from bot.rules.roster.lines import Problem
from bot.rules.shifts.plans import Override, Pattern


@dataclass(frozen=True, slots=True)
class Added:
    """Something new, with the names of its team and people."""

    team: str
    people: tuple[str, ...]
    shift: Pattern | Override
    zone: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """With any problem nothing was saved. `unchanged` were there already."""

    problems: tuple[Problem, ...] = ()
    added: tuple[Added, ...] = ()
    unchanged: int = 0
    is_trial: bool = False

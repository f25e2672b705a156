"""A report as its reader gets it: what was asked, of which teams, and the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.reports.asked import Asked
from bot.rules.reports.tallies import Tally
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Report:
    """`teams` by name; `is_all` if they are all that the reader may see."""

    asked: Asked
    teams: Sequence[Team]
    tally: Tally
    is_all: bool = False

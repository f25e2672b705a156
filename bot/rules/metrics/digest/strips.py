"""A team's numbers in one row, as the summary of its stand-up shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.metrics.comparison.lines import Line

MOST = 5
"""More would be a digest, and that has come already."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The first numbers of the team's daily digest, of that day. What is not known is left out."""

    day: date
    lines: Sequence[Line]

"""What a report is asked for: some teams, or all that its reader may see, and a period."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.rules.reports.choices import EVERYTHING, Choice
from bot.rules.reports.periods import Period

TEAMS_AT_MOST = 20
"""So many can be chosen one by one; for more there is "all"."""


class About(StrEnum):
    """Of what there are files."""

    ESCALATIONS = "escalations"
    STANDUPS = "standups"
    COACHING = "coaching"
    KUDOS = "kudos"
    METRICS = "metrics"


@dataclass(frozen=True, slots=True)
class Asked:
    """No teams: all that the reader may see reports of, at the time when it is made."""

    period: Period
    team_ids: tuple[str, ...] = ()
    about: About = About.ESCALATIONS
    choice: Choice = EVERYTHING

    def packed(self) -> str:
        """As a button carries it, and a row keeps it. The first kind that there was goes without saying, and so does
        what nobody chose.
        """
        about: list[str] = [] if self.about is About.ESCALATIONS else [self.about]
        days = [self.period.first.isoformat(), self.period.last.isoformat()]
        chosen: list[Any] = [self.choice.to_json()] if self.choice != EVERYTHING else []
        return json.dumps([*about, *days, *self.team_ids, *chosen], separators=(",", ":"))


def unpack(packed: str) -> Asked:
    """The reverse of `Asked.packed`."""
    held = json.loads(packed)
    about = About(held.pop(0)) if held[0] in set(About) else About.ESCALATIONS
    choice = Choice.from_json(held.pop()) if isinstance(held[-1], dict) else EVERYTHING
    first, last, *teams = held
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    return Asked(period, tuple(teams), about, choice)

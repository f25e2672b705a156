"""What a report is asked for: some teams, or all that its reader may see, and a period."""

import json
from dataclasses import dataclass
from datetime import date

from bot.rules.reports.periods import Period

TEAMS_AT_MOST = 20
"""So many can be chosen one by one; for more there is "all"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """No teams: all that the reader may see reports of, at the time when it is made."""

    period: Period
    team_ids: tuple[str, ...] = ()

    def packed(self) -> str:
        """As a button carries it."""
        days = [self.period.first.isoformat(), self.period.last.isoformat()]
        return json.dumps([*days, *self.team_ids], separators=(",", ":"))


def unpack(packed: str) -> Asked:
    """The reverse of `Asked.packed`."""
    first, last, *teams = json.loads(packed)
    return Asked(Period(date.fromisoformat(first), date.fromisoformat(last)), tuple(teams))

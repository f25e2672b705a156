"""From facts to numbers, a batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.reports.lives import Fact, Life, life_of
from bot.rules.reports.periods import Period
from bot.rules.reports.tallies import Tally
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Counted:
    """A batch: what became of each case, in the order in which they came, and their numbers."""

    lives: list[tuple[Fact, Life]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


def count(found: Sequence[Fact], teams: Sequence[Team], period: Period, now: datetime) -> Counted:
    """Takes a while for many: not for the loop that everybody shares.

    A case that has gone to none of these teams meanwhile is left out.
    """
    by_id: Mapping[str, Team] = {one.id: one for one in teams}
    counted = Counted()
    for fact in found:
        team = by_id.get(fact.case.team_id)
        if team is None:
            continue
        life = life_of(fact.case, fact.events, team, now=now)
        counted.lives.append((fact, life))
        counted.tally.count(life, team, period)
    return counted

"""What was given away, by team and month, against what the team may give: only the budget's own currency counts against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.reports.periods import Period, months
from bot.rules.reports.tallies import Given, Tally
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Spent:
    """A team's month in one currency, in its smallest unit. `budget_minor` is None where no budget counts."""

    team: Team
    month: date
    currency: str
    count: int
    minor: int
    budget_minor: int | None

    @property
    def is_over(self) -> bool:
        return self.budget_minor is not None and self.minor > self.budget_minor


def spending(tally: Tally, teams: Sequence[Team], period: Period) -> list[Spent]:
    """By team and month; a team's own currency first, where it has a budget, also when nothing was given."""
    return [
        one
        for team in sorted(teams, key=lambda team: (team.name.casefold(), team.id))
        for month in months(period)
        for one in _of_month(tally, team, month)
    ]


def _of_month(tally: Tally, team: Team, month: date) -> Iterator[Spent]:
    if team.budget_minor is not None:
        under = Given(team.id, month, team.budget_currency)
        count, minor = tally.given[under], tally.sums[under]
        yield Spent(team, month, team.budget_currency, count, minor, team.budget_minor)
    for under in sorted(tally.given):
        has_budget = team.budget_minor is not None and under.currency == team.budget_currency
        if (under.team_id, under.month) == (team.id, month) and not has_budget:
            count, minor = tally.given[under], tally.sums[under]
            yield Spent(team, month, under.currency, count, minor, None)

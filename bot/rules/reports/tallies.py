"""The numbers of a report: cases are counted one by one, in any order and in any number of parts, and parts are added."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.rules.escalations import Decision, Resolution, Solvable
from bot.rules.reports.amounts import Minutes, Share
from bot.rules.reports.judging import Clock
from bot.rules.reports.lives import Bounce, Life, Solved
from bot.rules.reports.periods import Period, month_of
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True, order=True)
class Given:
    """What a concession is added up under: a team's month, by the team's calendar, and a currency."""

    team_id: str
    month: date
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class Allowed:
    """A resolution that only a permission was missing for. `amount_minor` is -1 where no money moved."""

    decision: Decision
    currency: str
    amount_minor: int


@dataclass(slots=True)
class Figures:
    """What is counted of a group of cases. `raised`, `bounced`, `resolved` and `reopened` count cases, each once."""

    raised: int = 0
    bounced: int = 0
    resolved: int = 0
    reopened: int = 0
    claims: Minutes = field(default_factory=Counter)
    solutions: Minutes = field(default_factory=Counter)
    clocks: Counter[tuple[Clock, bool]] = field(default_factory=Counter)

    def attainment(self, clock: Clock) -> Share:
        """How often it was met, of all that were met or breached."""
        met, breached = self.clocks[clock, True], self.clocks[clock, False]
        return Share(met, met + breached)

    @property
    def reopening(self) -> Share:
        return Share(self.reopened, self.resolved)

    @property
    def bouncing(self) -> Share:
        return Share(self.bounced, self.raised)

    @property
    def is_empty(self) -> bool:
        return not (self.raised or self.resolved or self.reopened or self.claims or self.clocks)

    def add(self, other: "Figures") -> None:
        self.raised += other.raised
        self.bounced += other.bounced
        self.resolved += other.resolved
        self.reopened += other.reopened
        # In place: `+` would copy all that is counted already for each case.
        self.claims.update(other.claims)
        self.solutions.update(other.solutions)
        self.clocks.update(other.clocks)


@dataclass(slots=True)
class Tally:
    """All numbers of a report. `given` counts concessions and `sums` adds them up, over whole months as budgets are.

    `allowed` counts what only a permission was missing for, and `allowed_minutes` adds up how long that took.
    """

    whole: Figures = field(default_factory=Figures)
    by_severity: dict[str, Figures] = field(default_factory=dict)
    by_category: dict[str, Figures] = field(default_factory=dict)
    given: Counter[Given] = field(default_factory=Counter)
    sums: Counter[Given] = field(default_factory=Counter)
    allowed: Counter[Allowed] = field(default_factory=Counter)
    allowed_minutes: Counter[Allowed] = field(default_factory=Counter)
    bounces: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, life: Life, team: Team, period: Period) -> None:
        """Count one case, each at most once."""
        figures = figures_of(life, team, period)
        draft = life.case.draft
        self.whole.add(figures)
        if not figures.is_empty:
            self.by_severity.setdefault(draft.severity, Figures()).add(figures)
            self.by_category.setdefault(draft.category, Figures()).add(figures)
        span, months = period.span(team.zone), period.whole_months().span(team.zone)
        for solved in life.solutions:
            if months.holds(solved.at):
                self._count_concession(solved, team)
            if span.holds(solved.at):
                self._count_permission(solved)
        for bounce in life.bounces:
            if span.holds(bounce.at):
                self._count_bounce(bounce)

    def add(self, other: "Tally") -> None:
        """What was counted elsewhere of other cases."""
        self.whole.add(other.whole)
        _add_all(self.by_severity, other.by_severity)
        _add_all(self.by_category, other.by_category)
        for name in ("given", "sums", "allowed", "allowed_minutes", "bounces"):
            getattr(self, name).update(getattr(other, name))

    def _count_concession(self, solved: Solved, team: Team) -> None:
        moved = solved.resolution
        if moved is None or moved.amount_minor is None:
            return
        under = Given(team.id, month_of(solved.at, team.zone), moved.currency)
        self.given[under] += 1
        self.sums[under] += moved.amount_minor

    def _count_permission(self, solved: Solved) -> None:
        if solved.resolution and solved.resolution.solvable is Solvable.PERMISSION:
            under = _allowed(solved.resolution)
            self.allowed[under] += 1
            self.allowed_minutes[under] += solved.minutes

    def _count_bounce(self, bounce: Bounce) -> None:
        self.bounces[bounce.reason, bounce.field] += 1


def figures_of(life: Life, team: Team, period: Period) -> Figures:
    """What one case adds to a period, whose days are the team's own."""
    span = period.span(team.zone)
    raised = span.holds(life.case.raised_at)
    return Figures(
        raised=int(raised),
        bounced=int(raised and bool(life.bounces)),
        resolved=int(any(span.holds(one.at) for one in life.solutions)),
        reopened=int(any(span.holds(at) for at in life.reopened)),
        claims=Counter(one.minutes for one in life.claims if span.holds(one.at)),
        solutions=Counter(one.minutes for one in life.solutions if span.holds(one.at)),
        clocks=Counter((one.clock, one.met) for one in life.judged if span.holds(one.at)),
    )


def _add_all(figures: dict[str, Figures], others: Mapping[str, Figures]) -> None:
    for under, other in others.items():
        figures.setdefault(under, Figures()).add(other)


def _allowed(resolution: Resolution) -> Allowed:
    minor = -1 if resolution.amount_minor is None else resolution.amount_minor
    return Allowed(resolution.decision, resolution.currency, minor)

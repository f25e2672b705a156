"""The sheets that list something: escalations, their timelines, concessions and returns, a row each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.rules.escalations import Escalation, Event, is_link
from bot.rules.reports import Clock, Life, Period, Solved
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.escalations import lines
from bot.views.escalations import words as cases
from bot.views.reports import report as shown
from bot.views.reports.cells import Cell, Column, Link, Row, Sheet
from bot.views.reports.plain import Names, name_of, on_the_wall, plain
from bot.views.reports.words import STATES

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """One case to be listed, with all that its rows need."""

    life: Life
    events: Sequence[Event]
    team: Team
    names: Names

    @property
    def case(self) -> Escalation:
        return self.life.case

    def is_of(self, period: Period) -> bool:
        """Whether anything happened to it then."""
        span = period.span(self.team.zone)
        return any(span.holds(one.at) for one in self.events)

    def begin(self) -> list[Cell]:
        """With what each of its rows begins."""
        return [self.case.id, self.team.name]


BEGIN = (Column(_("Number"), 9), Column(_("Team"), 18))
ESCALATIONS = (
    *BEGIN,
    Column(_("Summary"), 44),
    Column(_("Ticket"), 18),
    Column(_("Customer"), 20),
    Column(_("Severity"), 10),
    Column(_("Category"), 20),
    Column(_("Needs"), 26),
    Column(_("State"), 16),
    Column(_("Raised by"), 18),
    Column(_("Raised"), 17),
    Column(_("Owner"), 18),
    Column(_("Last claimed"), 17),
    Column(_("Time to claim"), 12),
    Column(_("Claimed in time"), 12),
    Column(_("News in time"), 12),
    Column(_("Promised by"), 17),
    Column(_("Promise kept"), 12),
    Column(_("Closed by"), 18),
    Column(_("Closed"), 17),
    Column(_("Time to resolve"), 12),
    Column(_("Decision"), 16),
    Column(_("Amount"), 12),
    Column(_("Currency"), 9),
    Column(_("Could it have been solved without us?"), 30),
    Column(_("Cause"), 40),
    Column(_("Times reopened"), 10),
    Column(_("Times returned"), 10),
    Column(_("Message"), 20),
    Column(_("Time zone"), 18),
)
TIMELINE = (
    *BEGIN,
    Column(_("When"), 17),
    Column(_("Who"), 18),
    Column(_("What happened"), 44),
    Column(_("Why"), 44),
    Column(_("What changed"), 60),
    Column(_("Time zone"), 18),
)
CONCESSIONS = (
    *BEGIN,
    Column(_("Resolved"), 17),
    Column(_("Decision"), 16),
    Column(_("Amount"), 12),
    Column(_("Currency"), 9),
    Column(_("Counts against the budget"), 14),
    Column(_("Could it have been solved without us?"), 30),
    Column(_("Cause"), 40),
    Column(_("Time zone"), 18),
)
BOUNCES = (
    *BEGIN,
    Column(_("Returned"), 17),
    Column(_("Returned by"), 18),
    Column(_("Raised by"), 18),
    Column(_("Reason"), 32),
    Column(_("What was asked"), 50),
    Column(_("What the form should have held"), 26),
    Column(_("Time zone"), 18),
)


def listing(name: str, columns: Sequence[Column], t: Text) -> Sheet:
    """A sheet of rows, in the reader's language."""
    return Sheet(t(name), [Column(t(one.title), one.width) for one in columns])


def escalation(one: Listed, t: Text) -> Row:
    case, draft, zone, life = one.case, one.case.draft, one.team.zone, one.life
    outcome = case.resolution
    return [
        *one.begin(),
        draft.summary,
        _link(draft.ticket),
        draft.customer,
        plain(cases.severity(case, t), one.names),
        t(cases.CATEGORIES.get(draft.category, draft.category)),
        t(cases.NEEDS[case.need]),
        t(STATES[case.state]),
        name_of(case.raised_by, one.names),
        on_the_wall(case.raised_at, zone),
        name_of(case.owner_id, one.names),
        on_the_wall(case.claimed_at, zone),
        life.claims[-1].minutes * MINUTE if life.claims else None,
        _in_time(life, Clock.CLAIM, t),
        _in_time(life, Clock.UPDATE, t),
        on_the_wall(draft.promise_by, zone),
        _in_time(life, Clock.PROMISE, t),
        name_of(case.closed_by, one.names),
        on_the_wall(case.closed_at, zone),
        life.solutions[-1].minutes * MINUTE if life.solutions else None,
        t(cases.DECISIONS[outcome.decision]) if outcome else "",
        outcome.amount if outcome else None,
        outcome.currency if outcome else "",
        t(cases.SOLVABLE[outcome.solvable]) if outcome else "",
        outcome.cause if outcome else "",
        case.reopened_count,
        len(life.bounces),
        _link(draft.source),
        zone,
    ]


def timeline(one: Listed, t: Text) -> Iterator[Row]:
    for event in one.events:
        changed = [plain(line, one.names) for line in lines.details(event, t)]
        yield [
            *one.begin(),
            on_the_wall(event.at, one.team.zone),
            name_of(event.by, one.names),
            plain(lines.what(event, t), one.names),
            event.why,
            "\n".join(changed),
            one.team.zone,
        ]


def concessions(one: Listed, period: Period, t: Text) -> Iterator[Row]:
    span = period.span(one.team.zone)
    for solved in one.life.solutions:
        if span.holds(solved.at) and (amount := _amount(solved)) is not None:
            yield _concession(one, solved, amount, t)


def bounces(one: Listed, period: Period, t: Text) -> Iterator[Row]:
    span = period.span(one.team.zone)
    by_moment = {event.at: event for event in one.events if event.new == "returned"}
    for bounce in one.life.bounces:
        event = by_moment.get(bounce.at)
        if span.holds(bounce.at) and event:
            yield [
                *one.begin(),
                on_the_wall(bounce.at, one.team.zone),
                name_of(event.by, one.names),
                name_of(one.case.raised_by, one.names),
                shown.reason_of(bounce.reason, t),
                event.why,
                shown.field_of(bounce.field, t) if bounce.field else "",
                one.team.zone,
            ]


def _concession(one: Listed, solved: Solved, amount: Decimal, t: Text) -> Row:
    assert solved.resolution is not None
    team, outcome = one.team, solved.resolution
    counts = team.budget_minor is not None and outcome.currency == team.budget_currency
    return [
        *one.begin(),
        on_the_wall(solved.at, team.zone),
        t(cases.DECISIONS[outcome.decision]),
        amount,
        outcome.currency,
        _yes(t, yes=counts),
        t(cases.SOLVABLE[outcome.solvable]),
        outcome.cause,
        team.zone,
    ]


def _amount(solved: Solved) -> Decimal | None:
    return solved.resolution.amount if solved.resolution else None


def _in_time(life: Life, clock: Clock, t: Text) -> str:
    """Whether this clock was met whenever it ran; nothing if it was never decided."""
    met = [one.met for one in life.judged if one.clock is clock]
    return _yes(t, yes=all(met)) if met else ""


def _yes(t: Text, *, yes: bool) -> str:
    return t("yes") if yes else t("no")


def _link(text: str) -> Cell:
    return Link(text, text) if is_link(text) else text

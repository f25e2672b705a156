"""The pages of the Excel file that are read and not filtered: the summary, and what the file is."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.people import Person
from bot.rules.reports import (
    Clock,
    Figures,
    Minutes,
    Share,
    freed,
    limits,
    median,
    percentile,
)
from bot.rules.reports.exports import MOST_ROWS
from bot.rules.reports.seen import Report
from bot.text import Text, _
from bot.views.escalations import words as cases
from bot.views.reports import report as shown
from bot.views.reports import told, words
from bot.views.reports.cells import (
    Cell,
    Line,
    Percent,
    Row,
    Sheet,
    heading,
    labels,
    line,
)
from bot.views.reports.plain import on_the_wall, plain

MINUTE = timedelta(minutes=1)

DEFINITIONS = (
    _("Time is working time: only the team's opening hours count, by its calendar as it is now."),
    _(
        "Time to claim: from when nobody had a case until somebody claimed it. After a fallen claim a new wait is measured. "
        "It counts when the claim was made."
    ),
    _(
        "Time to resolve: from when a case was raised, or reopened, until it was resolved. It counts when it was resolved."
    ),
    _(
        "Claimed in time, news in time, promises kept: met ÷ (met + breached). What is open and already late counts as "
        "breached, at the moment when its time was over. What was returned or withdrawn in time counts as neither."
    ),
    _(
        "Reopened: distinct cases reopened after a resolution ÷ distinct cases resolved, both in these days."
    ),
    _(
        "Returned: of the cases raised in these days, those that went back to who raised them at least once."
    ),
    _("The median is the middle; nine in ten are no longer than the 90th percentile."),
    _("Below ten cases nothing is ranked: one more or less would turn the picture."),
    _(
        "Concessions are added up by whole months of the team, and only the budget's own currency counts against the budget."
    ),
    words.NOT_KNOWN,
)


def summary_sheet(t: Text) -> Sheet:
    return Sheet(t("Summary"), widths=(34, 16, 16, 14, 14, 14, 14))


def about_sheet(t: Text) -> Sheet:
    return Sheet(t("About"), widths=(24, 110))


def summary(report: Report, t: Text) -> Iterator[Line]:
    """The same numbers as in the message, as numbers."""
    yield heading(plain(shown.title(report, t), {}))
    yield Line()
    yield from _figures(report.tally.whole, t)
    tally = report.tally
    severities = words.severities(report.teams, t)
    yield from _groups(t("By severity"), severities, tally.by_severity, t)
    categories = words.categories(tally.by_category, t)
    yield from _groups(t("By category"), categories, tally.by_category, t)
    yield from _concessions(report, t)
    yield from _permissions(report, t)
    yield from _bounces(report, t)


def about(report: Report, person: Person, listed: int, t: Text, *, now: datetime) -> Iterator[Line]:
    """Who made the file, when, of what, and what its numbers mean."""
    yield line(t("Made for"), person.name)
    yield line(t("Made at"), on_the_wall(now, person.zone), person.zone)
    yield line(t("Teams"), ", ".join(one.name for one in report.teams))
    yield line(t("Days"), words.period(report.asked.period, t))
    yield line(t("Escalations"), listed)
    if listed > MOST_ROWS:
        yield line("", told.too_many(t))
    yield Line()
    yield heading(t("What the numbers mean"))
    for one in DEFINITIONS:
        yield line("", t(one))


def _figures(given: Figures, t: Text) -> Iterator[Line]:
    yield line(t("Raised"), given.raised)
    yield line(t("Resolved"), given.resolved)
    yield labels("", t("Median"), t("90th percentile"), t("Of"))
    yield line(t("Time to claim"), *_lengths(given.claims))
    yield line(t("Time to resolve"), *_lengths(given.solutions))
    yield labels("", t("Share"), t("Part"), t("Of"), t("Remark"))
    for clock in Clock:
        yield line(t(words.CLOCKS[clock]), *_share(given.attainment(clock), t))
    yield line(t("Reopened"), *_share(given.reopening, t))
    yield line(t("Returned to who raised it"), *_share(given.bouncing, t))


def _groups(
    title: str, names: Mapping[str, str], given: Mapping[str, Figures], t: Text
) -> Iterator[Line]:
    if not given:
        return
    yield Line()
    yield heading(title)
    yield labels(
        "",
        t("Raised"),
        t("Resolved"),
        t("Claimed in time"),
        t("Of"),
        t("Median time to claim"),
        t("Median time to resolve"),
    )
    for one, name in names.items():
        if one in given:
            figures = given[one]
            claimed = figures.attainment(Clock.CLAIM)
            ratio = None if claimed.is_few else Percent(claimed.percent / 100)
            numbers: list[Cell] = [figures.raised, figures.resolved, ratio, claimed.whole]
            yield line(name, *numbers, _median(figures.claims), _median(figures.solutions))


def _concessions(report: Report, t: Text) -> Iterator[Line]:
    spent = shown.spent(report)
    if not spent:
        return
    yield Line()
    yield heading(t("Concessions"))
    yield labels(
        t("Team"), t("Month"), t("Currency"), t("Sum"), t("Cases"), t("Budget"), t("Remark")
    )
    for one in spent:
        over = t("over the budget") if one.is_over else ""
        budget = words.amount(one.budget_minor, one.currency)
        total = words.amount(one.minor, one.currency)
        yield line(one.team.name, t.month(one.month), one.currency, total, one.count, budget, over)


def _permissions(report: Report, t: Text) -> Iterator[Line]:
    allowed, minutes = report.tally.allowed, report.tally.allowed_minutes
    if not allowed:
        return
    yield Line()
    yield heading(t("What a permission would have spared"))
    yield labels(t("Decision"), t("Limit"), t("Currency"), t("Escalations"), t("Waiting"))
    for limit in limits(allowed, minutes):
        spared = limit.minutes * MINUTE
        yield line(t("With money"), limit.amount, limit.currency, limit.removed, spared)
    for one in freed(allowed, minutes):
        yield line(t(cases.DECISIONS[one.decision]), None, "", one.removed, one.minutes * MINUTE)


def _bounces(report: Report, t: Text) -> Iterator[Line]:
    found = sorted(report.tally.bounces.items(), key=lambda one: (-one[1], one[0]))
    if not found:
        return
    yield Line()
    yield heading(t("Returned"))
    yield labels(t("Reason"), t("Times"), t("What the form should have held"))
    for (reason, field), count in found:
        told_field = shown.field_of(field, t) if field else ""
        yield line(shown.reason_of(reason, t), count, told_field)


def _lengths(minutes: Minutes) -> Row:
    if not minutes:
        return [None, None, 0]
    return [_median(minutes), percentile(minutes, 90) * MINUTE, minutes.total()]


def _median(minutes: Minutes) -> Cell:
    return median(minutes) * MINUTE if minutes else None


def _share(given: Share, t: Text) -> Row:
    if not given.whole:
        return [None, 0, 0]
    ratio = None if given.is_few else Percent(given.percent / 100)
    few = t("too few to rank") if given.is_few else ""
    return [ratio, given.part, given.whole, few]

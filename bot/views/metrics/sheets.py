"""The sheets of the Excel file with numbers: every figure with what it is made of, what the metrics mean, and what the file is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.people import Person
from bot.rules.metrics.comparison.charts import By
from bot.rules.metrics.definition.registry import Direction, Metric, Unit
from bot.rules.metrics.look.sheets import Figure, Filled, SheetKey
from bot.rules.metrics.store.histograms import ERROR, MOST_IN_A_DAY, MOST_TOGETHER
from bot.rules.reports import Asked
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.reports import formulas, words
from bot.views.reports.cells import (
    Cell,
    Column,
    Fixed,
    Formula,
    Line,
    Percent,
    Row,
    Seconds,
    Sheet,
    heading,
    line,
)
from bot.views.reports.plain import on_the_wall

ABOUT, DEFINITIONS, CHARTS = "about", "definitions", "charts"
NAMES: Mapping[str, str] = {
    SheetKey.TOTALS: _("Totals"),
    SheetKey.DAYS: _("By day"),
    SheetKey.WEEKS: _("By week"),
    SheetKey.MONTHS: _("By month"),
    SheetKey.PEOPLE: _("By person"),
    SheetKey.PEOPLE_MONTHS: _("By person and month"),
    SheetKey.PEOPLE_DAYS: _("By person and day"),
    SheetKey.CHANNELS: _("By channel"),
    SheetKey.TOPICS: _("By topic"),
    SheetKey.HOURS: _("By hour"),
    SheetKey.LABELS: _("By label"),
    DEFINITIONS: _("Definitions"),
    CHARTS: _("Charts"),
    ABOUT: _("About"),
}
MEMBERS: Mapping[SheetKey, Column] = {
    SheetKey.PEOPLE: Column(_("Person"), 22),
    SheetKey.PEOPLE_MONTHS: Column(_("Person"), 22),
    SheetKey.PEOPLE_DAYS: Column(_("Person"), 22),
    SheetKey.CHANNELS: Column(_("Channel"), 18),
    SheetKey.TOPICS: Column(_("Topic"), 28),
    SheetKey.HOURS: Column(_("Hour"), 9),
    SheetKey.LABELS: Column(_("Label"), 28),
}
FIGURES = (
    Column(_("Metric"), 24),
    Column(_("Value"), 12),
    Column(_("Target"), 12),
    Column(_("Numerator"), 13),
    Column(_("Denominator"), 13),
    Column(_("Of how many"), 12),
    Column(_("90th percentile"), 12),
    Column(_("Remark"), 26),
)
METRIC, VALUE, TARGET, NUMERATOR, DENOMINATOR = range(5)
"""The places of columns, from the first of the figures."""
UNITS: Mapping[Unit, str] = {
    Unit.PERCENT: _("percent"),
    Unit.SECONDS: _("time"),
    Unit.POINTS: _("points"),
    Unit.THINGS: _("number"),
}
WAYS: Mapping[Direction, str] = {
    Direction.UP: _("More is better"),
    Direction.DOWN: _("Less is better"),
    Direction.NONE: _("Neither"),
}
EXPLAINED = (
    Column(_("Metric"), 24),
    Column(_("What it means"), 80),
    Column(_("Numerator"), 34),
    Column(_("Denominator"), 28),
    Column(_("Unit"), 10),
    Column(_("Which way is good"), 16),
)
MADE_OF = (
    _(
        "Value is the numerator divided by the denominator, as a formula, so that it can be checked. Parts are added up first and "
        "divided at the very end: percentages are never averaged."
    ),
    _("Lengths of time are shown as hours, minutes and seconds. Their numerators are seconds."),
    _(
        "What is not known is not listed. It is not zero: some sources do not say everything, and some days have no numbers."
    ),
    _("Days are those of each team's own clock. Weeks begin on Monday."),
    _("The target is the one that held on the last day of the line."),
    _(
        "By person holds only people whose numbers are yours to see: those whom you lead, or yourself. It is in the order of "
        "names, and no ranking."
    ),
)


@dataclass(slots=True)
class Known:
    """What is known once everything is read: which metrics came up, and the days with numbers of each team."""

    metrics: dict[str, Metric] = field(default_factory=dict)
    days: dict[str, frozenset[date]] = field(default_factory=dict)
    too_long: tuple[SheetKey, ...] = ()
    hidden: int = 0

    def add(self, filled: Filled) -> None:
        piece = filled.piece
        self.metrics |= {one.metric.key: one.metric for one in filled.figures}
        self.too_long += piece.too_long
        self.hidden += piece.hidden
        if piece.sheet is SheetKey.TOTALS and piece.team_id:
            self.days[piece.team_id] = filled.days


def sheet(key: SheetKey, t: Text) -> Sheet:
    """An empty one of figures."""
    columns = [Column(t(one.title), one.width) for one in _columns(key)]
    return Sheet(t(NAMES[key]), columns, table=key.value.title().replace("_", ""))


def definitions_sheet(t: Text) -> Sheet:
    columns = [Column(t(one.title), one.width) for one in EXPLAINED]
    return Sheet(t(NAMES[DEFINITIONS]), columns, table="Definitions")


def page(key: str, t: Text) -> Sheet:
    """The page of charts, or that of words."""
    return Sheet(t(NAMES[key]), widths=(24, 110) if key == ABOUT else (12,))


def no_charts(t: Text) -> Iterator[Line]:
    yield line(t("There are too few numbers for a chart."))


def begin(key: SheetKey) -> int:
    """The place of the first column of a figure."""
    return len(_columns(key)) - len(FIGURES) - key.is_of_people


def figure(one: Figure, row: int, teams: Mapping[str, Team], t: Text) -> Row:
    """A line. `row` is its number in the sheet, from 1."""
    first = begin(one.sheet)
    value, metric = one.value, one.metric
    cells: list[Cell] = [
        *_when(one),
        *([one.member] if one.sheet in MEMBERS else []),
        _team(one.team_id, teams, t),
        t(metric.name),
        _value(one, first, row),
        shaped(one.target, metric),
        value.numerator,
        value.denominator,
        value.n,
        shaped(value.p90, metric),
        _remark(one, t),
    ]
    return [*cells, one.person_id] if one.sheet.is_of_people else cells


def shaped(amount: float | None, metric: Metric) -> Fixed | Percent | Seconds | None:
    """An amount in a metric's unit, as its cell shows it."""
    if amount is None:
        return None
    match metric.unit:
        case Unit.PERCENT:
            return Percent(amount / 100, metric.decimals)
        case Unit.SECONDS:
            return Seconds(amount)
        case _:
            return Fixed(amount, metric.decimals)


def definitions(metrics: Sequence[Metric], t: Text) -> Iterator[Row]:
    """What each means and is made of, as far as it is in the file."""
    for one in metrics:
        made = (one.numerator, one.denominator)
        if one.is_quantile:
            made = (t("the middle of {part}", part=one.sample), "")
        yield [t(one.name), t(one.words), *made, t(UNITS[one.unit]), t(WAYS[one.direction])]


def about(
    asked: Asked,
    teams: Sequence[Team],
    person: Person,
    known: Known,
    t: Text,
    *,
    now: datetime,
) -> Iterator[Line]:
    """Who made the file, when, of what; what is missing; and what it means."""
    yield line(t("Made for"), person.name)
    yield line(t("Made at"), on_the_wall(now, person.zone), person.zone)
    yield line(t("Days"), words.period(asked.period, t))
    for team in teams:
        yield line(t("Team"), f"{team.name} ({team.zone}). {_missing(team, asked, known, t)}")
    if known.too_long:
        named = ", ".join(t(NAMES[one]) for one in known.too_long)
        told = t(
            "Left out, since it would be too long: {sheets}. Choose fewer days, or fewer metrics.",
            sheets=named,
        )
        yield line("", told)
    if known.hidden:
        yield line(
            "",
            t.n(
                "The numbers of {count} person are not in it: they are not yours to see.",
                "The numbers of {count} people are not in it: they are not yours to see.",
                known.hidden,
            ),
        )
    yield Line()
    yield heading(t("What the file holds"))
    for one in MADE_OF:
        yield line("", t(one))
    yield line("", _exactness(t))


def _exactness(t: Text) -> str:
    return t(
        "Medians and 90th percentiles cannot be made of sums, so they stand as values. They are exact up to {day} different "
        "values in a day and {together} together. Beyond that they are marked “about”, and off by at most {error} % of themselves.",
        day=t.number(MOST_IN_A_DAY),
        together=t.number(MOST_TOGETHER),
        error=t.number(100 * ERROR),
    )


def _missing(team: Team, asked: Asked, known: Known, t: Text) -> str:
    """On how many days there is anything, and until when."""
    held = known.days.get(team.id)
    if not held:
        return t("There are no numbers of these days.")
    days = (asked.period.last - asked.period.first).days + 1
    return t(
        "There are numbers on {count} of {days} days, the last on {last}.",
        count=t.number(len(held)),
        days=t.number(days),
        last=t.day(max(held)),
    )


def _columns(key: SheetKey) -> Sequence[Column]:
    when: tuple[Column, ...] = ()
    if key.by is By.DAY:
        when = (Column(_("Day"), 12),)
    elif key.by:
        when = (Column(_("First day"), 12), Column(_("Last day"), 12))
    member = (MEMBERS[key],) if key in MEMBERS else ()
    last = (Column(_("Slack ID"), 14),) if key.is_of_people else ()
    return (*when, *member, Column(_("Team"), 20), *FIGURES, *last)


def _when(one: Figure) -> Iterator[Cell]:
    if one.sheet.by:
        yield one.period.first
    if one.sheet.by not in {None, By.DAY}:
        yield one.period.last


def _team(team_id: str, teams: Mapping[str, Team], t: Text) -> str:
    return teams[team_id].name if team_id else t("All teams in this file")


def _value(one: Figure, first: int, row: int) -> Cell:
    """Worked out from the columns beside it, where it is made of sums."""
    value = shaped(one.value.amount, one.metric)
    if one.metric.is_quantile or value is None:
        return value
    above, below = (f"{formulas.letters(first + place)}{row}" for place in (NUMERATOR, DENOMINATOR))
    a_day = "/86400" if one.metric.unit is Unit.SECONDS else ""
    return Formula(f"={above}/{below}{a_day}", value)


def _remark(one: Figure, t: Text) -> str:
    said = []
    if one.value.is_rough:
        said.append(t("about"))
    if one.is_few:
        said.append(t("too few to judge"))
    return ", ".join(said)

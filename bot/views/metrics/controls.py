"""What numbers are chosen by: a row of selects, the way back and forth in time, and the ways to everything else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.look.looked import Standing
from bot.rules.metrics.look.looks import Field, Look, Versus, View, packed_days
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, TOPIC
from bot.rules.reports.periods import Period
from bot.text import Text, _, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import bare_name
from bot.views.reports import words

OPTIONS = 100
VALUE = 150
"""Characters that the value of a choice may have."""
CADENCES: Mapping[Cadence, str] = {
    Cadence.DAILY: _("A day"),
    Cadence.WEEKLY: _("A week"),
    Cadence.MONTHLY: _("A month"),
    Cadence.QUARTERLY: _("A quarter"),
}
SLICES: Mapping[str, str] = {
    PERSON: _("By person"),
    CHANNEL: _("By channel"),
    TOPIC: _("By topic"),
    HOUR: _("By hour of the day"),
}
VERSUS: Mapping[Versus, str] = {
    Versus.TEAMS: _("Teams"),
    Versus.PERIODS: _("Two times"),
    Versus.PEOPLE: _("People"),
}
BEFORE: Mapping[Cadence, str] = {
    Cadence.DAILY: _("with the day before"),
    Cadence.WEEKLY: _("with the week before"),
    Cadence.MONTHLY: _("with the month before"),
    Cadence.QUARTERLY: _("with the quarter before"),
}
FARTHER: Mapping[Cadence, Mapping[int, str]] = {
    Cadence.DAILY: {7: _("with a week ago"), 364: _("with a year ago")},
    Cadence.WEEKLY: {4: _("with four weeks ago"), 52: _("with a year ago")},
    Cadence.MONTHLY: {3: _("with three months ago"), 12: _("with a year ago")},
    Cadence.QUARTERLY: {2: _("with half a year ago"), 4: _("with a year ago")},
}
"""How many periods ago, besides the one before."""
OWN_DAYS = ((Field.FIRST, Field.LAST), (Field.OTHER_FIRST, Field.OTHER_LAST))


def choices(look: Look, *selects: Block | None) -> Block:
    """One row of them. The block's id says what is looked at, since a choice has little room of its own."""
    return b.actions(*(one for one in selects if one), block_id=look.packed())


def teams(standing: Standing) -> Block | None:
    """Only for who has a choice."""
    if len(standing.teams) <= 1:
        return None
    options = [b.option(one.name, one.id) for one in standing.teams]
    return _select(Field.TEAM, options, standing.team.id)


def cadences(look: Look, t: Text) -> Block:
    options = [b.option(t(told), one.value) for one, told in CADENCES.items()]
    return _select(Field.CADENCE, options, look.cadence)


def metrics(found: Sequence[Metric], look: Look, t: Text) -> Block | None:
    options = [b.option(bare_name(one, t), one.key) for one in found]
    return _select(Field.METRIC, options, look.metric) if options else None


def slices(found: Sequence[str], look: Look, t: Text) -> Block | None:
    options = [b.option(slice_name(one, t), one) for one in found if len(one) <= VALUE]
    return _select(Field.BY, options, look.by) if len(options) > 1 else None


def slice_name(slice_: str, t: Text) -> str:
    """What is told apart: one of Baton's own ways, or a label as its source calls it."""
    if slice_ in SLICES:
        return t(SLICES[slice_])
    return t("By {label}", label=slice_.partition(":")[2])


def versus(standing: Standing, t: Text) -> Block:
    """What can be put side by side: people only for who leads them, teams for who sees several."""
    can = {
        Versus.TEAMS: len(standing.teams) > 1,
        Versus.PERIODS: True,
        Versus.PEOPLE: standing.may_lead,
    }
    options = [b.option(t(told), one.value) for one, told in VERSUS.items() if can[one]]
    return _select(Field.VERSUS, options, standing.look.versus)


def apart(standing: Standing, t: Text) -> Block:
    """How long ago, or any days of one's own, which begin as those that are shown."""
    look = standing.look
    own = packed_days((standing.period, standing.other))
    told = {1: BEFORE[look.cadence], **FARTHER[look.cadence]}
    options = [b.option(t(words_), str(count)) for count, words_ in told.items()]
    options.append(b.option(t("with days that I choose"), own))
    return _select(Field.APART, options, own if look.days else str(look.apart))


def own_days(look: Look, t: Text) -> Iterator[Block]:
    """From which day to which, both times. What was chosen before stays along with each."""
    if look.days is None:
        return
    both = zip((t("These days:"), t("Compared with:")), look.days, OWN_DAYS, strict=True)
    for told, days, (first, last) in both:
        yield b.context(told)
        yield b.actions(_day(first, look, days.first), _day(last, look, days.last))


def _day(field: Field, look: Look, day: date) -> Block:
    action_id = f"{ids.CHOOSE}:{field}:{look.packed()}"
    return {"type": "datepicker", "action_id": action_id, "initial_date": day.isoformat()}


def period(given: Period, t: Text, first: str = "") -> Block:
    """Which days these are."""
    days = words.period(given, t)
    return b.context(f"{escape(first)} · {days}" if first else days)


def steps(look: Look, count: int, a_page: int, t: Text, newest: int = 0) -> Iterator[Block]:
    """Back and forth in time, and in pages where there are several; and to the newest numbers, so many periods before."""
    pages = max(1, -(-count // a_page))
    to = [] if look.days else [(t("Earlier"), replace(look, back=look.back + 1, page=0))]
    if newest > 1:
        to.insert(0, (t("The newest numbers"), replace(look, back=look.back + newest, page=0)))
    if look.back and not look.days:
        to.append((t("Later"), replace(look, back=look.back - 1, page=0)))
    if look.page:
        to.append((t("Page before"), replace(look, page=look.page - 1)))
    if look.page + 1 < pages:
        told = t("Page {page} of {pages}", page=look.page + 2, pages=pages)
        to.append((told, replace(look, page=look.page + 1)))
    if to:
        yield b.actions(*buttons(to, "step"))


def ways(standing: Standing | None, look: Look, t: Text) -> Iterator[Block]:
    """To the other views, and to what the reader may do about these numbers."""
    team_id = standing.team.id if standing else look.team_id
    own = Look(View.PERSON, cadence=look.cadence)
    to = [
        (t("All numbers"), View.OVERVIEW),
        (t("In detail"), View.TEAM),
        (t("Compare"), View.COMPARE),
    ]
    found = [
        (told, Look(view, team_id, look.cadence, look.back))
        for told, view in to
        if view != look.view
    ]
    if look.view is not View.PERSON or look.person_id:
        found.append((t("Me"), own))
    more = [
        b.button(t("What they mean"), ids.DEFINITIONS, "0"),
        b.button(t("Excel file"), ids.EXPORT_OPEN, team_id),
    ]
    yield b.actions(*buttons(found, "view"), *more)
    if standing:
        yield b.actions(*_doing(standing, t))


def _doing(standing: Standing, t: Text) -> Iterator[Block]:
    """What the reader may do about a team's numbers."""
    team_id = standing.team.id
    yield b.button(t("Targets"), ids.TARGETS_OPEN, team_id)
    if standing.may_set or standing.gets_digests:
        yield b.button(t("Digests"), ids.BUILDER_OPEN, team_id if standing.may_set else "")
    if standing.may_set:
        yield b.button(t("Alerts"), ids.ALERTS_OPEN, team_id)
    if standing.may_import:
        yield b.button(t("Bring in a file"), ids.IMPORT_OPEN, team_id)
    if standing.may_set:
        yield b.button(t("Settings"), ids.SETTINGS_OPEN, team_id)


def buttons(to: Iterable[tuple[str, Look]], what: str) -> Iterator[Block]:
    for at, (told, look) in enumerate(to):
        yield b.button(told, f"{ids.LOOK}:{what}{at}", look.packed())


def _select(field: Field, options: Sequence[Block], initial: str) -> Block:
    return b.select(options[:OPTIONS], initial=initial, action_id=f"{ids.CHOOSE}:{field}")

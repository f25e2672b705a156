"""The form in which somebody corrects what a file was taken for: whose numbers, which clocks, and each column, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules import zones
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import WRITTEN, Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.files import Belongs, Decided, Look
from bot.rules.metrics.importing.mapping import NOTHING, ColumnUse, Lines, Use
from bot.rules.metrics.importing.reading.reading import label_of
from bot.rules.metrics.importing.recognising.columns import Column, Doubt, Kind, Style
from bot.rules.metrics.importing.recognising.headers import normal
from bot.rules.metrics.importing.recognising.recognising import roles_for
from bot.rules.metrics.importing.recognising.roles import LENGTHS, Role
from bot.rules.metrics.store.parts import is_own
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.importing import words
from bot.views.metrics.importing.seen import Seen
from bot.views.teams.form import FIND_ZONE

A_PAGE = 15
"""Columns of one page: each may have fifty choices, and Slack takes so much of a form and no more."""
ROLE, LABEL, SUM, NOT_USED = "role", "label", "sum", "none"
USE, ORDER, SWITCHED, SIGN, UNIT = "use", "order", "switched", "sign", "unit"
OWN, LONGEST_PART = "own_", 40


def form(seen: Seen, page: int, t: Text, *, now: datetime) -> Block:
    import_, look, decided = seen.import_, seen.look, seen.decided
    assert look is not None
    assert decided is not None
    found = _about(seen, look, decided, t, now) if page == 0 else []
    places = range(page * A_PAGE, min((page + 1) * A_PAGE, len(look.columns)))
    for place in places:
        used = decided.mapping.columns[place]
        found += _column(look.columns[place], used, decided.mapping.lines, t)
    found += _pages(import_.id, page, len(look.columns), t)
    return b.modal(
        ids.IMPORT_COLUMNS,
        t("Change columns"),
        found,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=f"{import_.id}:{page}",
    )


def place_of(metadata: str) -> tuple[str, int]:
    """The import and the page that a form, or a button for another page, is about."""
    import_id, _colon, page = metadata.partition(":")
    return import_id, int(page or 0)


def _about(seen: Seen, look: Look, decided: Decided, t: Text, now: datetime) -> list[Block]:
    teams = [b.option(one.name, one.id) for one in seen.teams]
    zone = decided.mapping.zone
    chosen = b.option(zones.label(zone, now), zone)
    find_zone = {
        "type": "external_select",
        "action_id": FIND_ZONE,
        "min_query_length": 1,
        "placeholder": b.plain(t("Type a city, a country or UTC+2"), 150),
        "initial_option": chosen,
    }
    belongs = [b.option(t(text), one) for one, text in words.BELONGS.items()]
    team = seen.import_.team_id if decided.has_team else None
    found = [
        b.field("team", t("Team"), b.select(teams, initial=team)),
        b.field("belongs", t("Whose lines are these?"), b.select(belongs, initial=decided.belongs)),
        b.field("zone", t("Time zone of the times in the file"), find_zone),
    ]
    if decided.mapping.needs_day:
        day = decided.mapping.day
        picker: Block = {"type": "datepicker"} | ({"initial_date": day.isoformat()} if day else {})
        found.append(b.field("day", t("The day that the file is about"), picker, optional=True))
    if len(look.sheets) > 1:
        sheets = [b.option(one, one) for one in look.sheets]
        found.insert(0, b.field("sheet", t("Sheet"), b.select(sheets, initial=look.sheet)))
    return found


def _column(column: Column, used: ColumnUse, lines: Lines, t: Text) -> list[Block]:
    header = b.shorten(" ".join(column.header.split()), 150)
    example = " · ".join(b.shorten(" ".join(one.split()), 40) for one in column.examples)
    hint = t("For example: {cells}", cells=example) if example else t("This column is empty.")
    choices = b.select(_uses(column, used, lines, t), initial=_packed(used.use))
    found = [b.field(f"{USE}:{column.place}", header, choices, hint=hint)]
    return found + _styles(column, used, header, t)


def _uses(column: Column, used: ColumnUse, lines: Lines, t: Text) -> list[Block]:
    roles = [f"{ROLE}:{one}" for one in roles_for(column)]
    others = [NOT_USED, LABEL]
    if {Kind.NUMBER, Kind.DURATION} & column.nearly:
        others += [SUM]
    # What it is now comes first, and is there even if nothing in the column speaks for it.
    values: dict[str, str] = {}
    for one in (_packed(used.use), NOT_USED, *roles, *others):
        values.setdefault(_named(one, lines, t), one)
    return [b.option(name, value) for name, value in values.items()]


def _named(packed: str, lines: Lines, t: Text) -> str:
    kind, _colon, role = packed.partition(":")
    others = {LABEL: words.LABEL, SUM: words.OWN_SUM}
    if kind == ROLE:
        return words.role(Role(role), lines, t)
    return t(others.get(kind, words.NOT_USED))


def _packed(use: Use) -> str:
    if use.role:
        return f"{ROLE}:{use.role}"
    if use.part:
        return SUM
    return LABEL if use.label else NOT_USED


def _styles(column: Column, used: ColumnUse, header: str, t: Text) -> list[Block]:
    """How it is written, where only a person can say."""
    style, found = used.style, []
    asked: list[tuple[str, Mapping[Any, str], str]] = []
    if Doubt.ORDER in column.doubts:
        asked.append((ORDER, words.ORDERS, style.order))
    held = [one for pair in WRITTEN.items() if style.order in pair for one in pair]
    if Doubt.SWITCHED in column.doubts and held:
        asked.append((SWITCHED, {one: words.SWITCHED[one] for one in held}, style.order))
    if Doubt.SIGN in column.doubts:
        asked.append((SIGN, words.SIGNS, style.sign))
    if used.use.role in LENGTHS:
        asked.append((UNIT, words.UNITS, style.unit))
    labels = {
        ORDER: t("{header}: order of day and month", header=header),
        SWITCHED: t("{header}: did a spreadsheet take days for months?", header=header),
        SIGN: t("{header}: how fractions are written", header=header),
        UNIT: t("{header}: what a bare number counts", header=header),
    }
    for kind, choices, now in asked:
        options = [b.option(t(text), str(one)) for one, text in choices.items()]
        found.append(
            b.field(f"{kind}:{column.place}", labels[kind], b.select(options, initial=str(now)))
        )
    return found


def _pages(import_id: str, page: int, count: int, t: Text) -> list[Block]:
    """What is chosen on this page is kept when somebody goes to another."""
    buttons = []
    if page:
        before = f"{import_id}:{page - 1}"
        buttons.append(b.button(t("Earlier columns"), f"{ids.IMPORT_PAGE}:before", before))
    if (page + 1) * A_PAGE < count:
        after = f"{import_id}:{page + 1}"
        buttons.append(b.button(t("More columns"), f"{ids.IMPORT_PAGE}:after", after))
    return [b.actions(*buttons)] if buttons else []


def uses_in(fields: Mapping[str, Any], headers: Sequence[str]) -> dict[int, Use]:
    """What was chosen for the columns that the form showed."""
    found = {}
    for name, value in fields.items():
        kind, _colon, place = name.partition(":")
        if kind == USE and value and int(place) < len(headers):
            found[int(place)] = _use(str(value), headers[int(place)], int(place))
    return found


def _use(packed: str, header: str, place: int) -> Use:
    kind, _colon, role = packed.partition(":")
    match kind:
        case "role":
            return Use(Role(role))
        case "label":
            return Use(label=label_of(header))
        case "sum":
            return Use(part=part_of(header, place))
        case _:
            return NOTHING


def part_of(header: str, place: int) -> str:
    """What a column is called in formulas: never as a part that Baton knows itself."""
    name = OWN + normal(header).replace("%", "percent").replace(" ", "_")[:LONGEST_PART]
    return name if is_own(name) else f"{OWN}column_{place + 1}"


def styles_in(fields: Mapping[str, Any], before: Sequence[ColumnUse]) -> dict[int, Style]:
    """How the columns are written, as was chosen; what was not shown stays."""
    found: dict[int, Style] = {}
    for name, value in fields.items():
        kind, _colon, place = name.partition(":")
        if kind in {ORDER, SWITCHED, SIGN, UNIT} and value and int(place) < len(before):
            style = found.get(int(place), before[int(place)].style)
            found[int(place)] = _styled(style, kind, str(value))
    return found


def _styled(style: Style, kind: str, value: str) -> Style:
    if kind in {ORDER, SWITCHED}:
        return replace(style, order=Order(value))
    return (
        replace(style, sign=DecimalSign(value))
        if kind == SIGN
        else replace(style, unit=Unit(value))
    )


def belongs_in(fields: Mapping[str, Any]) -> Belongs | None:
    value = fields.get("belongs")
    return Belongs(value) if value else None

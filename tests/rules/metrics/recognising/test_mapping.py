"""A mapping as a person corrects it, what keeps it from being used, and how it is remembered."""

import pytest

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.mapping import NOTHING, Keys, Mapping, Problem, Use, Wrong
from bot.rules.metrics.importing.recognising.columns import Style
from bot.rules.metrics.importing.recognising.recognising import roles_for
from bot.rules.metrics.importing.recognising.roles import Role
from tests.rules.metrics.lines import columns, proposed, rows


@pytest.mark.parametrize(
    ("cells", "among", "not_among"),
    [
        ("1 2 3", {Role.CONTACTS, Role.RATING, Role.TALK, Role.KEY, Role.PERSON}, {Role.DAY, Role.TARGET}),
        ("Y N", {Role.ANSWERED, Role.TARGET, Role.RESOLVED}, {Role.DAY, Role.TALK}),
        ("2023-01-13 2023-01-14", {Role.DAY, Role.RESOLVED_AT, Role.UPDATED}, {Role.TALK, Role.PERSON}),
        ("0:10:00 0:12:00", {Role.TALK, Role.TIME, Role.FULL_RESOLUTION}, {Role.DAY, Role.RATING}),
        ("Good Bad", {Role.RATING, Role.TOPIC, Role.STATUS}, {Role.EFFORT, Role.WAIT}),
        ("Ann Bo", {Role.PERSON, Role.TEAM, Role.STATUS}, {Role.RATING, Role.TARGET}),
    ],
)  # fmt: skip
def test_a_person_may_choose_what_the_cells_allow(
    cells: str, among: set[Role], not_among: set[Role]
) -> None:
    column = columns([["Anything"], *([one] for one in cells.split())])[0]
    roles = set(roles_for(column))
    assert among <= roles
    assert not roles & not_among


def test_what_the_header_says_comes_first() -> None:
    column = columns(rows("Agent \n Ann"))[0]
    assert roles_for(column)[0] is Role.PERSON


def test_a_person_corrects_a_mapping() -> None:
    mapping = proposed(rows("Date | Agent | Boss | Answered \n 2023-04-13 | Ann | Bo | Y")).mapping
    turned = mapping.with_use(2, Use(Role.PERSON))
    assert [one.use.role for one in turned.columns] == [Role.DAY, None, Role.PERSON, Role.ANSWERED]
    keyed = mapping.with_use(1, Use(Role.KEY))
    assert (keyed.keys, keyed.with_use(1, NOTHING).keys) == (Keys.COLUMN, Keys.PLACE)
    styled = mapping.with_style(3, Style(sign=DecimalSign.COMMA))
    assert styled.columns[3].style.sign is DecimalSign.COMMA


def test_what_keeps_a_mapping_from_being_used() -> None:
    mapping = proposed(rows("Date | Agent | Calls | AHT | CSAT \n 2023-04-13 | Ann | 7 | 0:03:00 | 4")).mapping  # fmt: skip
    assert mapping.problems() == []
    assert mapping.with_use(2, NOTHING).problems() == [Problem(Wrong.MEAN_WITHOUT_COUNT, 3)]
    assert mapping.with_use(4, Use(Role.RATING)).problems() == [Problem(Wrong.SCORE_OF_TOTALS, 4)]
    assert mapping.with_use(0, NOTHING).problems() == [Problem(Wrong.NO_DAY)]
    labels = mapping.with_use(2, Use(label="a")).with_use(1, Use(label="b")).with_use(3, Use(label="c"))  # fmt: skip
    assert labels.with_use(4, Use(label="d")).problems() == [Problem(Wrong.NOTHING_COUNTED)]


def test_a_mapping_is_remembered_as_it_was() -> None:
    mapping = proposed(rows("Date | Agent | Shift | Wait (s) | Price \n 2023-04-13 | Ann | Late | 7 | 3")).mapping  # fmt: skip
    mapping = mapping.with_use(4, Use(part="spent"))
    mapping = mapping.with_style(3, Style(DecimalSign.COMMA, Order.YEAR_FIRST, Unit.DAYS, True, True, 7))  # fmt: skip # noqa: FBT003
    assert Mapping.unpack(mapping.packed()) == mapping
    assert Mapping.unpack(mapping.packed()).places == mapping.places

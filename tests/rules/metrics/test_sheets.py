"""What files with numbers are made of: months that are read, people in chunks, what would be too long, which month is meant."""

from datetime import date
from itertools import pairwise

import pytest

from bot.errors import Refused
from bot.rules.metrics.digest import monthly
from bot.rules.metrics.look.sheets import (
    MOST_NAMES,
    PEOPLE_AT_ONCE,
    SLICES,
    Piece,
    SheetKey,
    Somebody,
    in_chunks,
    is_too_long,
)
from bot.rules.reports import Period
from tests.cast import NOON

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("sheet", list(SLICES))
def test_every_day_is_read_once_and_never_more_than_a_month_at_once(sheet: SheetKey) -> None:
    stretches = list(Piece(sheet, ("team",), YEAR, SLICES[sheet]).stretches())
    spans = [one for some in stretches for one in some]
    assert (spans[0].first, spans[-1].last) == (YEAR.first, YEAR.last)
    assert all(one.last.toordinal() + 1 == two.first.toordinal() for one, two in pairwise(spans))
    assert all((some[-1].last - some[0].first).days <= 30 for some in stretches)


def test_people_are_read_some_at_a_time_and_their_names_too() -> None:
    everybody = [Somebody(f"{number}", "", ("n",)) for number in range(25)]
    many = Somebody("many", "", ("n",) * (MOST_NAMES - 1))
    found = list(in_chunks([*everybody, many]))
    assert [one for chunk in found for one in chunk] == [*everybody, many]
    assert [len(one) for one in found] == [PEOPLE_AT_ONCE, PEOPLE_AT_ONCE, 5, 1]


def test_a_sheet_that_would_be_too_long_is_known_before() -> None:
    assert is_too_long(SheetKey.PEOPLE_DAYS, YEAR, 500, 30)
    assert not is_too_long(SheetKey.PEOPLE_DAYS, YEAR, 500, 2)
    assert not is_too_long(SheetKey.PEOPLE_MONTHS, YEAR, 500, 30)
    assert not is_too_long(SheetKey.PEOPLE, YEAR, 500, 30)


@pytest.mark.parametrize(
    ("typed", "first", "team"),
    [
        ("", date(2026, 2, 1), ""),
        ("Billing", date(2026, 2, 1), "Billing"),
        ("2025-12", date(2025, 12, 1), ""),
        ("2025-12  Second line", date(2025, 12, 1), "Second line"),
        ("This month", date(2026, 3, 1), ""),
        ("last month Billing", date(2026, 2, 1), "Billing"),
    ],
)
def test_a_month_and_a_team_can_be_typed(typed: str, first: date, team: str) -> None:
    found = monthly.read(typed, NOON, "Europe/Berlin")
    assert (found.period.first, found.team) == (first, team)


def test_a_month_that_there_is_not_is_refused() -> None:
    with pytest.raises(Refused):
        monthly.read("2026-13", NOON, "UTC")

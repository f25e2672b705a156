"""Where a table begins below titles and blank lines, and what its columns are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.spreadsheets.headers import find_header, letters, names

HEADER = ["Agent", "Date", "Calls", "Wait"]
DATA = ["Anna", "2026-03-02", "12", "0:02:23"]


def found(*rows: list[str]) -> int:
    return find_header(list(enumerate(rows, start=1)))


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Calls in March"]],
        [["ACME"], ["Calls in March", "", "confidential"]],
        [["", "Calls", "", "Times"]],
        [["Exported by", "Anna", "on Monday"]],
        [["From", "2026-03-01"], ["To", "2026-03-31"]],
        [["12"]],
        [["Calls", "Calls", "Calls", "Times"]],
    ],
)
def test_titles_above_are_left_out(above: list[list[str]]) -> None:
    assert found(*above, HEADER, DATA, DATA) == len(above)


@pytest.mark.parametrize(
    "header",
    [
        ["", "Date", "Calls", "Wait"],
        ["Agent", "Status", "Status", "Wait"],
        ["Agent", "Date", "Calls"],
        ["Агент", "Дата", "Дзвінки", "Очікування"],
        ["1st agent", "Date of 2026", "24h", "% answered"],
        ["Agent", "", "", "Wait"],
    ],
)
def test_what_a_header_may_look_like(header: list[str]) -> None:
    assert found(header, DATA, DATA) == 0


def test_a_table_of_words_begins_with_its_first_row() -> None:
    assert found(["Agent", "Note"], ["Anna", "kind"], ["Ben", "quick"]) == 0


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert found(HEADER) == 0
    assert found(["Agents"], HEADER) == 1


@pytest.mark.parametrize(
    "first",
    [
        ["Anna", "2026-03-02", "12", "x"],
        ["Anna", "2.3.26", "x", "y"],
        ["Anna", "26-Aug-23", "x", "y"],
        ["Anna", "Mar 2, 2026", "x", "y"],
        ["Anna", "12:02:23 AM", "x", "y"],
        ["Anna", "95 %", "x", "y"],
        ["Anna", "€ 12.50", "x", "y"],
        ["Anna", "TRUE", "x", "y"],
        ["Anna", "anna@example.com", "x", "y"],
    ],
)
def test_without_a_header_it_says_so(first: list[str]) -> None:
    with pytest.raises(Refused, match="row 1 already holds numbers"):
        found(first, DATA, DATA)
    with pytest.raises(Refused, match="row 1 already holds numbers"):
        found(first, ["Ben", "kind", "quick", "late"], DATA)


def test_columns_without_a_name_or_with_one_that_is_taken() -> None:
    cells = [" Agent ", "", "Status", "status", "Status (2)", "Talk\n time", "Status"]
    assert names(cells, []) == (
        *("Agent", "Column B", "Status", "status (2)", "Status (2) (2)", "Talk time", "Status (3)"),
    )


def test_columns_that_only_the_rows_have() -> None:
    assert names(["Agent"], [["Anna", "1"], ["Ben", "2"], ["Cara"]]) == ("Agent", "Column B")
    assert names(["Agent"], [["Anna", "1"], ["Ben"], ["Cara"]]) == ("Agent",)
    assert names(["Agent", ""], [["Anna", ""]]) == ("Agent",)


@given(st.lists(st.text(max_size=5), max_size=30))
def test_names_are_all_different(cells: list[str]) -> None:
    found = names(cells, [])
    assert len({one.casefold() for one in found}) == len(found)
    assert all(one == " ".join(one.split()) and one for one in found)


@pytest.mark.parametrize(("column", "said"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")])  # fmt: skip
def test_columns_are_called_as_in_excel(column: int, said: str) -> None:
    assert letters(column) == said


def test_tables_side_by_side_are_called_that() -> None:
    labels = ["Row Labels", "Count", "", "Row Labels", "Count", "", "Row Labels", "Count"]
    with pytest.raises(Refused, match="Row 2 has the same headings again and again"):
        found(["By agent", "", "", "By day"], labels, ["Ann", "3", "", "10", "3", "", "Web", "4"])


def test_long_cells_take_no_time() -> None:
    """Nothing that looks like a number from far is tried in every way."""
    assert found(["Agent", "Note"], ["Anna", "a.b@" * 8_000], ["Ben", "1 " * 16_000]) == 0

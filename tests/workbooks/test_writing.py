"""Cells as a spreadsheet reads them again: dates, numbers and links are what they are, and what people typed is text."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Opened
from openpyxl import load_workbook

from bot.views.reports.cells import Cell, Column, Link, Percent, Row, Sheet, heading, labels, line
from bot.workbooks import Workbook
from bot.workbooks.writing import LONGEST_TEXT

WALL = datetime.fromisoformat("2026-03-02 13:00")
SHEET = Sheet("Cases", [Column("Number", 9), Column("What", 40)])


def write(path: Path, *rows: Row, sheet: Sheet = SHEET) -> Opened:
    book = Workbook(path, author="Bob")
    book.add_sheet("cases", sheet)
    book.write("cases", rows)
    book.close()
    book.close()
    return load_workbook(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def test_every_kind_of_cell_is_what_it_is(path: Path) -> None:
    cells: list[tuple[Cell, object, str]] = [
        (12, 12, "General"),
        ("Refund", "Refund", "General"),
        (Decimal("25.50"), 25.5, "#,##0.00##"),
        (WALL, WALL, "yyyy-mm-dd hh:mm"),
        (WALL.date(), datetime.fromisoformat("2026-03-02 00:00"), "yyyy-mm-dd"),
        (timedelta(hours=31, minutes=5), timedelta(hours=31, minutes=5), "[h]:mm"),
        (Percent(0.0694), 0.0694, "0.0%"),
        (None, None, "General"),
        ("", None, "General"),
    ]  # fmt: skip
    columns = [Column(str(n)) for n in range(len(cells))]
    book = write(path, [one for one, _value, _format in cells], sheet=Sheet("Kinds", columns))
    [_head, row] = book["Kinds"].iter_rows()
    for cell, (_given, value, shown) in zip(row, cells, strict=True):
        assert cell.value == value
        assert cell.number_format == shown


def test_a_list_has_a_frozen_head_filters_and_widths(path: Path) -> None:
    sheet = write(path, [1, "a"], [2, "b"])["Cases"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.column_dimensions["B"].width == pytest.approx(40, abs=1)
    assert [cell.value for cell in sheet[1]] == ["Number", "What"]
    assert sheet["A1"].font.bold


def test_an_empty_list_opens_as_well(path: Path) -> None:
    assert write(path)["Cases"].auto_filter.ref == "A1:B2"


def test_a_page_of_words_has_neither(path: Path) -> None:
    book = Workbook(path)
    book.add_sheet("page", Sheet("Summary", widths=(30, 10)))
    book.write_page("page", [heading("Escalations"), labels("", "Share"), line("Raised", 3)])
    book.close()
    sheet = load_workbook(path)["Summary"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (None, None)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Escalations", None],
        [None, "Share"],
        ["Raised", 3],
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+49 30 1234",
        "-2",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1",
        "=cmd|' /C calc'!A0",
        "{=1}",
    ],
)
def test_what_looks_like_a_formula_is_text_and_stays_text(path: Path, typed: str) -> None:
    cell = write(path, [1, typed])["Cases"]["B2"]
    assert cell.data_type == "s"
    assert cell.value == typed.strip()
    assert cell.quotePrefix or typed == "{=1}"


def test_an_address_is_only_a_link_where_it_was_meant_as_one(path: Path) -> None:
    url = "https://x.example/1?a=1&b=2"
    sheet = write(
        path, [1, Link(url, "x.example")], [2, url], [3, Link("https://" + "x" * 3000, "x")]
    )["Cases"]
    assert (sheet["B2"].value, sheet["B2"].hyperlink.target) == ("x.example", url)
    assert (sheet["B3"].value, sheet["B3"].hyperlink) == (url, None)
    assert (sheet["B4"].value, sheet["B4"].hyperlink) == ("x", None)


def test_a_very_long_text_is_cut_to_what_a_cell_can_hold(path: Path) -> None:
    assert len(write(path, [1, "x" * 40_000])["Cases"]["B2"].value) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ereignisse: [alle]/*?\\'", "x"], ["Ereignisse   alle", "x"]),
        (["same", "Same"], ["same", "Same 2"]),
        (["n" * 40, "n" * 40], ["n" * 31, "n" * 28 + " 2"]),
    ],
)
def test_sheets_have_names_that_excel_takes(
    path: Path, names: list[str], expected: list[str]
) -> None:
    book = Workbook(path)
    for number, name in enumerate(names):
        book.add_sheet(str(number), Sheet(name))
    book.close()
    assert load_workbook(path).sheetnames == expected


@settings(max_examples=15)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
def test_whatever_people_type_the_file_opens_again(
    tmp_path_factory: pytest.TempPathFactory, typed: list[str]
) -> None:
    path = tmp_path_factory.mktemp("typed") / "book.xlsx"
    sheet = write(path, *[(n, text) for n, text in enumerate(typed)])["Cases"]
    assert sheet.max_row == len(typed) + 1
    assert all(cell.data_type in {"s", "n"} for [_number, cell] in sheet.iter_rows(min_row=2))

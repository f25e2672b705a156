"""Cells merged downwards hold for each of their rows, in the columns where that is wanted; titles and headers are no such."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bot.spreadsheets import merges
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.merges import Merges, merges_in
from bot.spreadsheets.tables import Table, open_table

LINES: list[list[Any]] = [
    ["Calls of March", None, None],
    ["Agent", "Day", "Calls"],
    ["Ann", "2024-03-01", 7],
    [None, "2024-03-02", None],
    [None, "2024-03-03", 9],
    ["Bo", "2024-03-01", 1],
    [None, "2024-03-02", 2],
]


def report(folder: Path, *merged: str) -> Table:
    book = Workbook()
    assert book.active
    for line in LINES:
        book.active.append(line)
    for one in merged:
        book.active.merge_cells(one)
    path = folder / "report.xlsx"
    book.save(path)
    return open_table(path, METRICS)


def agents(table: Table, **how: object) -> list[str]:
    return [cells[0] for _number, cells in table.rows(**how)]  # type: ignore[arg-type]


def test_the_one_at_the_top_holds_for_all(tmp_path: Path) -> None:
    table = report(tmp_path, "A1:C1", "A3:A5", "A6:A7", "C3:C4")
    assert table.headers == ("Agent", "Day", "Calls")
    assert table.merged == {0, 2}
    assert agents(table) == ["Ann", "Ann", "Ann", "Bo", "Bo"]
    assert [cells[2] for _number, cells in table.rows({0})] == ["7", "", "9", "1", "2"]
    assert agents(table, fill=()) == ["Ann", "", "", "Bo", ""]


def test_only_merged_cells_are_filled(tmp_path: Path) -> None:
    assert agents(report(tmp_path, "A3:A4")) == ["Ann", "Ann", "", "Bo", ""]
    assert report(tmp_path, "A1:A2").merged == frozenset()
    assert agents(report(tmp_path, "A1:A2")) == ["Ann", "", "", "Bo", ""]


def test_a_row_that_is_shorter_is_filled_as_well() -> None:
    filled = Merges([(2, 1, 3)]).fill([(1, ["a", "b", "c"]), (3, ["d"]), (4, ["e"])], {2})
    assert list(filled) == [(1, ["a", "b", "c"]), (3, ["d", "", "c"]), (4, ["e"])]


def test_of_large_sheets_and_of_endless_lists_little_is_read() -> None:
    one = b'</sheetData><mergeCells><mergeCell ref="A1:A2"/>'
    assert merges_in(BytesIO(one), len(one)).columns == {0}
    assert merges_in(BytesIO(one), merges.WITHIN + 1).columns == frozenset()
    many = b"</sheetData>" + b'<x:mergeCell ref="$B$1:B2"/>' * (merges.MOST + 5)
    assert merges_in(BytesIO(many), len(many)).columns == {1}

"""Large workbooks as programs save them: every sheet and cell as people see it, and what was left out is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as OtherWorkbook

from bot.errors import Refused
from bot.spreadsheets.limits import METRICS, Limits
from bot.spreadsheets.said import (
    CellsBeside,
    Delimiter,
    EmptyFormulas,
    HiddenSheets,
    OtherKind,
    OtherSheets,
    TitleRows,
)
from bot.spreadsheets.tables import Table, open_table
from tests.spreadsheets.made import SHEET, sharing_workbook, sheet_xml, with_part, workbook

HEADER = ["Agent", "Calls"]
IN_PIECES = replace(METRICS, piece=200)


def table(folder: Path, data: bytes, limits: Limits = METRICS, sheet: str = "") -> Table:
    path = folder / "calls.xlsx"
    path.write_bytes(data)
    return open_table(path, limits, sheet=sheet)


def cells(folder: Path, data: bytes) -> list[list[str]]:
    return [row for _number, row in table(folder, data).rows()]


def with_rows(xml: str, *, root: str = "") -> bytes:
    """A workbook whose only sheet has these rows below its header."""
    header = '<row><c t="str"><v>Agent</v></c><c t="str"><v>Calls</v></c></row>'
    return with_part(workbook(["a"]), SHEET, root.encode() or sheet_xml(header + xml))


def test_numbers_days_and_times(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["Agent", "Day", "At", "Time", "Talk", "Displayed", "Score", "Yes", "Error"])
    sheet.append(
        [
            *("Anna", date(2026, 3, 2), datetime.fromisoformat("2026-03-02 09:30:00"), time(9, 30)),
            *(timedelta(hours=30), 0.0016550925925925926, 0.1 + 0.2, True, "#N/A"),
        ]
    )
    sheet["E2"].number_format = "[h]:mm:ss"
    sheet["F2"].number_format = "[$-F400]h:mm:ss AM/PM"
    sheet["I2"].data_type = "e"
    assert cells(tmp_path, saved(book)) == [
        ["Anna", "2026-03-02", "2026-03-02 09:30:00", "9:30:00", "30:00:00", "0:02:23", "0.3", "TRUE", "#N/A"]
    ]  # fmt: skip


def saved(book: Any) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_days_that_are_counted_from_1904(tmp_path: Path) -> None:
    data = BytesIO()
    book = OtherWorkbook(data, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Agent", "Day"])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(1, 0, "Anna")
    sheet.write_datetime(1, 1, datetime.fromisoformat("2026-03-02 00:00:00"), day)
    book.close()
    assert cells(tmp_path, data.getvalue()) == [["Anna", "2026-03-02"]]


def test_titles_blank_lines_and_columns_keep_their_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet["B2"] = "Calls in March"
    sheet.merge_cells("B2:D2")
    for column, name in zip("BCD", ("Agent", "Calls", "Calls"), strict=True):
        sheet[f"{column}5"] = name
    for row in (6, 9):
        sheet[f"B{row}"], sheet[f"C{row}"], sheet[f"D{row}"] = "Anna", 12, 3
    found = table(tmp_path, saved(book))
    assert (found.headers, found.header_row) == (("Column A", "Agent", "Calls", "Calls (2)"), 5)
    assert found.said == (TitleRows(1),)
    assert list(found.rows()) == [(6, ["", "Anna", "12", "3"]), (9, ["", "Anna", "12", "3"])]


def several(*, hide: Sequence[str]) -> bytes:
    book = Workbook()
    assert book.active
    book.remove(book.active)
    for name in ("Cover", "March", "April", "Codes"):
        sheet = book.create_sheet(name)
        if name != "Cover":
            sheet.append(HEADER)
            sheet.append([name, 1])
        if name in hide:
            sheet.sheet_state = "hidden"
    return saved(book)


def test_the_first_sheet_that_holds_something_is_read(tmp_path: Path) -> None:
    found = table(tmp_path, several(hide=["Codes"]))
    assert (found.sheet, found.sheets) == ("March", ("March", "April"))
    assert found.said == (OtherSheets(("April",), "March"), HiddenSheets(("Codes",)))
    assert list(found.rows()) == [(2, ["March", "1"])]


def test_another_sheet_can_be_asked_for(tmp_path: Path) -> None:
    found = table(tmp_path, several(hide=[]), sheet="April")
    assert (found.sheet, list(found.rows())) == ("April", [(2, ["April", "1"])])
    with pytest.raises(Refused, match="no sheet “Cover” that holds something"):
        table(tmp_path, several(hide=[]), sheet="Cover")


def test_a_sheet_is_read_though_it_is_hidden_if_there_is_no_other(tmp_path: Path) -> None:
    found = table(tmp_path, several(hide=["March", "April", "Codes"]))
    assert (found.sheet, found.sheets) == ("March", ("March", "April", "Codes"))


def test_formulas_give_what_was_worked_out(tmp_path: Path) -> None:
    worked_out = '<c r="B{0}"><f>SUM(A1)</f><v>{0}</v></c>'
    rows = [
        ("Anna", worked_out.format(2)),
        ("Ben", '<c r="B3"><f>SUM(A1)</f></c>'),
        ("Cara", '<c r="B4"><f t="shared" si="0"/><v/></c>'),
        ("Dan", '<c r="B5" t="str"><f>A1&amp;""</f><v></v></c>'),
        ("Eve", '<c r="B6" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    ]
    xml = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{name}</t></is></c>{cell}</row>'
        for at, (name, cell) in enumerate(rows, start=2)
    )
    found = table(tmp_path, with_rows(xml))
    assert [row[1][1] for row in found.rows()] == ["2", "", "", "", "#DIV/0!"]
    assert found.said == (EmptyFormulas(2),)


def test_texts_with_fonts_breaks_and_signs(tmp_path: Path) -> None:
    rich = '<is><r><t>well</t></r><r><t xml:space="preserve"> &amp; fine</t></r></is>'
    xml = f'<row r="2"><c t="inlineStr">{rich}</c><c t="str"><v>a_x000A_b&#233;</v></c></row>'
    assert cells(tmp_path, with_rows(xml)) == [["well & fine", "a\nbé"]]


def test_a_program_that_numbers_nothing(tmp_path: Path) -> None:
    """And a sheet in many pieces, whose rows still count on."""
    row = '<row><c t="str"><v>Anna</v></c><c><v>{}</v></c></row>'
    xml = "".join("<row/>" if at % 7 == 0 else row.format(at) for at in range(2, 100))
    found = table(tmp_path, with_rows(xml), IN_PIECES)
    assert list(found.rows()) == [(at, ["Anna", str(at)]) for at in range(2, 100) if at % 7]
    assert found.share == 1.0


def test_a_program_that_writes_a_prefix_everywhere(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<x:row r="{0}" spans="1:2"><x:c r="A{0}" t="str"><x:v>Anna</x:v></x:c><x:c r="B{0}" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    header = '<x:row r="1"><x:c r="A1" t="str"><x:v>Agent</x:v></x:c><x:c r="B1" t="str"><x:v>Calls</x:v></x:c></x:row>'
    rows = header + "".join(map(row.format, range(2, 40)))
    root = f'<x:worksheet xmlns:x="{space}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    found = table(tmp_path, with_rows("", root=root), IN_PIECES)
    assert list(found.rows()) == [(at, ["Anna", "#N/A"]) for at in range(2, 40)]


def test_a_stray_cell_far_below_costs_nothing(tmp_path: Path) -> None:
    xml = (
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>'
    )
    assert list(table(tmp_path, with_rows(xml)).rows()) == [(2, ["1", ""]), (1_048_576, ["", "2"])]


def test_what_stands_beside_a_table_is_said_and_moves_nothing(tmp_path: Path) -> None:
    found = table(tmp_path, workbook(HEADER, ["Ann", 1], ["Ben", 2, "?"], ["Cara", 3], ["Dan", 4]))
    assert [cells for _number, cells in found.rows()] == [
        ["Ann", "1"],
        ["Ben", "2"],
        ["Cara", "3"],
        ["Dan", "4"],
    ]
    assert found.said == (CellsBeside(1),)


def test_lines_that_stand_in_one_cell_are_divided(tmp_path: Path) -> None:
    rows = ["To,From,Name", '040,0715,"Ann, B."', "040,093,Ben"]
    found = table(tmp_path, workbook(*([one] for one in rows)))
    assert found.headers == ("To", "From", "Name")
    assert [cells for _number, cells in found.rows()] == [["040", "0715", "Ann, B."], ["040", "093", "Ben"]]  # fmt: skip
    assert found.said == (Delimiter(","),)


@pytest.mark.parametrize(
    "rows",
    [
        [["Remark, if any"], ["well, then, go"], ["no"]],
        [["a,b,c"]],
        [["a,b"], ["1,2"]],
        [["a,b,c", "d"], ["1,2,3", "4"]],
    ],
)
def test_commas_of_a_cell_are_its_own(tmp_path: Path, rows: list[list[str]]) -> None:
    assert table(tmp_path, workbook(*rows, ["x"] * len(rows[0]))).headers == tuple(rows[0])


def test_formats_may_reach_farther_than_what_is_written(tmp_path: Path) -> None:
    xml = '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row>'
    assert cells(tmp_path, with_rows(xml)) == [["1", ""]]


def test_pieces_and_shared_texts(tmp_path: Path) -> None:
    rows = [[f"Agent {at}", f"a note, {at}"] for at in range(500)]
    data = sharing_workbook(["Agent", "Note"], *rows)
    assert [row for _number, row in table(tmp_path, data, IN_PIECES).rows()] == rows
    assert cells(tmp_path, data) == rows


def test_a_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(workbook(HEADER, ["Anna", 1]))
    found = open_table(path, METRICS)
    assert found.said == (OtherKind("csv", "xlsx"),)
    assert list(found.rows()) == [(2, ["Anna", "1"])]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([], "empty"),
        ([[None, " "]], "empty"),
        ([["Anna", 12]], "row 1 already holds numbers"),
        ([["A", "B", "C", "D", "E"]], "Row 1 has more than 4 columns"),
        ([HEADER, [1, 2, 3, 4, 5]], "Row 2 has more than 4 columns"),
        ([HEADER, *[["Anna", 1]] * 6], "more than 5 rows"),
        ([HEADER, ["Anna", "x" * 21]], "Row 2, column 2: the text is longer than 20"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(
    tmp_path: Path, rows: Sequence[Sequence[object]], complaint: str
) -> None:
    limits = Limits(size=100_000, rows=5, columns=4, cell=20)
    with pytest.raises(Refused, match=complaint):
        list(table(tmp_path, workbook(*rows), limits).rows())


def test_a_letter_that_is_none_is_left_out(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>An_x0000_na</t></si></sst>'.encode()
    cell = '<row><c t="s"><v>0</v></c><c t="str"><v>{0}</v></c></row>'
    rows = "".join(map(cell.format, ("Calls", "_x0000_7", "_x005F_x0000_")))
    data = with_part(sharing_workbook(["a"]), SHEET, sheet_xml(rows))
    found = cells(tmp_path, with_part(data, "xl/sharedStrings.xml", shared))
    assert found == [["Anna", "7"], ["Anna", "_x0000_"]]

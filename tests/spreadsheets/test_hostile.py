"""Files of people who mean harm: each is refused in a sentence, and costs a process of its own little memory at most."""

import zipfile
from collections.abc import Callable
from contextlib import aclosing
from io import BytesIO
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.spreadsheets.apart import read_apart
from bot.spreadsheets.child import Allowance
from bot.spreadsheets.headers import letters
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import open_table
from tests.spreadsheets import works
from tests.spreadsheets.made import SHEET, sharing_workbook, sheet_xml, with_part, workbook

STRINGS = "xl/sharedStrings.xml"
ALLOWED = Allowance(memory=500_000_000, seconds=30)
MODEST = 150_000  # kilobytes, of which Python with its libraries has a third
HEADER = "<row><c t='str'><v>Agent</v></c><c t='str'><v>Calls</v></c></row>"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><x>&c;</x>'
)


async def refusal(path: Path) -> tuple[str, int]:
    """What the process says of the file, and how much memory it had at its peak, in kilobytes. 0 if it died of it."""
    try:
        async with aclosing(read_apart(works.refusal_of, path, METRICS, limit=ALLOWED)) as heard:
            return await anext(heard)
    except Refused as refused:
        return str(refused), 0


def book(sheet: str, strings: str = "") -> bytes:
    data = with_part(sharing_workbook(["a"]), SHEET, sheet_xml(sheet))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part(data, STRINGS, f'<sst xmlns="{space}">{strings}</sst>'.encode())


def million_columns() -> bytes:
    return book(HEADER + "<row r='2'>" + "".join(f'<c r="{letters(at)}2"><v>1</v></c>' for at in range(1, 300_000)) + "</row>")  # fmt: skip


def million_columns_without_their_names() -> bytes:
    return book(HEADER + "<row>" + "<c><v>1</v></c>" * 600_000 + "</row>")


def wide_and_long() -> bytes:
    return book(HEADER + "<row>" + "<c><v>1</v></c>" * 100_000 + "</row>" + "<row><c><v>1</v></c></row>" * 50_000)  # fmt: skip


def columns_told_in_another_way() -> bytes:
    return book(HEADER + "<row r='2'><c r='A2'><v>1</v></c><c r = 'XFD1048576'><v>1</v></c></row>")


def one_long_text() -> bytes:
    return book(HEADER, f"<si><t>{'x' * 3_000_000}</t></si>")


def one_text_in_many_cells() -> bytes:
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 2 + "</row>"
    return book(HEADER + cells * 50_000, f"<si><t>{'x' * 1_000_000}</t></si>")


def many_parts() -> bytes:
    data = BytesIO(workbook(["a"]))
    with zipfile.ZipFile(data, "a") as archive:
        for at in range(1_000):
            archive.writestr(f"xl/media/{at}", b"")
    return data.getvalue()


def many_sheets() -> bytes:
    named = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 500))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xml = f'<workbook xmlns:r="{relation}"><sheets>{named}</sheets></workbook>'
    return with_part(workbook(["a"]), "xl/workbook.xml", xml.encode())


def deep() -> bytes:
    xml = b"<a>" * 300_000 + b"</a>" * 300_000
    return with_part(workbook(["a"]), "xl/workbook.xml", xml)


def cells_without_end() -> bytes:
    """One record of a CSV that goes on over every line."""
    return b"Agent,Calls\n" + b'"a\n",' * 4_000_000 + b"\n"


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (million_columns, "Row 2 has more than 200 columns"),
        (lambda: book(HEADER + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), "Row 2 has more"),
        (lambda: book(HEADER + '<row><c r="XFD1048576"><v>1</v></c></row>'), "Row 1048576 has"),
        (lambda: book(HEADER + '<row><c r="HZ7"><v>1</v></c></row>'), "Row 7 has more"),
        (lambda: with_part(workbook(["a"]), SHEET, bytes(30_000_000)), "far more than one list"),
        (lambda: with_part(sharing_workbook(["a"]), STRINGS, bytes(30_000_000)), "far more than one list"),
        (one_long_text, "far more than one list"),
        (many_parts, "far more than one list"),
        (many_sheets, "far more than one list"),
        (deep, "not a workbook"),
        (lambda: book(HEADER)[:-200], "not a workbook"),
        (lambda: with_part(workbook(["a"]), SHEET, sheet_xml(HEADER)[:-20]), "not a workbook"),
        (lambda: with_part(workbook(["a"]), SHEET, b"no markup"), "is empty"),
        (lambda: with_part(workbook(["a"]), SHEET, LAUGHS + sheet_xml(HEADER)), "not a workbook"),
        (lambda: with_part(workbook(["a"]), SHEET, sheet_xml("").decode().encode("utf-16")), "not a workbook"),
        (lambda: with_part(sharing_workbook(["a"]), STRINGS, LAUGHS), "not a workbook"),
        (lambda: with_part(workbook(["a"]), "xl/workbook.xml", LAUGHS), "not a workbook"),
        (lambda: with_part(workbook(["a"]), "xl/_rels/workbook.xml.rels", LAUGHS), "not a workbook"),
        (lambda: with_part(workbook(["a"]), "xl/styles.xml", LAUGHS), "not a workbook"),
        (lambda: book(HEADER + "<row><c t='s'><v>99</v></c></row>"), "not a workbook"),
        (lambda: b"Agent,Calls\n" + b"," * 5_000_000, "neither a workbook nor text"),
        (lambda: b"Agent,Calls\n" + b"\xf0" * 5_000_000, "neither a workbook nor text"),
    ],
)  # fmt: skip
async def test_it_is_refused_and_costs_little(
    tmp_path: Path, make: Callable[[], bytes], complaint: str
) -> None:
    path = tmp_path / "calls"
    path.write_bytes(make())
    said, peak = await refusal(path)
    assert complaint in said
    assert 0 < peak < MODEST


@pytest.mark.parametrize(
    "make",
    [
        million_columns_without_their_names,
        wide_and_long,
        columns_told_in_another_way,
        one_text_in_many_cells,
        cells_without_end,
    ],
)
async def test_what_cannot_be_foreseen_costs_that_process_alone(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    path = tmp_path / "calls"
    path.write_bytes(make())
    said, peak = await refusal(path)
    assert any(one in said for one in ("too large or too odd", "has more than 200 columns"))
    assert peak * 1_000 < ALLOWED.memory


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = with_part(workbook(["a"]), SHEET, sheet_xml(HEADER * 1_000))
    size = len(sheet_xml(HEADER * 1_000)).to_bytes(4, "little")
    path = tmp_path / "calls.xlsx"
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(Refused, match="not a workbook"):
        open_table(path, METRICS)

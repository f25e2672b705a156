"""Old workbooks and OpenDocument ones are read like others, in the same process apart; hostile ones cost it and nobody else."""

from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.spreadsheets import wholes
from bot.spreadsheets.apart import read_apart
from bot.spreadsheets.child import Allowance
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.said import HiddenSheets, OtherKind, OtherSheets
from bot.spreadsheets.tables import Table, open_table
from tests.spreadsheets import works
from tests.spreadsheets.made_whole import OLD, cell, opened, row

ALLOWED = Allowance(memory=500_000_000, seconds=30)
HEADER = row(cell("Agent"), cell("Calls"))
LINE = row(cell("Ann"), '<table:table-cell office:value-type="float" office:value="7"/>')


def table(folder: Path, name: str, data: bytes, sheet: str = "") -> Table:
    path = folder / name
    path.write_bytes(data)
    return open_table(path, METRICS, sheet=sheet)


def test_an_old_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    found = table(tmp_path, "calls.xls", OLD)
    assert found.headers == ("Agent", "Day", "At", "Talk", "Calls")
    assert list(found.rows()) == [
        (2, ["Ann", "2026-03-02", "2026-03-02 09:30:00", "30:00:00", "7"]),
        (3, ["Ann", "2026-03-03", "2026-03-03 09:30:00", "30:00:01", "8"]),
    ]
    assert (found.sheet, found.sheets, found.share) == ("Calls", ("Calls", "Other"), 1)
    assert found.said == (OtherSheets(("Other",), "Calls"), HiddenSheets(("Codes",)))
    assert table(tmp_path, "calls.xls", OLD, "Codes").headers == ("a",)
    with pytest.raises(Refused, match="no sheet"):
        table(tmp_path, "calls.xls", OLD, "May")
    assert OtherKind("csv", "xls") in table(tmp_path, "calls.csv", OLD).said


def test_an_open_document_is_read_and_what_is_repeated_below_it_is_nothing(tmp_path: Path) -> None:
    empty = row("<table:table-cell/>", more=' table:number-rows-repeated="1048574"')
    found = table(tmp_path, "calls.ods", opened(HEADER + LINE + empty))
    assert (found.headers, list(found.rows())) == (("Agent", "Calls"), [(2, ["Ann", "7"])])


def test_other_open_documents_are_none(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="without a table"):
        table(tmp_path, "letter.ods", opened(HEADER, "application/vnd.oasis.opendocument.text"))


def test_one_that_is_read_whole_may_not_be_as_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wholes, "LARGEST", 1_000)
    with pytest.raises(Refused, match="larger than"):
        table(tmp_path, "calls.xls", OLD)


def repeated(rows: int, columns: int) -> bytes:
    wide = cell("x", f' table:number-columns-repeated="{columns}"')
    return opened(HEADER + row(wide, more=f' table:number-rows-repeated="{rows}"'))


def damaged() -> bytes:
    """At a place where the library does not expect it."""
    return OLD[:64] + bytes(1) + OLD[65:]


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: OLD[:3_000], "not a workbook|too large or too odd"),
        (damaged, "too large or too odd"),
        (lambda: OLD[:8] + bytes(600), "not a workbook|too large or too odd"),
        (lambda: opened(HEADER)[:-40], "not a workbook"),
        (lambda: opened(HEADER + "<broken"), "not a workbook"),
        (lambda: opened(HEADER + " " * 60_000_000), "far more than one list"),
        (lambda: repeated(1, 2_000_000_000), "Row 2 has more than 200 columns"),
        (lambda: repeated(1_048_576, 16_384), "not a workbook"),
        (lambda: repeated(1_048_576, 90), "too large or too odd"),
    ],
)
async def test_what_is_hidden_in_it_costs_that_process_alone(
    tmp_path: Path, make: Callable[[], bytes], complaint: str
) -> None:
    path = tmp_path / "calls"
    path.write_bytes(make())
    with pytest.raises(Refused, match=complaint):
        async with aclosing(read_apart(works.rows_of, path, METRICS, "", limit=ALLOWED)) as heard:
            async for _some in heard:
                pass

"""A million rows of ten columns: every one is read, in little memory. Left to the long runs."""

import csv
import zipfile
from contextlib import aclosing
from io import BytesIO
from pathlib import Path

import pytest

from bot.spreadsheets.apart import read_apart
from bot.spreadsheets.headers import letters
from bot.spreadsheets.limits import METRICS
from tests.spreadsheets import works
from tests.spreadsheets.made import SHEET, workbook

ROWS = 1_000_000
HEADERS = [f"Column {letters(at)}" for at in range(1, 11)]
MODEST = 150_000  # kilobytes
pytestmark = pytest.mark.soak


async def counted(path: Path) -> tuple[int, str, int]:
    """How many rows, the last cell of the last, and the peak of the memory in kilobytes."""
    rows, last = 0, ""
    async with aclosing(read_apart(works.rows_of, path, METRICS, "")) as batches:
        assert await anext(batches) == tuple(HEADERS)
        async for batch in batches:
            if isinstance(batch, int):
                return rows, last, batch
            rows, last = rows + len(batch), batch[-1][1][-1]
    raise AssertionError


async def test_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows([f"cell {at}"] * 10 for at in range(ROWS))
    rows, last, peak = await counted(path)
    assert (rows, last) == (ROWS, f"cell {ROWS - 1}")
    assert peak < MODEST


async def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    with (
        zipfile.ZipFile(BytesIO(workbook(HEADERS))) as old,
        zipfile.ZipFile(path, "w", 8, compresslevel=1) as new,
    ):
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        begin, end = old.read(SHEET).split(b"</sheetData>")
        with new.open(SHEET, "w") as sheet:
            sheet.write(begin)
            for at in range(ROWS):
                cells = f"<c><v>{at}</v></c>" * 10
                sheet.write(f'<row r="{at + 2}">{cells}</row>'.encode())
            sheet.write(b"</sheetData>" + end)
    rows, last, peak = await counted(path)
    assert (rows, last) == (ROWS, str(ROWS - 1))
    assert peak < MODEST

"""What LibreOffice makes of our files: it opens them without complaint, and works out the numbers that we stored."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.rules.reports import Choice
from bot.views.reports.cells import Column, Formula, Sheet
from bot.workbooks import Workbook
from tests.cast import BOB
from tests.workbooks.office import convert, needs_office
from tests.workbooks.test_coaching import job, some, write


def rows(path: Path, sheet: int) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()


@needs_office
@pytest.mark.parametrize(
    ("locale", "is_1904"), [("en-US", False), ("uk-UA", True)], ids=["en, 1900", "uk, 1904"]
)
def test_it_works_out_the_same_numbers(tmp_path: Path, locale: str, is_1904: bool) -> None:
    made = job(Choice(is_1904=is_1904), person=replace(BOB, locale=locale))
    path = write(tmp_path, some(), made)
    opened = convert(path, "xlsx", tmp_path)
    for sheet in range(4):
        assert rows(opened, sheet) == rows(path, sheet)


@needs_office
def test_it_does_work_them_out(tmp_path: Path) -> None:
    """So that the test above cannot pass by what is stored."""
    path = tmp_path / "wrong.xlsx"
    book = Workbook(path)
    book.add_sheet("Sums", Sheet("Sums", [Column("Sum")]))
    book.write("Sums", [[Formula("=1+1", 99)]])
    book.close()
    assert rows(path, 0)[1] == [99]
    assert rows(convert(path, "xlsx", tmp_path), 0)[1] == [2]

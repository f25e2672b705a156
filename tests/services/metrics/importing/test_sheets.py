"""Workbooks of several sheets: the one that looks most like numbers is looked through, and that one is read."""

import pytest
from openpyxl import Workbook

from bot.rules.metrics.store.slices import PERSON
from bot.services.metrics.importing import files, reading
from bot.services.metrics.importing.imported import look_of
from bot.services.metrics.store import numbers
from bot.spreadsheets.said import MergedDown
from storage.database import Database
from tests.cast import BILLING, NOON, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.importing.exports import FIRST, LAST, Desk, as_file
from tests.services.metrics.store import CLOCK


def workbook(*sheets: tuple[str, list[list[object]]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    return book


COVER: list[list[object]] = [["Report of March"], ["made for", "everybody"], ["page", "one"]]
PIVOT: list[list[object]] = [["Row Labels", "Sum of Calls"], ["Ann", 15], ["Grand Total", 15]]
DATA: list[list[object]] = [["Agent", "Date", "Calls"], *([["Ann", "2026-03-02", 5]] * 3)]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ([("Cover", COVER), ("Pivot", PIVOT), ("Data", DATA)], "Data"),
        ([("Short", DATA[:2]), ("Long", DATA)], "Long"),
        ([("March", DATA), ("April", [*DATA, *DATA[1:2]])], "March"),
        ([("Pivot", PIVOT), ("Cover", COVER)], "Pivot"),
    ],
)
def test_the_sheet_that_looks_most_like_numbers_is_read(
    sheets: list[tuple[str, list[list[object]]]], expected: str
) -> None:
    with as_file(workbook(*sheets)) as path:
        [found] = files.look(str(path), "", "UTC")
        [chosen] = files.look(str(path), sheets[0][0], "UTC")
    assert found.look.sheet == expected
    assert found.look.sheets == tuple(title for title, _lines in sheets)
    assert chosen.look.sheet == sheets[0][0]


async def test_a_sheet_that_baton_chose_is_the_one_that_is_read(db: Database) -> None:
    await furnish(db)
    here = Desk(db)
    book = workbook(("Cover", COVER), ("Data", DATA))
    book["Data"].merge_cells("A2:A4")
    shown = await here.shows(book)
    assert MergedDown(("Agent",)) in look_of(shown).said
    job = await here.starts(shown.id)
    await reading.finish(db, CLOCK, job, await here.reads(job, book), None, now=NOON)
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [BILLING], FIRST, LAST, slice_=PERSON)
    assert sum(row.bundle.amount("contacts") or 0 for row in rows) == 15

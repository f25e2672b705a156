"""The same file again, a corrected one, another sheet, and taking a file back."""

import pytest
from openpyxl import Workbook

from bot.errors import Denied, Stale
from bot.people import Person
from bot.rules.metrics.importing.files import Trouble
from bot.rules.metrics.importing.imports import ImportState
from bot.services.metrics.importing import deciding, ending, looking, reading
from bot.services.metrics.importing.deciding import Corrections
from storage.database import Database
from tests.cast import ALICE, BEN, BOB, MARA, NOON
from tests.services.floor import by_id, furnish
from tests.services.metrics.importing.exports import (
    GOOD,
    Desk,
    numbers_of,
)
from tests.services.metrics.store import CLOCK


async def desk(db: Database, person: Person = BOB) -> Desk:
    await furnish(db)
    return Desk(db, person)


async def test_the_same_file_again_changes_nothing(db: Database) -> None:
    here = await desk(db)
    first = await here.imports(GOOD)
    again = await here.shows(GOOD, "renamed.csv")
    assert (again.state, again.trouble) == (ImportState.REFUSED, Trouble.ALREADY)
    assert again.found["already"] == first.id
    assert await numbers_of(db, "contacts") == 4


async def test_the_same_file_twice_at_once_counts_once(db: Database) -> None:
    here = await desk(db)
    one, two = await here.shows(GOOD), await here.shows(GOOD)
    for shown in (one, two):
        job = await here.starts(shown.id)
        outcome = await here.reads(job, GOOD)
        await reading.finish(db, CLOCK, job, outcome, None, now=NOON)
    assert (await here.now(two.id)).trouble == Trouble.ALREADY
    assert await numbers_of(db, "contacts") == 4


async def test_a_corrected_file_replaces_what_it_gave_before(db: Database) -> None:
    here = await desk(db)
    await here.imports(GOOD)
    await here.imports(GOOD.replace("ID0003;Stewart;2026-02-03;09:47:31;Contract related;N", "ID0003;Stewart;2026-02-03;09:47:31;Contract related;Y"))  # fmt: skip
    assert await numbers_of(db, "contacts") == 4
    assert await numbers_of(db, "answered") == 4


async def test_taken_back_it_counts_no_more_and_what_it_replaced_does(db: Database) -> None:
    here = await desk(db)
    await here.imports(GOOD)
    second = await here.imports(GOOD.replace("ID0003;Stewart;2026-02-03;09:47:31;Contract related;N", "ID0003;Stewart;2026-02-03;09:47:31;Contract related;Y"))  # fmt: skip
    undone = await ending.undo(db, BOB, second.id, key="undo", now=NOON)
    assert (undone.state, undone.ended_by) == (ImportState.UNDONE, BOB.id)
    assert await numbers_of(db, "answered") == 3
    with pytest.raises(Stale):
        await ending.undo(db, BOB, second.id, key="undo again", now=NOON)


@pytest.mark.parametrize("person", [ALICE, BEN], ids=by_id)
async def test_only_who_brought_it_and_the_manager_take_it_back(
    db: Database, person: Person
) -> None:
    here = await desk(db)
    live = await here.imports(GOOD)
    with pytest.raises(Denied):
        await ending.undo(db, person, live.id, key="no", now=NOON)
    await ending.undo(db, MARA, live.id, key="yes", now=NOON)


async def test_another_sheet_of_the_same_workbook_is_another_file(db: Database) -> None:
    here = await desk(db)
    book = Workbook()
    for title, call in (("January", "1"), ("February", "2")):
        sheet = book.active if title == "January" else book.create_sheet(title)
        assert sheet
        sheet.title = title
        sheet.append(["Call Id", "Agent", "Date", "Answered"])
        sheet.append([call, "Bob", "2026-02-02", "Y"])
    first = await here.imports(book)
    shown = await here.shows(book)
    assert (first.state, shown.state) == (ImportState.LIVE, ImportState.ASKING)
    wanted = Corrections(sheet="February")
    await deciding.correct(db, BOB, shown.id, wanted, key=here.key, now=NOON)
    job = await looking.begin(db, CLOCK, ImportState.LOOKING, now=here.at)
    assert job
    assert job.sheet == "February"
    await here.looks(job, book)
    reading_it = await here.starts(shown.id)
    outcome = await here.reads(reading_it, book)
    await reading.finish(db, CLOCK, reading_it, outcome, None, now=NOON)
    assert await numbers_of(db, "answered") == 2

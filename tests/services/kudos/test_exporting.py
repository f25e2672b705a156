"""Files with kudos: for leads, of what was public and is not taken back, with givers beside receivers."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.errors import Denied
from bot.people import Person, system
from bot.rules.kudos import Via
from bot.rules.reports import About, Asked, Period
from bot.services import reports
from bot.workbooks import KudosBook
from storage.database import Database
from tests import thanks
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.KUDOS)
CLOCK = system(WORKSPACE)


async def made(db: Database, folder: Path, person: Person = BOB, asked: Asked = MARCH) -> Any:
    """The file as openpyxl reads what is stored."""
    await reports.want(db, person, asked, key=person.id, now=NOON)
    job = await reports.begin(db, CLOCK, now=NOON)
    assert job
    path = folder / f"{person.id}.xlsx"
    book = KudosBook(path, job.export.asked, job.teams, job.person)
    for ids in job.batches:
        found, names = await reports.read(db, CLOCK, job, ids, now=NOON)
        book.add(found, names, now=NOON)
    book.finish(now=NOON)
    return load_workbook(path, data_only=True)


def rows(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


async def test_what_was_public_is_listed_and_counted_side_by_side(
    db: Database, tmp_path: Path
) -> None:
    await thanks.thank(db, ALICE, BOB, BEN, value="=Team*")
    await thanks.thank(db, BOB, ALICE, value="", reason="", via=Via.REACTION)
    await thanks.thank(db, DAN, ALICE, is_public=False, reason="LEAK: between the two of them")
    await thanks.thank(db, ALICE, DAN, team_id=SHIPPING)
    await thanks.thank(db, ALICE, BEN, at=NOON + timedelta(days=40))
    await thanks.take_back(db, await thanks.thank(db, BEN, ALICE), now=NOON)
    book = await made(db, tmp_path)
    assert book.sheetnames == ["Kudos", "Per person", "Values", "About"]
    assert sorted(row[1:6] for row in rows(book, "Kudos")) == [
        ("Alice", "Ben", "Billing", "=Team*", thanks.REASON),
        ("Alice", "Bob", "Billing", "=Team*", thanks.REASON),
        ("Bob", "Alice", "Billing", "Without a value", None),
    ]
    assert [row[:3] for row in rows(book, "Per person")] == [
        ("Alice", 2, 1),
        ("Ben", 0, 1),
        ("Bob", 1, 1),
    ]
    assert rows(book, "Values") == [("=Team*", 2), ("Without a value", 1)]
    assert {one.name for sheet in book for one in sheet.tables.values()} == {
        "Kudos",
        "People",
        "Values",
    }
    told = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert not [one for one in told if "LEAK" in one]


async def test_who_wants_no_thanks_to_be_seen_is_not_in_it(db: Database, tmp_path: Path) -> None:
    await thanks.thank(db, BOB, ALICE)
    await thanks.likes(db, ALICE, in_public=False)
    assert rows(await made(db, tmp_path), "Kudos") == []


async def test_only_those_who_lead_have_a_file_and_only_of_their_teams(db: Database) -> None:
    for person in (ALICE, OLGA, ADA, NOBODY, STRANGER):
        with pytest.raises(Denied):
            await reports.want(db, person, MARCH, key=person.id, now=NOON)
    for teams in ((BILLING,), (BILLING, SHIPPING)):
        with pytest.raises(Denied):
            await reports.want(db, CHARLIE, replace(MARCH, team_ids=teams), key="t", now=NOON)
    for person in (BOB, MARA, CHARLIE):
        await reports.want(db, person, MARCH, key=person.id, now=NOON)

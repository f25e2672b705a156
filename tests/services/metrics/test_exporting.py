"""Files with numbers: of the teams that somebody sees, and of the people that they lead, and of nobody else."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.errors import Denied
from bot.people import Person, system
from bot.rules.metrics.facts import Fact
from bot.rules.reports import About, Asked, Period
from bot.services import reports
from bot.services.metrics import keeping
from bot.workbooks import MetricsBook
from storage.database import Database
from tests import casebook
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.metrics.store import FIRST, begin, fact, roll, stage

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ASKED = Asked(MARCH, about=About.METRICS)
CLOCK = system(WORKSPACE)


def rated(key: str, day: date, good: int, of: int, person: str = "", **parts: int) -> Fact:
    return fact(key, day, person=person, hour=9, updated="", ratings_good=good, ratings=of, **parts)


SOME = (
    rated("1", FIRST, 8, 10, "Alice", contacts=10, waits=30, talk_seconds=2000, handled=10),
    rated("2", FIRST + timedelta(days=1), 1, 2, "Ben", contacts=2, waits=90),
    rated("3", FIRST + timedelta(days=8), 9, 9, "=Carol", contacts=9),
)


async def bring(db: Database, *facts: Fact, team_id: str = BILLING) -> None:
    import_ = await begin(db, feed=team_id, team_id=team_id)
    await stage(db, import_, facts)
    await keeping.go_live(db, CLOCK, import_, import_, now=NOON)


async def made(db: Database, folder: Path, person: Person = BOB, asked: Asked = ASKED) -> Any:
    """The file as openpyxl reads what is stored."""
    return load_workbook(await path_of(db, folder, person, asked), data_only=True)


async def path_of(db: Database, folder: Path, person: Person = BOB, asked: Asked = ASKED) -> Path:
    await reports.want(db, person, asked, key=f"{person.id}{asked}", now=NOON)
    job = await reports.begin(db, CLOCK, now=NOON)
    assert job
    path = folder / f"{person.id}.xlsx"
    book = MetricsBook(path, job.export.asked, job.teams, job.person, job.ids)
    for ids in job.batches:
        found, names = await reports.read(db, CLOCK, job, ids, now=NOON)
        book.add(found, names, now=NOON)
    book.finish(now=NOON)
    return path


def rows(book: Any, sheet: str) -> list[Mapping[str, Any]]:
    titles, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in found if any(row)]


def values(book: Any, sheet: str, metric: str = "CSAT") -> list[tuple[Any, ...]]:
    return [
        (
            row.get("Person") or row.get("Day") or row["Team"],
            row["Numerator"],
            row["Denominator"],
            row["Value"],
        )
        for row in rows(book, sheet)
        if row["Metric"] == metric
    ]


def people(book: Any, sheet: str) -> set[str]:
    """Nobody's sheet is not there at all."""
    return {row["Person"] for row in rows(book, sheet)} if sheet in book.sheetnames else set()


@pytest.fixture
async def floor(db: Database) -> Database:
    await casebook.set_up(db)
    await bring(db, *SOME)
    return db


@pytest.mark.parametrize("is_rolled", [True, False])
async def test_each_value_stands_with_what_it_is_made_of(
    floor: Database, tmp_path: Path, *, is_rolled: bool
) -> None:
    if is_rolled:
        await roll(floor)
    book = await made(floor, tmp_path, asked=Asked(MARCH, (BILLING,), About.METRICS))
    assert values(book, "Totals") == [("Billing", 18, 21, pytest.approx(18 / 21))]
    assert [row[1:3] for row in values(book, "By day")] == [(8, 10), (1, 2), (9, 9)]
    assert [row[1:3] for row in values(book, "By week")] == [(9, 12), (9, 9)]
    assert [row[1:3] for row in values(book, "By month")] == [(18, 21)]
    assert values(book, "By person") == [
        ("=Carol", 9, 9, 1),
        ("Alice", 8, 10, 0.8),
    ]
    [aht] = values(book, "Totals", "AHT")
    assert aht[1:3] == (2000, 10)
    assert aht[3] == timedelta(seconds=200)
    [first] = [row for row in rows(book, "Totals") if row["Metric"] == "First response time"]
    assert (first["Value"], first["Of how many"]) == (timedelta(seconds=60), 2)


async def test_people_are_only_for_who_leads_them_and_each_sees_themselves(
    floor: Database, tmp_path: Path
) -> None:
    everybody, agents = {"Alice", "Ben", "=Carol"}, {"Alice", "=Carol"}
    for person, seen in (
        (MARA, everybody),
        (BOB, agents),  # not of who leads beside him
        (BEN, everybody),
        (ALICE, {"Alice"}),
        (OLGA, set()),
        (ADA, set()),
    ):
        asked = Asked(MARCH, (BILLING,), About.METRICS)
        book = await made(floor, tmp_path, person, asked)
        for sheet in ("By person", "By person and month", "By person and day"):
            assert people(book, sheet) == seen
        assert [row[1:3] for row in values(book, "Totals")] == [(18, 21)]
        said = [str(row[1]) for row in book["About"].values]
        hidden = len(everybody) - len(seen)
        assert any(one.startswith(f"The numbers of {hidden} ") for one in said) == bool(hidden)


async def test_nobody_has_a_file_of_teams_that_are_not_theirs(floor: Database) -> None:
    with pytest.raises(Denied):
        await reports.want(floor, NOBODY, ASKED, key="nobody", now=NOON)
    for person in (CHARLIE, STRANGER):
        for teams in ((BILLING,), (BILLING, SHIPPING)):
            asked = Asked(MARCH, teams, About.METRICS)
            with pytest.raises(Denied):
                await reports.want(floor, person, asked, key=f"{teams}", now=NOON)

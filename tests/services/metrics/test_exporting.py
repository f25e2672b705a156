"""Files with numbers: of the teams that somebody sees, and of the people that they lead, and of nobody else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete

from bot.errors import Denied
from bot.people import Person, system
from bot.rules.metrics.alert.targets import Target
from bot.rules.metrics.look.sheets import SheetKey
from bot.rules.metrics.store.facts import Fact
from bot.rules.reports import About, Asked, Choice, Period
from bot.services import reports
from bot.services.metrics.store import keeping
from bot.workbooks import MetricsBook
from storage.database import Database
from storage.members import MemberRow
from storage.metrics import names, targets
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
APRIL = NOON + timedelta(days=30)


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
        found, names = await reports.read(db, CLOCK, job, ids, now=APRIL)
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


async def test_of_several_teams_there_is_also_the_whole(floor: Database, tmp_path: Path) -> None:
    await bring(floor, rated("1", FIRST, 1, 9, "Dan"), team_id=SHIPPING)
    book = await made(floor, tmp_path, ADA)
    assert [row[:3] for row in values(book, "Totals")] == [
        ("All teams in this file", 19, 30),
        ("Billing", 18, 21),
        ("Shipping", 1, 9),
    ]


async def test_only_what_was_chosen_is_in_it(floor: Database, tmp_path: Path) -> None:
    left_out = tuple(one for one in SheetKey if one is not SheetKey.TOTALS)
    asked = Asked(MARCH, (BILLING,), About.METRICS, Choice(kinds=("csat",), no_sheets=left_out))
    book = await made(floor, tmp_path, asked=asked)
    assert book.sheetnames == ["Totals", "Charts", "Definitions", "About"]
    assert [row["Metric"] for row in rows(book, "Totals")] == ["CSAT"]
    assert [row["Metric"] for row in rows(book, "Definitions")] == ["CSAT"]


async def test_numbers_are_told_apart_by_hour_and_label(floor: Database, tmp_path: Path) -> None:
    late = replace(rated("9", FIRST, 1, 1), hour=17, labels={"Shift": "=Late"})
    await bring(floor, *SOME, late)
    await roll(floor)
    book = await made(floor, tmp_path, asked=Asked(MARCH, (BILLING,), About.METRICS))
    hours = [row for row in rows(book, "By hour") if row["Metric"] == "CSAT"]
    assert [(row["Hour"], row["Numerator"]) for row in hours] == [("09:00", 18), ("17:00", 1)]
    labels = [row for row in rows(book, "By label") if row["Metric"] == "CSAT"]
    assert [(row["Label"], row["Numerator"]) for row in labels] == [("Shift: =Late", 1)]


async def test_whatever_a_column_is_taken_for_somebodys_numbers_are_theirs(
    floor: Database, tmp_path: Path
) -> None:
    one = rated("8", FIRST, 1, 1)
    theirs = replace(one, channel="Alice", topic="ben", labels={"Closed by": "=Carol"})
    night = {"Closed by": "the night"}
    nobodys = replace(one, key="9", channel="Chat", topic="Refunds", labels=night)
    await bring(floor, *SOME, theirs, nobodys)
    await roll(floor)
    for person in (OLGA, BOB):
        book = await made(floor, tmp_path, person, Asked(MARCH, (BILLING,), About.METRICS))
        for sheet, title, shown in (
            ("By channel", "Channel", "Chat"),
            ("By topic", "Topic", "Refunds"),
            ("By label", "Label", "Closed by: the night"),
        ):
            assert {row[title] for row in rows(book, sheet)} == {shown}


async def test_what_goes_on_is_what_it_was_at_the_end_of_each_time(
    db: Database, tmp_path: Path
) -> None:
    await casebook.set_up(db)
    days = [date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 9)]
    await bring(
        db,
        *(fact(f"{day}", day, created=5, resolved=number) for number, day in enumerate(days)),
    )
    book = await made(db, tmp_path, asked=Asked(MARCH, (BILLING,), About.METRICS))
    for sheet, wanted in (("By week", [9, 12]), ("By month", [12]), ("Totals", [12])):
        found = [row["Value"] for row in rows(book, sheet) if row["Metric"] == "Backlog"]
        assert found == wanted


async def test_the_target_is_the_one_of_the_lines_last_day(floor: Database, tmp_path: Path) -> None:
    target = Target(
        *(WORKSPACE, "t", "csat", BILLING, "", 80_000, FIRST, date(2026, 3, 6), BOB.id, NOON)
    )
    own = replace(target, id="o", person_id=ALICE.id, amount=70_000, last_day=None)
    async with floor.write(WORKSPACE) as tx:
        await targets.add(tx, target)
        await targets.add(tx, own)
    book = await made(floor, tmp_path, asked=Asked(MARCH, (BILLING,), About.METRICS))

    def aims(sheet: str) -> list[Any]:
        return [row["Target"] for row in rows(book, sheet) if row["Metric"] == "CSAT"]

    assert aims("By day") == [0.8, 0.8, None]
    assert aims("By person") == [None, 0.7]


async def test_several_names_of_one_person_are_one_line(floor: Database, tmp_path: Path) -> None:
    async with floor.write(WORKSPACE) as tx:
        [name_id] = (await names.known(tx, ["=Carol"])).values()
        assert await names.link(tx, name_id, ALICE.id, before="", by=BOB.id)
    book = await made(floor, tmp_path, asked=Asked(MARCH, (BILLING,), About.METRICS))
    assert values(book, "By person") == [("Alice", 17, 19, pytest.approx(17 / 19))]
    assert rows(book, "By person")[0]["Slack ID"] == ALICE.id


async def test_a_sheet_that_would_be_too_long_is_left_out_and_named(
    floor: Database, tmp_path: Path
) -> None:
    async with floor.write(WORKSPACE) as tx:
        await names.ensure(tx, [f"Name {number}" for number in range(50)])
    await bring(floor, *(rated(f"{n}", FIRST, 1, 1, f"Name {n}") for n in range(50)))
    two_years = Asked(Period(date(2025, 1, 1), date(2026, 12, 31)), (BILLING,), About.METRICS)
    await reports.want(floor, BOB, two_years, key="long", now=NOON)
    job = await reports.begin(floor, CLOCK, now=NOON)
    assert job
    assert job.ids[0].too_long == (SheetKey.PEOPLE_DAYS,)
    assert {one.sheet for one in job.ids} == set(SheetKey) - {SheetKey.PEOPLE_DAYS, SheetKey.LABELS}


async def test_while_numbers_are_being_added_up_the_file_waits(floor: Database) -> None:
    export = await reports.want(floor, BOB, ASKED, key="wait", now=NOON)
    job = await reports.begin(floor, CLOCK, now=NOON)
    assert job
    await reports.wait(floor, CLOCK, job.export, now=NOON)
    assert await reports.begin(floor, CLOCK, now=NOON) is None
    again = await reports.begin(floor, CLOCK, now=NOON + timedelta(minutes=1))
    assert again
    assert again.export.id == export.id
    with pytest.raises(Denied):
        await reports.wait(floor, BOB, job.export, now=NOON)


async def test_a_right_that_is_lost_meanwhile_counts(floor: Database) -> None:
    await reports.want(floor, ALICE, ASKED, key="lost", now=NOON)
    async with floor.write(WORKSPACE) as tx:
        await tx.execute(delete(MemberRow).where(MemberRow.person_id == ALICE.id))
    assert await reports.begin(floor, CLOCK, now=NOON) is None

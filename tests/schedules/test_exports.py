"""The loop that makes files: what it brings to Slack, what it does when Slack or a thread fails, and when it must stop."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.rules.delivery import Answer
from bot.rules.metrics.look.sheets import OF_PEOPLE
from bot.rules.reports import About, Asked, Choice, Period
from bot.rules.reports.choices import EVERYTHING
from bot.rules.reports.exports import MOST_TRIES
from bot.services import escalations, reports
from bot.services.metrics.store import numbers
from schedules.exports import Exporter
from storage.database import Database
from storage.exports import ExportRow
from storage.outbox import OutboxRow
from tests import casebook
from tests.casebook import DRAFT
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.clock import MovableClock
from tests.patience import PATIENT
from tests.services.metrics.store import bring, fact, roll

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))


@dataclass
class Shelf:
    """A Slack that takes files. `answers` are given by method before it takes anything; `books` are a column of each."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    books: list[list[str]] = field(default_factory=list)
    sheet: str = "Escalations"
    column: int = 2

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        self.calls.append((method, payload))
        if wrong := self.answers.get(method):
            return wrong.pop(0)
        if method == "conversations.open":
            return Answer(data={"channel": {"id": "D0BOB"}})
        number = len(self.calls)
        return Answer(data={"file_id": f"F{number}", "upload_url": f"https://up.example/{number}"})

    async def upload(self, url: str, path: Path, /) -> Answer:
        self.calls.append(("upload", {"url": url, "size": path.stat().st_size}))  # noqa: ASYNC240
        if wrong := self.answers.get("upload"):
            return wrong.pop(0)
        rows = load_workbook(path)[self.sheet].iter_rows(min_row=2, values_only=True)
        self.books.append([str(row[self.column]) for row in rows])
        return Answer()

    @property
    def methods(self) -> list[str]:
        return [method for method, _payload in self.calls]


@dataclass
class Works:
    db: Database
    slack: Shelf = field(default_factory=Shelf)
    clock: MovableClock = field(default_factory=MovableClock)

    def exporter(self) -> Exporter:
        return Exporter(self.db, self.clock, lambda _workspace: self.slack)

    async def want(self, key: str = "want") -> None:
        await reports.want(self.db, BOB, MARCH, key=key, now=self.clock.now())

    async def files(self) -> list[OutboxRow]:
        async with self.db.read(WORKSPACE) as tx:
            rows = select(OutboxRow).where(OutboxRow.file_title.is_not(None))
            return list(await tx.scalars(rows.order_by(OutboxRow.seq)))

    async def states(self) -> list[str]:
        async with self.db.read(WORKSPACE) as tx:
            return list(await tx.scalars(select(ExportRow.state)))


async def works(db: Database, *summaries: str) -> Works:
    await casebook.set_up(db)
    for number, summary in enumerate(summaries):
        draft = replace(DRAFT, summary=summary, ticket=str(number))
        await casebook.escalate(db, draft, key=str(number))
    return Works(db)


async def test_a_file_is_made_brought_and_handed_over(db: Database) -> None:
    here = await works(db, "Refund not received", "Parcel lost")
    await escalations.claim(db, BOB, 1, key="claim", now=NOON)
    await here.want()
    exporter = here.exporter()
    assert await exporter.make_all() == 1
    assert await exporter.make_all() == 0
    assert here.slack.methods == ["conversations.open", "files.getUploadURLExternal", "upload"]
    asked, brought = here.slack.calls[1][1], here.slack.calls[2][1]
    assert asked == {
        "filename": "escalations-2026-03-01-2026-03-31.xlsx",
        "length": brought["size"],
    }
    assert here.slack.books == [["Parcel lost", "Refund not received"]]
    [row] = await here.files()
    assert (row.marker, row.channel, row.words) == (
        "F2",
        "D0BOB",
        "2 escalations from Mar 1, 2026 to Mar 31, 2026.",
    )


async def test_nothing_to_list_is_a_file_as_well(db: Database) -> None:
    here = await works(db)
    await here.want()
    await here.exporter().make_all()
    assert here.slack.books == [[]]


async def test_when_slack_fails_at_any_step_it_is_made_again_and_handed_over_once(
    sqlite_url: str,
) -> None:
    db = Database(sqlite_url, PATIENT)
    here = await works(db, "Refund not received")
    await here.want()
    here.slack.answers = {
        "conversations.open": [Answer("http_503")],
        "files.getUploadURLExternal": [Answer("ratelimited", retry_after=30)],
        "upload": [Answer("no_answer")],
    }
    exporter, tries = here.exporter(), 0
    while not await here.files():
        tries += await exporter.make_all()
        here.clock.jump(minutes=1)
    assert tries == 4
    assert len(await here.files()) == 1
    await db.close()


async def test_a_file_that_breaks_is_put_off_and_does_not_stop_the_loop(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    here = await works(db, "Refund not received")
    await here.want()
    here.slack.answers = {"conversations.open": [Answer(data={})]}  # which nobody expects
    exporter = here.exporter()
    assert await exporter.make_all() == 1
    assert await here.states() == ["wanted"]
    here.clock.jump(minutes=1)
    await exporter.make_all()
    assert await here.states() == ["made"]
    await db.close()


async def test_a_loop_that_is_stopped_gives_back_what_it_has_begun(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    here = await works(db, "Refund not received")
    stop = asyncio.Event()
    stop.set()
    exporter = here.exporter()
    await exporter.run(stop)
    await here.want()
    await exporter.make_all()
    assert here.slack.calls == []
    assert await here.exporter().make_all() == 1
    assert len(await here.files()) == 1
    await db.close()


async def test_the_loop_is_woken_by_a_wish(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    here = await works(db, "Refund not received")
    stop, said, exporter = asyncio.Event(), asyncio.Event(), here.exporter()
    db.on_commit("delivery", said.set)
    running = asyncio.create_task(exporter.run(stop))
    await here.want()
    async with asyncio.timeout(10):
        await said.wait()
    assert len(await here.files()) == 1
    stop.set()
    await running
    assert not exporter.is_busy
    await db.close()


@pytest.mark.parametrize("choice", [EVERYTHING, Choice(no_sheets=tuple(OF_PEOPLE))])
async def test_numbers_that_are_still_added_up_are_waited_for_without_a_fault(
    db: Database, monkeypatch: pytest.MonkeyPatch, choice: Choice
) -> None:
    """Whether it is noticed as the file is begun, where people are looked for, or as it is read."""
    here = await works(db)
    here.slack.sheet, here.slack.column = "Totals", 1
    await bring(db, [fact("1", person="Alice", contacts=3)])
    asked = Asked(MARCH.period, (BILLING,), About.METRICS, choice)
    await reports.want(db, BOB, asked, key="want", now=here.clock.now())
    monkeypatch.setattr(numbers, "MOST_FRESH", 0)
    for _minute in range(MOST_TRIES + 1):
        await here.exporter().make_all()
        here.clock.jump(minutes=1)
    assert (await here.states(), here.slack.books) == (["wanted"], [])
    await roll(db)
    await here.exporter().make_all()
    assert (await here.states(), here.slack.books) == (["made"], [["Contacts"]])

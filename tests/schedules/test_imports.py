"""The loop that takes files in: what it asks Slack for, and what it does when Slack, the file or a process fails."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.rules.delivery import Answer
from bot.rules.metrics.importing.files import Trouble
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.services.metrics.importing import deciding, ending, looking
from bot.spreadsheets.limits import METRICS
from schedules import downloads
from schedules.imports import Importer
from storage.database import Database
from storage.metrics import turns
from storage.outbox import OutboxRow
from tests.cast import BOB, WORKSPACE
from tests.clock import MovableClock
from tests.services.floor import furnish
from tests.services.metrics.importing.exports import CALLS, GOOD, Desk, numbers_of

INFO: Mapping[str, Any] = {"url_private_download": "https://files.slack.com/x", "size": 100}


async def here(work: Callable[..., Iterable[Any]], *args: Any) -> AsyncIterator[Any]:
    """The work of the process apart, without one."""
    for one in work(*args):
        yield one


@dataclass
class Shelf:
    """A Slack that has one file, and takes reports. `wrong` are answers by method, given before any other."""

    text: str = GOOD
    info: Mapping[str, Any] = field(default_factory=lambda: INFO)
    wrong: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)

    async def call(self, method: str, _payload: Mapping[str, Any], /) -> Answer:
        self.calls.append(method)
        if self.wrong.get(method):
            return self.wrong[method].pop(0)
        if method == "files.info":
            return Answer(data={"file": self.info})
        if method == "conversations.open":
            return Answer(data={"channel": {"id": "D0BOB"}})
        return Answer(data={"file_id": "FREPORT", "upload_url": "https://up.example/1"})

    async def download(self, _url: str, path: Path, _most: int, /) -> Answer:
        self.calls.append("download")
        if self.wrong.get("download"):
            return self.wrong["download"].pop(0)
        path.write_text(self.text)  # noqa: ASYNC240
        return Answer()

    async def upload(self, _url: str, path: Path, /) -> Answer:
        self.calls.append("upload")
        self.reports.append(path.read_bytes())  # noqa: ASYNC240
        return Answer()


@dataclass
class Works:
    db: Database
    slack: Shelf = field(default_factory=Shelf)
    clock: MovableClock = field(default_factory=MovableClock)

    def __post_init__(self) -> None:
        self.desk = Desk(self.db, BOB, self.clock.now())
        self.importer = Importer(self.db, self.clock, lambda _id: self.slack, apart=here)

    async def take(self, text: str = GOOD, name: str = "calls.csv") -> Import:
        """Dropped, and looked through as far as it goes."""
        self.slack.text = text
        begun = await self.desk.drops(name)
        assert await self.importer.take_all() == 1
        return await self.desk.now(begun.id)

    async def start(self, import_: Import) -> Import:
        key, now = self.desk.key, self.clock.now()
        await deciding.start(self.db, BOB, import_.id, key=key, now=now)
        assert await self.importer.take_all() == 1
        return await self.desk.now(import_.id)

    async def files(self) -> list[OutboxRow]:
        async with self.db.read(WORKSPACE) as tx:
            rows = select(OutboxRow).where(OutboxRow.file_title.is_not(None))
            return list(await tx.scalars(rows))


async def works(db: Database) -> Works:
    await furnish(db)
    return Works(db)


async def test_a_file_is_fetched_looked_through_and_read(db: Database) -> None:
    at = await works(db)
    shown = await at.take()
    assert (shown.state, at.slack.calls) == (ImportState.ASKING, ["files.info", "download"])
    live = await at.start(shown)
    assert (live.state, live.done) == (ImportState.LIVE, 4)
    assert await numbers_of(db, "contacts") == 4
    assert at.slack.reports == []


async def test_what_cannot_be_read_is_reported_row_by_row(db: Database) -> None:
    at = await works(db)
    waiting = await at.start(await at.take(CALLS))
    assert waiting.state is ImportState.WAITING
    [file] = await at.files()
    assert (file.marker, file.file_title) == ("FREPORT", "import-calls-2026-03-02.xlsx")
    book = load_workbook(BytesIO(at.slack.reports[0]))
    rows = list(book["Lines left out"].iter_rows(values_only=True))
    assert rows[1] == (
        5,
        "Speed of answer in seconds",
        "=2+3",
        "This is not a length of time.",
    )
    cell = book["Lines left out"]["C2"]
    assert cell.data_type == "s"


async def test_without_the_scope_for_reports_the_card_says_the_most_important(db: Database) -> None:
    at = await works(db)
    shown = await at.take(CALLS)
    at.slack.wrong["files.getUploadURLExternal"] = [Answer("missing_scope")]
    waiting = await at.start(shown)
    assert waiting.state is ImportState.WAITING
    assert await at.files() == []
    assert waiting.found["outcome"]["rejects"][0][0] == 5


@pytest.mark.parametrize(
    ("method", "error", "trouble"),
    [
        ("files.info", "file_not_found", Trouble.GONE),
        ("files.info", "file_deleted", Trouble.GONE),
        ("files.info", "missing_scope", Trouble.NO_SCOPE),
        ("files.info", "invalid_arguments", Trouble.SLACK),
        ("download", "missing_scope", Trouble.NO_SCOPE),
        ("download", "file_not_found", Trouble.GONE),
        ("download", downloads.NOT_SLACKS, Trouble.ELSEWHERE),
        ("download", downloads.TOO_LARGE, Trouble.FILE),
    ],
)
async def test_what_slack_will_never_give_is_said_at_once(
    sqlite: Database, method: str, error: str, trouble: Trouble
) -> None:
    at = await works(sqlite)
    at.slack.wrong[method] = [Answer(error)]
    ended = await at.take()
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, trouble)


@pytest.mark.parametrize(
    ("info", "trouble"),
    [
        ({}, Trouble.GONE),
        ({"mode": "tombstone"}, Trouble.GONE),
        ({"is_external": True, "url_private": "https://drive.example/1"}, Trouble.ELSEWHERE),
        ({**INFO, "size": METRICS.size + 1}, Trouble.FILE),
    ],
)
async def test_what_slack_knows_of_it_decides_before_anything_is_fetched(
    sqlite: Database, info: Mapping[str, Any], trouble: Trouble
) -> None:
    at = await works(sqlite)
    at.slack.info = info
    ended = await at.take()
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, trouble)
    assert "download" not in at.slack.calls


@pytest.mark.parametrize("error", ["not_reached", "no_answer", "http_500", "ratelimited"])
async def test_when_slack_is_away_it_is_tried_again(sqlite: Database, error: str) -> None:
    at = await works(sqlite)
    at.slack.wrong["files.info"] = [Answer(error)]
    waiting = await at.take()
    assert waiting.state is ImportState.LOOKING
    assert await at.importer.take_all() == 0
    at.clock.jump(minutes=1)
    assert await at.importer.take_all() == 1
    assert (await at.desk.now(waiting.id)).state is ImportState.ASKING


async def test_however_long_slack_is_away_a_file_is_not_given_up_for_that(sqlite: Database) -> None:
    at = await works(sqlite)
    at.slack.wrong["files.info"] = [Answer("not_reached")] * 12
    waiting = await at.take()
    for _minutes in range(60):
        at.clock.jump(minutes=1)
        await at.importer.take_all()
    assert (await at.desk.now(waiting.id)).state is ImportState.ASKING


async def test_after_a_day_without_slack_it_says_so(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_AWAY", 2)
    at = await works(sqlite)
    at.slack.wrong["files.info"] = [Answer("not_reached")] * 9
    waiting = await at.take()
    for _minutes in range(9):
        at.clock.jump(minutes=1)
        await at.importer.take_all()
    ended = await at.desk.now(waiting.id)
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, Trouble.SLACK)


async def test_slack_says_how_long_to_wait(sqlite: Database) -> None:
    at = await works(sqlite)
    at.slack.wrong["download"] = [Answer("http_429", retry_after=40)]
    waiting = await at.take()
    assert waiting.not_before
    assert timedelta(seconds=39) < waiting.not_before - at.desk.at < timedelta(seconds=41)


async def test_a_file_that_is_no_table_is_refused_with_its_sentence(db: Database) -> None:
    at = await works(db)
    ended = await at.take("%PDF-1.7 \n", "numbers.csv")
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, Trouble.FILE)
    assert "PDF" in ended.found["refusal"]["message"]


async def test_a_fault_of_ours_is_tried_again_and_logged_without_the_file(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    at = await works(sqlite)

    async def broken(*_args: object) -> AsyncIterator[Any]:
        yield 1
        raise RuntimeError("boom")

    at.importer = Importer(sqlite, at.clock, lambda _id: at.slack, apart=broken)
    waiting = await at.take()
    assert waiting.state is ImportState.LOOKING
    assert "failed" in caplog.text
    assert "Diane" not in caplog.text


async def test_what_was_cancelled_is_cleared_away(db: Database) -> None:
    at = await works(db)
    waiting = await at.start(await at.take(CALLS))
    await ending.cancel(db, BOB, waiting.id, key="no", now=at.clock.now())
    assert await at.importer.take_all() == 0
    async with db.across() as connection:
        assert await turns.workspaces_to_clear(connection) == []


async def test_stopped_in_the_middle_it_is_given_back(sqlite: Database) -> None:
    at = await works(sqlite)
    shown = await at.take()
    await deciding.start(sqlite, BOB, shown.id, key="start", now=at.clock.now())
    stop = asyncio.Event()
    stop.set()
    await at.importer.run(stop)
    at.importer = Importer(sqlite, at.clock, lambda _id: at.slack, apart=here)
    assert await at.importer.take_all() == 1
    assert await numbers_of(sqlite, "contacts") == 4


async def test_who_stops_baton_does_not_wait_for_a_long_file(sqlite: Database) -> None:
    at = await works(sqlite)
    begun = asyncio.Event()

    async def endless(*_args: object) -> AsyncIterator[Any]:
        begun.set()
        await asyncio.Event().wait()
        yield None

    importer = Importer(sqlite, at.clock, lambda _id: at.slack, apart=endless)
    dropped = await at.desk.drops()
    stop = asyncio.Event()
    running = asyncio.create_task(importer.run(stop))
    await begun.wait()
    stop.set()
    await running
    at.clock.jump(seconds=1)
    assert await at.importer.take_all() == 1
    assert (await at.desk.now(dropped.id)).state is ImportState.ASKING

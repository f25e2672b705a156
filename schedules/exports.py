"""The loop that makes the files that people ask for: one at a time, batch by batch, written in a thread."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from logging import getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from bot.clock import Clock
from bot.errors import DatabaseGone
from bot.people import Person, system
from bot.rules.reports import About, Asked
from bot.rules.reports.exports import LEASE
from bot.rules.teams import Team
from bot.services import reports
from bot.services.delivery import Answer, Sender
from bot.services.metrics.store.numbers import StillCounting
from bot.services.reports import Job, Uploaded
from bot.views.reports.plain import Names
from bot.workbooks import CoachingBook, EscalationBook, KudosBook, MetricsBook, StandUpBook
from schedules.waiting import Rest
from storage.database import Database

log = getLogger(__name__)

POLL_SECONDS = 5.0
TOLD_EVERY = 2_000
"""What is listed from one sign of life to the next."""
TOLD_AFTER = LEASE / 4
"""The longest from one to the next, however slowly it goes."""


class Book(Protocol):
    """A file while it is written: filled batch by batch, and finished with what is known only at the end."""

    @property
    def listed(self) -> int: ...

    def add(self, found: Sequence[Any], names: Names, *, now: datetime) -> None: ...
    def finish(self, *, now: datetime) -> None: ...
    def close(self) -> None: ...


NewBook = Callable[[Path, Job, datetime], Book]
BOOKS: Mapping[About, NewBook] = {
    About.ESCALATIONS: lambda path, job, _now: EscalationBook(path, *_wanted(job)),
    About.STANDUPS: lambda path, job, _now: StandUpBook(path, *_wanted(job)),
    About.COACHING: lambda path, job, now: CoachingBook(path, job, now=now),
    About.KUDOS: lambda path, job, _now: KudosBook(path, *_wanted(job)),
    About.METRICS: lambda path, job, _now: MetricsBook(path, *_wanted(job), job.ids),
}


def _wanted(job: Job) -> tuple[Asked, Sequence[Team], Person]:
    return job.export.asked, job.teams, job.person


class Uploader(Sender, Protocol):
    """A workspace's way to Slack that can also bring a file there. Never raises for what Slack or the network do."""

    async def upload(self, url: str, path: Path, /) -> Answer: ...


class Exporter:
    """All workspaces' files. `uploaders` gives each workspace its way to Slack."""

    def __init__(self, db: Database, clock: Clock, uploaders: Callable[[str], Uploader]) -> None:
        self._db, self._clock, self._uploaders = db, clock, uploaders
        self._rest = Rest()
        self._stop = asyncio.Event()
        db.on_commit("exports", self._rest.wake)

    @property
    def is_busy(self) -> bool:
        """A file is being made, or could be."""
        return self._rest.is_busy

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. What is half made by then is given back, and made anew by whoever starts next."""
        self._stop = stop
        await self._rest.go_round(stop, self.make_all, POLL_SECONDS)

    async def make_all(self) -> int:
        """One file in each workspace where one is wanted. Returns how many were begun."""
        try:
            found = await reports.workspaces_wanting(self._db, now=self._clock.now())
            return sum([await self._make_next(system(one)) for one in found])
        except DatabaseGone as error:
            log.error("Exports wait for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("Exports could not look for work")
        return 0

    async def _make_next(self, clock: Person) -> bool:
        job = await reports.begin(self._db, clock, now=self._clock.now())
        if job is None:
            return False
        log.info("Export %s is begun, try %d", job.export.id, job.export.tries)
        try:
            await self._make(clock, job)
        except StillCounting:
            await reports.wait(self._db, clock, job.export, now=self._clock.now())
        except DatabaseGone:
            raise  # its lease runs out, and it is begun anew
        except Exception:
            log.exception("Export %s could not be made", job.export.id)
            await reports.fail(self._db, clock, job.export, now=self._clock.now())
        return True

    async def _make(self, clock: Person, job: Job) -> None:
        with TemporaryDirectory(prefix="baton-") as folder:
            path = Path(folder) / _name(job)
            book = await asyncio.to_thread(
                BOOKS[job.export.asked.about], path, job, self._clock.now()
            )
            try:
                is_ours = await self._fill(clock, job, book)
            finally:
                await asyncio.to_thread(book.close)
            if is_ours:
                await self._send(clock, job, path, book.listed)

    async def _fill(self, clock: Person, job: Job, book: Book) -> bool:
        """Write all there is. False if it was given back, or somebody else makes it by now."""
        done = told = 0
        told_at = self._clock.now()
        for ids in job.batches:
            if self._stop.is_set():
                await reports.give_back(self._db, clock, job.export, now=self._clock.now())
                return False
            found, names = await reports.read(self._db, clock, job, ids, now=self._clock.now())
            await asyncio.to_thread(book.add, found, names, now=self._clock.now())
            done += len(ids)
            now = self._clock.now()
            if done - told >= TOLD_EVERY or not told or now - told_at >= TOLD_AFTER:
                told, told_at = done, now
                if not await reports.go_on(self._db, clock, job.export, done, now=now):
                    return False
        await asyncio.to_thread(book.finish, now=self._clock.now())
        return True

    async def _send(self, clock: Person, job: Job, path: Path, listed: int) -> None:
        """Bring it to Slack, where nobody sees it yet, and hand it over. All of this may be done again."""
        slack = self._uploaders(clock.workspace_id)
        size = (await asyncio.to_thread(path.stat)).st_size
        opened = await slack.call("conversations.open", {"users": job.person.id})
        given = opened if opened.error else await _ask_address(slack, path.name, size)
        brought = given if given.error else await slack.upload(given.data["upload_url"], path)
        now = self._clock.now()
        if brought.error:
            log.warning("Slack did not take an export: %s", brought.error)
            await reports.put_off(self._db, clock, job.export, brought, now=now)
            return
        channel = str(opened.data["channel"]["id"])
        uploaded = Uploaded(str(given.data["file_id"]), channel, path.name, listed)
        await reports.hand_over(self._db, clock, job, uploaded, now=now)
        log.info("Export %s is made: %d bytes", job.export.id, size)


async def _ask_address(slack: Uploader, name: str, size: int) -> Answer:
    return await slack.call(reports.UPLOAD, {"filename": name, "length": size})


def _name(job: Job) -> str:
    asked = job.export.asked
    return f"{asked.about}-{asked.period.first}-{asked.period.last}.xlsx"

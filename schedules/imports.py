"""The loop that takes files with numbers in: looks them through, and reads them batch by batch, in a process apart."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from logging import getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar

from bot.clock import Clock
from bot.errors import DatabaseGone, Refused
from bot.people import Person, system
from bot.rules.metrics.importing.files import Batch, Outcome, Trouble
from bot.rules.metrics.importing.imports import ImportState
from bot.services.metrics.importing import files, looking, reading
from bot.services.metrics.importing.imported import decided_of
from bot.services.metrics.importing.looking import Job
from bot.services.metrics.store import rolling
from bot.spreadsheets.apart import read_apart
from schedules import fetching
from schedules.exports import Uploader
from schedules.fetching import Downloader, NotNow
from schedules.reports import send_report
from schedules.waiting import Rest
from storage.database import Database

log = getLogger(__name__)

POLL_SECONDS = 15.0
TOLD_EVERY = timedelta(seconds=3)
BEAT_SECONDS = 30.0
"""A sign of life while there is nothing to show yet; the lease is four times as long."""


T = TypeVar("T")


class Slack(Downloader, Uploader, Protocol):
    """A workspace's way to Slack, by which files come and go."""


Apart = Callable[..., AsyncIterator[Any]]
"""Does some work on a file in a process of its own: `bot.spreadsheets.apart.read_apart`, but for tests."""
Step = Callable[[Person, Job], Awaitable[None]]


@dataclass(slots=True)
class _Line:
    """One of the two kinds of work, which go on beside each other: a long file keeps nobody from a preview."""

    state: ImportState
    step: Step
    rest: Rest = field(default_factory=Rest)


class Importer:
    """All workspaces' files. `slacks` gives each workspace its way to Slack."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        slacks: Callable[[str], Slack],
        *,
        apart: Apart = read_apart,
    ) -> None:
        self._db, self._clock, self._slacks, self._apart = db, clock, slacks, apart
        self._lines = (
            _Line(ImportState.LOOKING, self._look),
            _Line(ImportState.READING, self._read),
        )
        self._stop = asyncio.Event()
        for line in self._lines:
            db.on_commit("imports", line.rest.wake)

    @property
    def is_busy(self) -> bool:
        """A file is being looked through or read, or could be."""
        return any(line.rest.is_busy for line in self._lines)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. What is half done by then is begun anew by whoever starts next."""
        self._stop = stop
        await asyncio.gather(*(self._run(line, stop) for line in self._lines))

    async def _run(self, line: _Line, stop: asyncio.Event) -> None:
        await line.rest.go_round(stop, lambda: self._take_all(line), POLL_SECONDS)

    async def take_all(self) -> int:
        """One of each kind in each workspace where one is wanted. Returns how many were begun."""
        return sum([await self._take_all(line) for line in self._lines])

    async def _take_all(self, line: _Line) -> int:
        try:
            found = await looking.workspaces_wanting(self._db, now=self._clock.now())
            begun = sum([await self._take_next(system(one), line) for one in found])
            if line.state is ImportState.READING:
                await self._tidy()
            return begun
        except DatabaseGone as error:
            log.error("Imports wait for the database: %s", error)  # noqa: TRY400
        except Exception:
            log.exception("Imports could not look for work")
        return 0

    async def _tidy(self) -> None:
        """What imports that are over have left, a day at a time; and what nobody has answered."""
        for one in await looking.workspaces_to_clear(self._db):
            while not self._stop.is_set() and await rolling.clear_next(self._db, system(one)):
                pass
        for one in await looking.workspaces_with_forgotten(self._db, now=self._clock.now()):
            await looking.forget(self._db, system(one), now=self._clock.now())

    async def _take_next(self, clock: Person, line: _Line) -> bool:
        job = await looking.begin(self._db, clock, line.state, now=self._clock.now())
        if job is None:
            return False
        log.info("Import %s is begun, try %d", job.import_.id, job.import_.tries)
        try:
            async with self._alive(clock, job):
                await line.step(clock, job)
        except DatabaseGone:
            raise  # its lease runs out, and it is begun anew
        except Refused as refused:
            await self._refuse(clock, job, Trouble.FILE, refused)
        except NotNow as answer:
            pause = None if answer.seconds is None else timedelta(seconds=answer.seconds)
            await self._wait(clock, job, pause)
        except fetching.Never as never:
            await self._refuse(clock, job, never.trouble)
        except Exception:
            log.exception("Import %s failed", job.import_.id)
            await looking.put_off(self._db, clock, job.import_, now=self._clock.now())
        return True

    async def _refuse(
        self, clock: Person, job: Job, trouble: Trouble, refused: Refused | None = None
    ) -> None:
        await looking.refuse(self._db, clock, job, trouble, refused, now=self._clock.now())

    async def _wait(self, clock: Person, job: Job, pause: timedelta | None) -> None:
        now = self._clock.now()
        await looking.wait(self._db, clock, job.import_, now=now, pause=pause)

    @asynccontextmanager
    async def _alive(self, clock: Person, job: Job) -> AsyncIterator[None]:
        """Nobody else begins it while the file comes, or is looked through."""
        beating = asyncio.create_task(self._beat(clock, job))
        try:
            yield
        finally:
            beating.cancel()

    async def _beat(self, clock: Person, job: Job) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            with suppress(DatabaseGone):  # the work itself says so
                await looking.still_there(self._db, clock, job.import_, now=self._clock.now())

    async def _look(self, clock: Person, job: Job) -> None:
        with TemporaryDirectory(prefix="baton-") as folder:
            path = await self._fetch(clock, job, Path(folder))
            digest = await asyncio.to_thread(_digest, path)
            work = self._apart(files.look, str(path), job.sheet, job.team.zone)
            async with aclosing(work) as found:  # type: ignore[type-var] # an async generator
                looked = await self._unless_stopped(anext(found))
        await looking.looked(self._db, clock, job, looked, digest, now=self._clock.now())

    async def _read(self, clock: Person, job: Job) -> None:
        import_ = job.import_
        if not await reading.clear_staged(self._db, clock, import_, now=self._clock.now()):
            return
        with TemporaryDirectory(prefix="baton-") as folder:
            path = await self._fetch(clock, job, Path(folder))
            mapping = decided_of(import_).mapping
            work = self._apart(files.read, str(path), job.looked_at, mapping, import_.digest)
            async with aclosing(work) as batches:  # type: ignore[type-var] # an async generator
                outcome = await self._put(clock, job, batches)
            if outcome is None:
                return
            await reading.name_nobodys(self._db, clock, outcome)
            slack = self._slacks(clock.workspace_id)
            report = await send_report(slack, job, outcome, Path(folder), now=self._clock.now())
        await reading.finish(self._db, clock, job, outcome, report, now=self._clock.now())
        log.info("Import %s is read: %d lines", import_.id, outcome.lines)

    async def _put(self, clock: Person, job: Job, batches: AsyncIterator[Batch]) -> Outcome | None:
        """All of it into the store. None if it is given back, or is not wanted any more."""
        whose, outcome = await reading.teams_of(self._db, clock, job), Outcome()
        told: datetime | None = None
        async for batch in batches:
            now = self._clock.now()
            if self._stop.is_set():
                await self._wait(clock, job, timedelta(0))
                return None
            outcome.add(batch)
            is_time = told is None or now - told >= TOLD_EVERY
            told = now if is_time else told
            step = reading.Step(batch.facts, outcome.lines, is_told=is_time)
            if not await reading.put(self._db, clock, job.import_, step, whose, now=now):
                return None
        return outcome

    async def _fetch(self, clock: Person, job: Job, folder: Path) -> Path:
        slack = self._slacks(clock.workspace_id)
        return await self._unless_stopped(fetching.fetch(slack, job.import_, folder))

    async def _unless_stopped(self, work: Awaitable[T]) -> T:
        """What takes long and has changed nothing yet: who stops Baton does not wait for it."""
        doing, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({doing, stop}, return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                return doing.result()
        finally:
            stop.cancel()
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
        raise NotNow("stopped", 0)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Files as people export them, imports of them step by step, and what comes of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from bot.people import Person
from bot.rules.metrics.importing.files import Batch, Outcome
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.services.metrics.importing import bringing, deciding, files, looking, reading
from bot.services.metrics.importing.bringing import Dropped
from bot.services.metrics.importing.imported import decided_of
from bot.services.metrics.importing.looking import Job
from bot.services.metrics.store import numbers
from storage.database import Database
from storage.metrics import imports
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.store import CLOCK

CALLS = """Call Id;Agent;Date;Time;Topic;Answered (Y/N);Resolved;Speed of answer in seconds;AvgTalkDuration;Satisfaction rating;Mood
ID0001;Diane;2026-02-02;09:12:58;Contract related;Y;Y;109;00:02:23;3;calm
ID0002;Becky;2026-02-02;09:20:00;Technical Support;Y;N;70;00:04:02;3;angry
ID0003;Stewart;2026-02-03;09:47:31;Contract related;N;N;;;;calm
ID0004;Diane;2026-02-03;10:01:00;Payment;Y;Y;=2+3;00:00:30;5;calm
"""
GOOD = CALLS.replace("=2+3", "5")
KEYLESS = "\n".join(line.partition(";")[2] for line in GOOD.splitlines()) + "\n"
Content = str | Workbook
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@dataclass
class Desk:
    """Where somebody imports files. Each step has a request of its own."""

    db: Database
    person: Person = BOB
    at: datetime = NOON
    steps: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))

    @property
    def key(self) -> str:
        return f"step:{self.person.id}:{next(self.steps)}"

    async def drops(self, name: str = "calls.csv") -> Import:
        [begun] = await bringing.bring(
            self.db, self.person, [Dropped("F1", name)], key=self.key, now=self.at
        )
        return begun

    async def shows(self, text: Content, name: str = "calls.csv") -> Import:
        """Dropped and looked through: the preview is there."""
        begun = await self.drops(name)
        job = await looking.begin(self.db, CLOCK, ImportState.LOOKING, now=self.at)
        assert job
        await self.looks(job, text)
        return await self.now(begun.id)

    async def looks(self, job: Job, text: Content) -> bool:
        with as_file(text) as path:
            [found] = files.look(str(path), job.sheet, job.team.zone)
        return await looking.looked(self.db, CLOCK, job, found, digest_of(text), now=self.at)

    async def starts(self, import_id: str) -> Job:
        """Import is pressed, and Baton begins."""
        await deciding.start(self.db, self.person, import_id, key=self.key, now=self.at)
        job = await looking.begin(self.db, CLOCK, ImportState.READING, now=self.at)
        assert job
        return job

    async def reads(self, job: Job, text: Content) -> Outcome:
        """All of it, up to where nothing of it counts yet."""
        assert await reading.clear_staged(self.db, CLOCK, job.import_, now=self.at)
        whose, outcome = await reading.teams_of(self.db, CLOCK, job), Outcome()
        for batch in batches(job, text):
            outcome.add(batch)
            step = reading.Step(batch.facts, outcome.lines, is_told=True)
            assert await reading.put(self.db, CLOCK, job.import_, step, whose, now=self.at)
        await reading.name_nobodys(self.db, CLOCK, outcome)
        return outcome

    async def imports(self, text: Content, name: str = "calls.csv") -> Import:
        """From the beginning to the end."""
        shown = await self.shows(text, name)
        job = await self.starts(shown.id)
        outcome = await self.reads(job, text)
        await reading.finish(self.db, CLOCK, job, outcome, None, now=self.at)
        self.at += timedelta(minutes=1)
        return await self.now(shown.id)

    async def now(self, import_id: str) -> Import:
        async with self.db.read(WORKSPACE) as tx:
            found = await imports.find(tx, import_id)
        assert found
        return found


def batches(job: Job, text: Content) -> list[Batch]:
    mapping = decided_of(job.import_).mapping
    with as_file(text) as path:
        return list(files.read(str(path), job.looked_at, mapping, job.import_.digest))


async def numbers_of(db: Database, part: str, *, team_id: str = BILLING) -> float:
    """What a sum comes to, over the year."""
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [team_id], FIRST, LAST)
    return sum(row.bundle.amount(part) or 0 for row in rows)


def digest_of(content: Content) -> str:
    return sha256(content.encode() if isinstance(content, str) else b"a workbook").hexdigest()


@contextmanager
def as_file(content: Content) -> Iterator[Path]:
    """As long as it is looked at."""
    with TemporaryDirectory() as folder:
        if isinstance(content, str):
            path = Path(folder) / "file.csv"
            path.write_text(content)
        else:
            path = Path(folder) / "file.xlsx"
            content.save(path)
        yield path

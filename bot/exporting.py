"""`baton export coaching`, `kudos` and `metrics`: the file that a named person could have in Slack, with their rights."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import databases
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone, Refused
from bot.people import system
from bot.rules.reports import About, Asked, Choice, Period, problems
from bot.services import reports, upkeep
from bot.services.reports import Job
from bot.settings import Settings
from schedules.exports import BOOKS, TOLD_EVERY
from storage.database import Database
from storage.sealing import CannotOpen

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the operator wrote. `who` is a Slack id or a name; `team` and `workspace` may be empty."""

    about: About
    who: str
    first: date
    last: date
    out: Path
    team: str = ""
    workspace: str = ""
    kinds: tuple[str, ...] = ()
    """Of coaching notes; of numbers which metrics, by their keys."""


async def export(chosen: Settings, typed: Typed, clock: Clock, tell: Tell) -> int:
    """Write the file, and return how much is listed in it. Raises CannotStart with one line for what is in the way.

    `tell` hears how far it has come.
    """
    for refused in problems(typed.first, typed.last).values():
        raise CannotStart(str(refused))
    if typed.out.exists():
        raise CannotStart(f"{typed.out} is there already. Choose another name, or take it away.")
    async with databases.opened(chosen) as db:
        try:
            return await _export(db, typed, clock, tell)
        except DatabaseGone as error:
            raise CannotStart(databases.line(error)) from None
        except (Refused, CannotOpen) as error:
            raise CannotStart(str(error)) from None
        except OSError as error:
            raise CannotStart(f"{typed.out} cannot be written: {error.strerror}.") from None


async def _export(db: Database, typed: Typed, clock: Clock, tell: Tell) -> int:
    operator = system(reports.workspace_of(await upkeep.known_workspaces(db), typed.workspace))
    asked = Asked(
        Period(typed.first, typed.last), about=typed.about, choice=Choice(kinds=typed.kinds)
    )
    job = await reports.begin_by_command(
        db, operator, typed.who, asked, team=typed.team, now=clock.now()
    )
    # Nobody else may read it, not even while it is written.
    with TemporaryDirectory(prefix=".baton-", dir=typed.out.absolute().parent) as folder:
        path = Path(folder) / "export.xlsx"
        listed = await _fill(db, job, path, clock, tell)
        await asyncio.to_thread(_put, path, typed.out)
    await reports.end_by_command(db, operator, job, now=clock.now())
    return listed


async def _fill(db: Database, job: Job, path: Path, clock: Clock, tell: Tell) -> int:
    operator, total, done = system(job.export.workspace_id), job.export.total, 0
    book = await asyncio.to_thread(BOOKS[job.export.asked.about], path, job, clock.now())
    try:
        for ids in job.batches:
            now = clock.now()
            found, names = await reports.read(db, operator, job, ids, now=now)
            await asyncio.to_thread(book.add, found, names, now=now)
            told, done = done // TOLD_EVERY, done + len(ids)
            if done // TOLD_EVERY > told:
                tell(f"{done:,} of {total:,} so far")
        await asyncio.to_thread(book.finish, now=clock.now())
    finally:
        await asyncio.to_thread(book.close)
    return book.listed


def _put(path: Path, out: Path) -> None:
    path.chmod(0o600)
    path.replace(out)

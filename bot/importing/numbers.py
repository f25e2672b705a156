"""`baton import metrics FILE`: a file with numbers, read at the machine and not by way of Slack."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from pathlib import Path

from bot import databases
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone, Refused
from bot.people import Person, system
from bot.rules.metrics.importing.asking.typed import Answers, answers
from bot.rules.metrics.importing.files import Batch, Decided, Outcome
from bot.rules.zones import is_zone
from bot.services import reports, upkeep
from bot.services.metrics.importing import commanding, files, reading
from bot.services.metrics.importing.commanding import File
from bot.services.metrics.importing.files import Looked
from bot.services.metrics.importing.looking import Job
from bot.settings import Settings
from bot.spreadsheets.apart import read_apart
from bot.text import Text
from bot.views.metrics.importing import lines
from storage.database import Database

Tell = Callable[[str], None]
TOLD_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What the operator wrote. `zone` and `workspace` may be empty, and `sheet` for the one that looks most like a table."""

    file: Path
    team: str
    zone: str = ""
    is_trial: bool = False
    without_rejected: bool = False
    workspace: str = ""
    sheet: str = ""
    answers: Sequence[str] = ()
    date: str = ""
    is_yes: bool = False


class Ended(IntEnum):
    """How it ended, as a shell is told."""

    WELL = 0
    NOT = 1
    ASKING = 2
    """Something is open that only a person can say."""


async def import_numbers(chosen: Settings, typed: Typed, clock: Clock, tell: Tell) -> Ended:
    """Whether it is in the numbers now, or would be. Raises CannotStart with one line for what is in the way."""
    if typed.zone and not is_zone(typed.zone):
        raise CannotStart(f"{typed.zone} is no time zone. Write one such as Europe/Berlin.")
    async with databases.opened(chosen) as db:
        try:
            return await _import(db, typed, clock, tell, said=_answers(typed))
        except DatabaseGone as error:
            raise CannotStart(databases.line(error)) from None
        except Refused as error:
            raise CannotStart(str(error)) from None
        except OSError as error:
            raise CannotStart(f"{typed.file} cannot be read: {error.strerror}.") from None


def _answers(typed: Typed) -> Answers:
    try:
        day = date.fromisoformat(typed.date) if typed.date else None
    except ValueError:
        raise CannotStart(f"{typed.date} is no day. Write one such as 2026-03-31.") from None
    return answers(typed.answers, day=day, is_yes=typed.is_yes)


async def _import(db: Database, typed: Typed, clock: Clock, tell: Tell, *, said: Answers) -> Ended:
    operator = system(reports.workspace_of(await upkeep.known_workspaces(db), typed.workspace))
    team = await commanding.team_named(db, operator, typed.team)
    zone = typed.zone or team.zone
    digest = await asyncio.to_thread(_digest, typed.file)
    found = await _look(typed, zone)
    looked = replace(found, look=found.look.named(typed.file.name))
    file = File(typed.file.name, digest, looked)
    settled = await commanding.decide(db, operator, team, file, said, zone=zone, now=clock.now())
    decided = settled.decided
    for line in lines.taken_for(looked.look, settled, Text()):
        tell(line)
    if settled.left:
        return Ended.ASKING
    if decided.mapping.problems():
        return Ended.NOT
    if typed.is_trial:
        outcome = await _read(typed, looked.look.sheet, decided, digest)
        return Ended.WELL if _told(outcome, typed, tell) else Ended.NOT
    job = await commanding.begin_by_command(db, operator, team, file, decided, now=clock.now())
    outcome = await _put(db, operator, job, typed, clock, tell)
    is_wanted = _told(outcome, typed, tell)
    await commanding.end_by_command(
        db, operator, job, outcome, is_wanted=is_wanted, now=clock.now()
    )
    return Ended.WELL if is_wanted else Ended.NOT


async def _look(typed: Typed, zone: str) -> Looked:
    async with aclosing(read_apart(files.look, str(typed.file), typed.sheet, zone)) as found:
        return await anext(found)


def _batches(typed: Typed, sheet: str, decided: Decided, digest: str) -> AsyncIterator[Batch]:
    return read_apart(files.read, str(typed.file), sheet, decided.mapping, digest)


async def _read(typed: Typed, sheet: str, decided: Decided, digest: str) -> Outcome:
    outcome = Outcome()
    async with aclosing(_batches(typed, sheet, decided, digest)) as batches:  # type: ignore[type-var] # an async generator
        async for batch in batches:
            outcome.add(batch)
    return outcome


async def _put(
    db: Database, operator: Person, job: Job, typed: Typed, clock: Clock, tell: Tell
) -> Outcome:
    import_, outcome = job.import_, Outcome()
    decided = Decided.unpack(import_.asked["decided"])
    whose = await reading.teams_of(db, operator, job)
    async with aclosing(_batches(typed, job.looked_at, decided, import_.digest)) as batches:  # type: ignore[type-var] # an async generator
        async for batch in batches:
            told = outcome.lines // TOLD_EVERY
            outcome.add(batch)
            step = reading.Step(batch.facts, outcome.lines)
            if not await reading.put(db, operator, import_, step, whose, now=clock.now()):
                raise CannotStart("Somebody else ended this import. Please run it again.")
            if outcome.lines // TOLD_EVERY > told:
                tell(f"{outcome.lines:,} of {import_.total:,} lines so far")
    await reading.name_nobodys(db, operator, outcome)
    return outcome


def _told(outcome: Outcome, typed: Typed, tell: Tell) -> bool:
    """Say what came of it, and whether it is good enough."""
    is_wanted = bool(outcome.good) and (typed.without_rejected or not outcome.rejected)
    for line in lines.came_of(outcome, Text(), is_wanted=is_wanted, is_trial=typed.is_trial):
        tell(line)
    return is_wanted


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

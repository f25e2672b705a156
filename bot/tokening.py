"""`baton tokens new`, `list` and `revoke`: the tokens of programs that send numbers, with the rights of a named admin."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import databases
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone, FormProblems, Refused
from bot.people import Person, system
from bot.rules.metrics.program.programs import Made, ProgramDraft, ProgramSeen
from bot.services import reports, upkeep
from bot.services.metrics.program import by_command
from bot.settings import Settings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Typed:
    """What the operator wrote: whose rights, a Slack id or a name; and the workspace, which may be empty."""

    who: str
    workspace: str = ""


async def make(
    chosen: Settings, typed: Typed, draft: ProgramDraft, team: str, clock: Clock
) -> Made:
    """Raises CannotStart with one line for what is in the way, as all of these do."""
    async with _opened(chosen, typed) as (db, operator):
        return await by_command.make(db, operator, typed.who, draft, team=team, now=clock.now())


async def list_all(chosen: Settings, typed: Typed) -> Sequence[ProgramSeen]:
    async with _opened(chosen, typed) as (db, operator):
        return await by_command.list_programs(db, operator, typed.who)


async def revoke(chosen: Settings, typed: Typed, program_id: str, clock: Clock) -> None:
    async with _opened(chosen, typed) as (db, operator):
        await by_command.revoke(db, operator, typed.who, program_id, now=clock.now())


@asynccontextmanager
async def _opened(chosen: Settings, typed: Typed) -> AsyncIterator[tuple[Database, Person]]:
    async with databases.opened(chosen) as db:
        try:
            known = await upkeep.known_workspaces(db)
            yield db, system(reports.workspace_of(known, typed.workspace))
        except DatabaseGone as error:
            raise CannotStart(databases.line(error)) from None
        except FormProblems as error:
            raise CannotStart(str(next(iter(error.problems.values())))) from None
        except Refused as error:
            raise CannotStart(str(error)) from None

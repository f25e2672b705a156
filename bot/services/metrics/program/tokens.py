"""Programs that send numbers: made and taken back by admins, and let in by their tokens."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.metrics.program import programs
from bot.rules.metrics.program.programs import Made, Program, ProgramDraft, ProgramSeen
from bot.rules.teams import Team, Workspace, name_key
from bot.services.people import as_first_admin
from bot.services.transaction import heard_once
from bot.text import _
from storage import teams, workspaces
from storage.database import Database, Tx
from storage.metrics import imports, tokens

SECRET_BYTES = 32
Also = Callable[[Tx, Program], Awaitable[None]]
"""What else happens in the same transaction."""
ONLY_ADMINS = _("Only Baton's admins can let programs send numbers. `/baton` says who they are.")
TEAM_GONE = _("That team is gone. Please choose another one.")
GONE = _("That token does not work any more. Please open the list again.")


async def list_programs(db: Database, person: Person) -> Sequence[ProgramSeen]:
    """Those that are let in, the newest first. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        await _check_admin(tx, person)
        called = {one.id: one.name for one in await teams.list_all(tx)}
        return [ProgramSeen(one, called.get(one.team_id, "")) for one in await tokens.working(tx)]


async def check_may_make(db: Database, person: Person) -> None:
    """Before the form is opened. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        await _check_admin(tx, person)


async def find_teams(db: Database, person: Person, typed: str) -> list[Team]:
    """The teams with these words in their name, for who may let a program in. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        await _check_admin(tx, person)
        found = await teams.list_all(tx)
    return [one for one in found if name_key(typed) in name_key(one.name)]


async def make(
    db: Database,
    person: Person,
    draft: ProgramDraft,
    *,
    key: str,
    now: datetime,
    also: Also | None = None,
) -> Made:
    """Let a program in. Raises Denied, or FormProblems by field. What else happens with it is in `also`."""
    token = programs.written(person.workspace_id, token_urlsafe(SECRET_BYTES))
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await _check_admin(tx, person)
        if found := programs.problems(draft):
            raise FormProblems(found)
        team = await teams.find(tx, draft.team_id)
        if team is None:
            raise FormProblems({"team": Refused(TEAM_GONE)})
        await workspaces.lock(tx)
        if (count := await tokens.count(tx)) >= programs.MOST:
            raise FormProblems({"name": Refused(programs.TOO_MANY, count=count)})
        feed_id = await imports.feed(tx, draft.feed, "http")
        made = Program(
            tx.workspace_id, "", draft.name, feed_id, draft.feed, team.id, person.id, now
        )
        kept = await tokens.add(tx, made, programs.digest_of(token))
        if also:
            await also(tx, kept)
        return Made(kept, team, token)


async def revoke(
    db: Database,
    person: Person,
    program_id: str,
    *,
    key: str,
    now: datetime,
    also: Also | None = None,
) -> None:
    """It is let in no more; what it brought stays. Raises Denied, or Refused if it was not let in before."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await _check_admin(tx, person)
        if not await tokens.revoke(tx, program_id, now=now):
            raise Refused(GONE)
        gone = await tokens.find(tx, program_id) if also else None
        if also and gone:
            await also(tx, gone)


async def let_in(db: Database, token: str) -> Program | None:
    """Whose token that is, if it works. The workspace that it names is only where it is looked for."""
    workspace_id = programs.workspace_of(token)
    if workspace_id is None:
        return None
    async with db.read(workspace_id) as tx:
        if await workspaces.find(tx) is None:
            return None
        found = await tokens.of_digest(tx, programs.digest_of(token))
    return found if found and found.revoked_at is None else None


async def note_use(tx: Tx, program: Program, *, now: datetime) -> Program:
    """It was used, as exactly as that is noted."""
    if program.was_used(now):
        return program
    await tokens.note_use(tx, program.id, now=now)
    return replace(program, used_at=now)


async def _check_admin(tx: Tx, person: Person) -> None:
    admin = await as_first_admin(tx, person)
    check_may(admin, Permission.METRICS_TOKENS, Workspace(person.workspace_id), ONLY_ADMINS)

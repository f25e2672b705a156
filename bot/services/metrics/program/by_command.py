"""The tokens of programs at Baton's own machine: with the rights of a named admin, and all admins hear of it in Slack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.metrics.program.programs import Made, Program, ProgramDraft, ProgramSeen
from bot.rules.teams import Workspace
from bot.services.metrics.program import tokens
from bot.services.reports import person_called, team_called
from bot.text import Text
from bot.views.metrics import programs as views
from storage import outbox, people, teams
from storage.base import new_id
from storage.database import Database, Tx
from storage.outbox import Note


async def list_programs(db: Database, operator: Person, who: str) -> Sequence[ProgramSeen]:
    """Those that are let in, the newest first. Raises Denied, and Refused if nobody is called so."""
    return await tokens.list_programs(db, await _person(db, operator, who))


async def make(
    db: Database, operator: Person, who: str, draft: ProgramDraft, *, team: str, now: datetime
) -> Made:
    """Let a program in, for the team of this name. Raises Denied, FormProblems, and Refused if nobody or no team is called so."""
    person = await _person(db, operator, who)
    async with db.read(operator.workspace_id) as tx:
        named = replace(draft, team_id=(await team_called(tx, team)).id)
    told = partial(_tell, by=person, is_new=True, now=now)
    return await tokens.make(db, person, named, key=new_id(), now=now, also=told)


async def revoke(
    db: Database, operator: Person, who: str, program_id: str, *, now: datetime
) -> None:
    """It is let in no more. Raises Denied, and Refused if nobody is called so, or it was not let in."""
    person = await _person(db, operator, who)
    told = partial(_tell, by=person, is_new=False, now=now)
    await tokens.revoke(db, person, program_id, key=new_id(), now=now, also=told)


async def _person(db: Database, operator: Person, who: str) -> Person:
    check_may(operator, Permission.CLOCK_RUN, Workspace(operator.workspace_id), ONLY_THE_CLOCK)
    async with db.read(operator.workspace_id) as tx:
        return await person_called(tx, who)


async def _tell(tx: Tx, program: Program, *, by: Person, is_new: bool, now: datetime) -> None:
    """Whoever can type at the machine can name any admin: so none of them is left without knowing."""
    team = await teams.find(tx, program.team_id)
    admins = {*await people.admins(tx), by.id}
    profiles = await people.profiles(tx, admins)
    what = "made" if is_new else "revoked"
    for one in sorted(profiles):
        t = Text(profiles[one].locale) if profiles[one].locale else Text()
        said = views.told(program, team.name if team else "", by.id, t, is_new=is_new)
        await outbox.say(tx, Note(f"metrics:token:{program.id}:{what}:{one}", one, said), now=now)

"""Many people at once: a roster is imported whole or not at all, and the same one again changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Stale
from bot.people import Person, Role
from bot.permissions import Permission, check_may
from bot.rules.roster.directory import Directory
from bot.rules.roster.lines import parse
from bot.rules.roster.planning import Known, Plan, Seat, is_open, make_plan, warnings
from bot.rules.roster.report import Entry, Report
from bot.rules.teams import Workspace
from bot.services import shift_ends
from bot.services.coaching import leaving
from bot.services.kudos import timing as kudos
from bot.services.people import ONLY_ADMINS
from bot.services.teams import CHANGED_MEANWHILE, say_hello
from storage import members, people, teams
from storage.base import new_id
from storage.database import Database, Tx


async def import_people(
    db: Database,
    person: Person,
    rows: Sequence[Sequence[str]],
    directory: Directory,
    *,
    now: datetime,
    is_trial: bool = False,
) -> Report:
    """Bring teams and roles up to what the rows say, in one transaction. A trial says what would happen, and saves nothing.

    Raises Denied, or Refused if the rows are no roster at all. What is wrong with single rows is in the report.
    """
    opened = db.read if is_trial else db.write
    async with opened(person.workspace_id) as tx:
        whole = Workspace(person.workspace_id)
        check_may(person, Permission.ROSTER_IMPORT, whole, ONLY_ADMINS)
        known = Known(person.workspace_id, await teams.list_all(tx), await members.everyone(tx))
        plan = make_plan(parse(rows), directory, known)
        report = await _report(tx, plan, known, directory)
        if not (plan.problems or is_trial):
            await _carry_out(tx, plan, directory, now=now)
    return replace(report, is_trial=is_trial)


async def _carry_out(tx: Tx, plan: Plan, directory: Directory, *, now: datetime) -> None:
    await people.save(tx, *plan.profiles)
    gaining = {key for key, _role, _person in plan.added}
    for key, planned in plan.teams.items():
        team = planned if planned.id else replace(planned, id=new_id())
        if not planned.id:
            await teams.add(tx, team)
        elif (planned in plan.changed or key in gaining) and not await teams.change(tx, team):
            raise Stale(CHANGED_MEANWHILE)
        for role in Role:
            ids = [one for to_team, to_role, one in plan.added if (to_team, to_role) == (key, role)]
            await members.add(tx, team.id, role, ids)
        await shift_ends.replan(tx, team.id, now=now)
        await kudos.look_again(tx, team.id, now=now)
        await leaving.heed(tx, team.id, now=now)
        if planned in (*plan.created, *plan.changed) and is_open(directory, team.leads_channel):
            await say_hello(tx, team, now=now)
    tx.wakes.add("people")


async def _report(tx: Tx, plan: Plan, known: Known, directory: Directory) -> Report:
    if plan.problems:
        return Report(problems=plan.problems)
    seats = known.seats() | set(plan.added)
    leading = {key for key, role, _person in seats if role is Role.LEAD}
    names = {one.id: one.called for one in plan.profiles}
    strangers = [person_id for _key, _role, person_id in plan.absent]
    names |= {one.id: one.called for one in (await people.profiles(tx, strangers)).values()}

    def entry(seat: Seat) -> Entry:
        key, role, person_id = seat
        return Entry(plan.teams[key].name, role, names.get(person_id, person_id))

    return Report(
        created=plan.created,
        changed=plan.changed,
        added=tuple(map(entry, plan.added)),
        unchanged=plan.unchanged,
        absent=tuple(map(entry, plan.absent)),
        warnings=tuple(warnings(plan, directory, leading)),
    )

"""Many shifts at once: a list is imported whole or not at all, and the same one again changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.roster.directory import Directory
from bot.rules.shifts import Change, Override, Pattern, Span
from bot.rules.shifts.drafts import FAR
from bot.rules.shifts.imported import Added, ImportReport
from bot.rules.shifts.lines import parse
from bot.rules.shifts.planning import LONGEST, Known, Plan, make_plan
from bot.rules.teams import Workspace, name_key
from bot.services.people import ONLY_ADMINS
from bot.services.shift_ends import replan
from storage import people, shifts, teams
from storage.base import new_id
from storage.database import Database, Tx


async def import_shifts(
    db: Database,
    person: Person,
    rows: Sequence[Sequence[str]],
    directory: Directory,
    *,
    now: datetime,
    team: str = "",
    is_trial: bool = False,
) -> ImportReport:
    """Add what the rows say and is not there yet, in one transaction. A trial says what would happen.

    `team` counts where a row names none. Raises Denied, or Refused if the rows are no list of shifts at all; what is
    wrong with single rows is in the report.
    """
    opened = db.read if is_trial else db.write
    async with opened(person.workspace_id) as tx:
        whole = Workspace(person.workspace_id)
        check_may(person, Permission.SHIFT_IMPORT, whole, ONLY_ADMINS)
        lines = parse(rows, team)
        known = await _known(tx, {name_key(one["team"]) for one in lines.rows}, now)
        plan = make_plan(lines, directory, known, now=now)
        report = await _report(tx, plan, known)
        if not (plan.problems or is_trial):
            await _carry_out(tx, plan, person, now=now)
    return replace(report, is_trial=is_trial)


async def _known(tx: Tx, names: set[str], now: datetime) -> Known:
    named = [one for one in await teams.list_all(tx) if name_key(one.name) in names]
    around = Span(now - FAR - LONGEST, now + FAR + LONGEST)
    stretches = {
        (one.team_id, one.person_id, one.starts_at, one.ends_at)
        for team in named
        for one in await shifts.list_overrides(tx, team.id, around)
        if one.change is Change.ADD
    }
    return Known(
        named,
        {one.id: await shifts.members(tx, one.id) for one in named},
        await shifts.list_patterns(tx, *(one.id for one in named)),
        frozenset(stretches),
    )


async def _carry_out(tx: Tx, plan: Plan, person: Person, *, now: datetime) -> None:
    for pattern in plan.patterns:
        await shifts.add_pattern(tx, replace(pattern, id=new_id()))
    made = [replace(one, id=new_id(), made_by=person.id, made_at=now) for one in plan.overrides]
    await shifts.add_overrides(tx, *made, now=now)
    for team_id in sorted({one.team_id for one in plan.patterns} | {one.team_id for one in made}):
        await replan(tx, team_id, now=now)


async def _report(tx: Tx, plan: Plan, known: Known) -> ImportReport:
    if plan.problems:
        return ImportReport(problems=plan.problems)
    named = {one.id: one for one in known.teams}
    ids = {one for pattern in plan.patterns for one in pattern.people}
    ids |= {one.person_id for one in plan.overrides}
    names = {one.id: one.called for one in (await people.profiles(tx, ids)).values()}

    def added(shift: Pattern | Override) -> Added:
        who = shift.people if isinstance(shift, Pattern) else (shift.person_id,)
        team = named[shift.team_id]
        return Added(team.name, tuple(names.get(one, one) for one in who), shift, team.zone)

    everything: list[Pattern | Override] = [*plan.patterns, *plan.overrides]
    return ImportReport(added=tuple(map(added, everything)), unchanged=plan.unchanged)

"""Baton reads a file: batch by batch into the store, where nothing counts, and then all at a stroke or not yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.people import Person
from bot.rules.metrics.importing.files import Belongs, Decided, Outcome, Trouble
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import Fact
from bot.rules.teams import name_key
from bot.services.metrics.importing.imported import (
    ALREADY,
    OUTCOME,
    decided_of,
    finding,
    look_of,
    same_live,
    teams_for,
    tell,
)
from bot.services.metrics.importing.looking import Job, check_clock, end
from bot.services.metrics.importing.replacing import count
from bot.services.metrics.store import keeping
from bot.services.metrics.store.keeping import Overtaken
from storage import outbox, teams
from storage.database import Database, Tx
from storage.metrics import facts as stored
from storage.metrics import imports, names, turns
from storage.outbox import File


@dataclass(slots=True)
class Teams:
    """Whose the lines of one file are. `by_person` grows with the names that are met."""

    team_id: str
    belongs: Belongs
    by_name: Mapping[str, str] = field(default_factory=dict)
    team_ids: frozenset[str] = frozenset()
    by_person: dict[str, str] = field(default_factory=dict)

    async def of(self, tx: Tx, facts: Sequence[Fact]) -> Belonging:
        if self.belongs is Belongs.COLUMN:
            return Belonging(self.team_id, self.by_name)
        if self.belongs is Belongs.PEOPLE:
            await self._learn(tx, {one.person for one in facts if one.person})
            return Belonging(self.team_id, {}, self.by_person)
        return Belonging(self.team_id)

    async def _learn(self, tx: Tx, called: set[str]) -> None:
        """A person of several teams that may be imported for is of none that can be told."""
        ids = await names.ensure(tx, called)
        new = set(ids.values()) - self.by_person.keys()
        for name_id, named in (await names.get_all(tx, new)).items():
            found = await teams.find_of_person(tx, named.person_id) if named.person_id else []
            mine = [one.id for one in found if one.id in self.team_ids]
            self.by_person[name_id] = mine[0] if len(mine) == 1 else self.team_id


async def teams_of(db: Database, clock: Person, job: Job) -> Teams:
    """Of which teams the lines can be: only of those that who brought it may import for."""
    check_clock(clock)
    async with db.read(clock.workspace_id) as tx:
        return await lines_of(tx, job.person, job.import_, decided_of(job.import_))


async def lines_of(tx: Tx, person: Person, import_: Import, decided: Decided) -> Teams:
    """The same for any import. The operator may import for all teams."""
    allowed = await teams.list_all(tx) if person.is_system else await teams_for(tx, person)
    by_name = {name_key(one.name): one.id for one in allowed}
    ids = frozenset(one.id for one in allowed)
    return Teams(import_.team_id, decided.belongs, by_name, ids)


async def clear_staged(db: Database, clock: Person, import_: Import, *, now: datetime) -> bool:
    """What an earlier try has left counts for nothing. False if somebody else has it by now."""
    check_clock(clock)
    while True:
        async with db.write(clock.workspace_id) as tx:
            if not await turns.go_on(tx, import_, done=0, total=import_.total, now=now):
                return False
            days = await stored.days_of(tx, import_.number)
            if not days:
                return True
            # One at a time: others may write after each.
            await stored.clear_away(tx, import_.number, days[0])


@dataclass(frozen=True, slots=True)
class Step:
    """Some facts more. `done` lines are read with them; `is_told`: who waits is told how far it has come."""

    facts: Sequence[Fact]
    done: int
    is_told: bool = False


async def put(
    db: Database, clock: Person, import_: Import, step: Step, whose: Teams, *, now: datetime
) -> bool:
    """The facts of some lines. False if somebody else has it by now, or it is not wanted any more."""
    check_clock(clock)
    zone = decided_of(import_).mapping.zone
    async with db.write(clock.workspace_id) as tx:
        if not await turns.go_on(tx, import_, done=step.done, total=import_.total, now=now):
            return False
        belonging = await whose.of(tx, step.facts)
        await keeping.put(tx, import_, step.facts, belonging, zone=zone)
        if step.is_told:
            await tell(tx, import_, now=now)
    return True


async def name_nobodys(db: Database, clock: Person, outcome: Outcome) -> None:
    """Which names are nobody's yet."""
    check_clock(clock)
    async with db.read(clock.workspace_id) as tx:
        ids = await names.known(tx, outcome.names)
        found = await names.get_all(tx, ids.values())
    nobodys = sorted(one.name for one in found.values() if not one.person_id)
    outcome.nobodys, outcome.nameless = nobodys, len(nobodys)


async def finish(
    db: Database,
    clock: Person,
    job: Job,
    outcome: Outcome,
    report: File | None,
    *,
    now: datetime,
) -> bool:
    """All is read. With lines that could not be, a person decides; else it counts. False if it is somebody else's."""
    check_clock(clock)
    before = job.import_
    outcome.has_report = report is not None
    after = replace(finding(before, **{OUTCOME: outcome.packed()}), done=outcome.lines)
    if outcome.rejected or not outcome.good:
        return await _wait(db, clock, after, before, report, now=now)
    async with db.read(clock.workspace_id) as tx:
        # The same file came twice, and the other one was faster.
        same = await same_live(tx, before, before.digest, look_of(before).sheet)
    if same:
        async with db.write(clock.workspace_id) as tx:
            known = finding(before, **{ALREADY: same.id})
            return await end(tx, known, Trouble.ALREADY, now=now, before=before)

    async def reported(tx: Tx, _live: Import) -> None:
        if report:
            await outbox.say(tx, report, now=now)

    try:
        await count(db, job.person, before, after, now=now, also=reported)
    except Overtaken:
        return False
    return True


async def _wait(
    db: Database,
    clock: Person,
    after: Import,
    before: Import,
    report: File | None,
    *,
    now: datetime,
) -> bool:
    async with db.write(clock.workspace_id) as tx:
        waiting = replace(after, state=ImportState.WAITING)
        if not await imports.save(tx, waiting, before):
            return False
        await tell(tx, waiting, now=now)
        if report:
            await outbox.say(tx, report, now=now)
    return True

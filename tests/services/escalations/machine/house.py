"""A database and a clock of its own, in which people act, time passes and processes die; every step is checked."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

from bot.app import FIRE
from bot.errors import DatabaseGone, Refused
from bot.people import Person
from bot.permissions import may
from bot.rules import escalations as rules
from bot.rules.absences import Absence, Kind
from bot.rules.escalations import PERMISSIONS, Escalation
from bot.rules.escalations.listings import Filter, Listing
from bot.rules.people import Profile
from bot.rules.policies import Policy
from bot.services import escalations, ticking
from storage import absences, people, policies, teams
from storage.database import Database
from tests.cast import STRANGER, WORKSPACE
from tests.patience import PATIENT
from tests.services.escalations.machine import laws
from tests.services.escalations.machine.acts import ACTS, Act, Ask, draft
from tests.services.escalations.machine.deaths import Died, dying
from tests.services.escalations.machine.floor import ACTORS, Floor, a_team, furnish
from tests.services.escalations.machine.looks import Look, look
from tests.services.escalations.machine.owed import Kept
from tests.services.escalations.machine.requests import Came, same, tried

MOST_TURNS = 3000
"""More often no clock rings in three days, though a critical case that reaches nobody is tried every ten minutes."""


class House:
    """`now` only moves on. The database is opened anew by each new process. It is sound when the last check found nothing."""

    def __init__(self, url: str, now: datetime) -> None:
        self.url, self.now = url, now
        self.db = Database(url, PATIENT)
        self.floor = Floor()
        self.seen = Look()
        self.heard: set[str] = set()
        self.begun: dict[int, Kept] = {}
        self.kept: dict[int, tuple[int, Kept]] = {}
        self.is_sound = False
        self._keys = count()

    async def open(self) -> None:
        await furnish(self.db)
        await self.check()

    async def restart(self) -> None:
        """Another process goes on with the same database."""
        await self.db.close()
        self.db = Database(self.url, PATIENT)

    # What people do.

    async def raises(self, person: Person, team_id: str, seed: int, how: str, turn: int) -> None:
        async def act(ask: Ask) -> Escalation:
            return await escalations.escalate(
                ask.db,
                ask.person,
                team_id,
                draft(ask.chance, ask.now),
                key=ask.key,
                now=ask.now,
                anyway=ask.chance.random() < 0.8,
            )

        await self._request(act, self._ask(person, 0, seed), how, turn)

    async def acts(
        self, name: str, person: Person, number: int, seed: int, how: str, turn: int
    ) -> None:
        action, act = ACTS[name]
        before = self.seen.cases[number]
        ask = self._ask(person, number, seed)
        came = await self._request(act, ask, how, turn)
        if came is Came.DONE:
            assert may(person, PERMISSIONS[action], before), "Somebody did what they may not."

    async def race(
        self, number: int, runners: Sequence[tuple[str, Person, int]], *, tick: bool
    ) -> None:
        """Several at once on the same case; with a tick, in the moment in which one of its alarms is due."""
        if tick:
            self.now = max(self.now, min(self._alarms_of(number), default=self.now))
        asks = [(ACTS[name][1], self._ask(who, number, seed)) for name, who, seed in runners]
        doing: list[Awaitable[object]] = [tried(act, ask) for act, ask in asks]
        if tick:
            doing.append(ticking.fire_due(self.db, WORKSPACE, FIRE, self.now))
        came = await asyncio.gather(*doing)
        assert not {Came.GONE, Came.DIED} & set(came), "They stood in each other's way."
        self.now += ticking.BUSY_FOR
        await self.check()

    async def twice_at_once(self, name: str, person: Person, number: int, seed: int) -> None:
        """One request comes twice in one moment."""
        ask = self._ask(person, number, seed)
        act = ACTS[name][1]
        came = await asyncio.gather(tried(act, ask), tried(act, ask))
        assert came.count(Came.DONE) <= 1
        await self.check()

    def likely(self, number: int) -> list[tuple[str, list[Person]]]:
        """What can be done to this case now, and who may."""
        case = self.seen.cases[number]
        possible = {one.id: rules.possible(one, case) for one in self.actors}
        found = [
            (name, [one for one in self.actors if action in possible[one.id]])
            for name, (action, _act) in ACTS.items()
        ]
        return [(name, who) for name, who in found if who]

    @property
    def actors(self) -> list[Person]:
        return [one for one in ACTORS if one.id not in self.floor.left]

    def _alarms_of(self, number: int) -> list[datetime]:
        return [at for (case, _kind), at in self.seen.alarms.items() if case == number]

    # What happens around them.

    async def goes_away(self, person: Person, hours: float) -> None:
        start, end = self.now, self.now + timedelta(hours=hours)
        away = Absence(WORKSPACE, uuid4().hex, person.id, Kind.SICK, start, end)
        async with self.db.write(WORKSPACE) as tx:
            await absences.add(tx, away)
        self.floor.away.append((person.id, start, end))

    async def leaves_or_returns(self, person: Person) -> None:
        """Their account is switched off, or on again."""
        leaves = person.id not in self.floor.left
        profile = Profile(
            person.id,
            name=person.name,
            zone=person.zone,
            locale=person.locale,
            is_deleted=leaves,
            updated=int(self.now.timestamp()),
        )
        async with self.db.write(WORKSPACE) as tx:
            await people.save(tx, profile)
            tx.wakes.add("people")
        self.floor.left ^= {person.id}

    async def sets_policy(self, policy: Policy | None, policy_id: str) -> None:
        """A policy is made, made anew, or taken out."""
        async with self.db.write(WORKSPACE) as tx:
            known = self.floor.policies.pop(policy_id, None)
            if policy is None:
                assert known is None or await policies.remove(tx, known)
            elif known is None:
                await policies.add(tx, policy)
            else:
                policy = replace(policy, version=known.version)
                assert await policies.change(tx, policy)
            tx.wakes.add("people")
        if policy is not None:
            version = known.version + 1 if known else policy.version
            self.floor.policies[policy_id] = replace(policy, version=version)

    async def sets_hours(self, team_id: str, hours: str) -> None:
        async with self.db.write(WORKSPACE) as tx:
            team = await teams.get(tx, team_id)
            assert await teams.change(tx, a_team(team_id, hours, team.version))
            tx.wakes.add("people")

    # How time passes.

    async def time_passes(self, until: datetime) -> None:
        """The tick never sleeps: everything happens in its moment."""
        for _ in range(MOST_TURNS):
            due = min(self.seen.alarms.values(), default=None)
            if due is None or due > until:
                break
            self.now = max(self.now, due)
            await self.tick()
        else:
            raise AssertionError("The clock does not come to rest.")
        self.now = max(self.now, until)

    async def sleeps(self, until: datetime) -> None:
        """Nothing runs for hours; then everything that was due is found at once."""
        self.now = until
        await self.tick()

    async def tick(self, how: str = "plain", turn: int = 0) -> None:
        """All that is due now. A process that dies on the way is followed by another."""
        if how in {"dies", "gone"}:
            came = Came.DONE
            try:
                with dying(self.db, turn, gone=how == "gone"):
                    await self._fire_all()
            except Died:
                came = Came.DIED
            except DatabaseGone:
                came = Came.GONE
            if came is Came.DIED:
                await self.restart()
        await self._fire_all()
        await self.check(after_a_tick=True)
        assert all(at > self.now for at in self.seen.alarms.values()), "Something due stays."

    async def _fire_all(self) -> None:
        for _ in range(MOST_TURNS):
            if not await ticking.fire_due(self.db, WORKSPACE, FIRE, self.now):
                return
        raise AssertionError("The tick does not come to rest.")

    # What must be true.

    async def check(self, *, after_a_tick: bool = False) -> Look:
        before, self.is_sound = self.seen, False
        found = await look(self.db, before)
        for case in found.cases.values():
            laws.check_case(case)
        laws.check_alarms(found)
        lines = list(laws.lines_of(found, self.kept, self.floor))
        for number, events in found.timelines.items():
            case = found.cases[number]
            beginning = self.begun.setdefault(number, rules.as_kept(case))
            laws.check_timeline(case, events, beginning)
            laws.check_sight(case, ACTORS)
            self.kept[number] = case.version, rules.as_kept(case)
        laws.check_said(found, lines, self.heard)
        if after_a_tick:
            laws.check_once_and_in_order(before.alarms, lines, self.floor)
        self.heard |= {one.key for one in found.notes}
        self.seen, self.is_sound = found, True
        return found

    async def check_sight(self) -> None:
        """Everybody looks at every case, and at their lists."""
        for person in ACTORS:
            for number, case in self.seen.cases.items():
                assert await self._sees(person, number) is laws.is_in_chain(person, case)
                stranger = replace(STRANGER, id=person.id, workspace_id="T0ELSEWHERE")
                assert not await self._sees(stranger, number)
            for listing in Listing:
                wanted = Filter(listing)
                shelf = await escalations.list_cases(self.db, person, wanted, now=self.now)
                assert all(laws.is_in_chain(person, one) for one in shelf.leaf.items)

    async def _sees(self, person: Person, number: int) -> bool:
        try:
            await escalations.see(self.db, person, number)
        except Refused:
            return False
        return True

    # How a request comes.

    def _ask(self, person: Person, number: int, seed: int) -> Ask:
        return Ask(self.db, person, number, f"key-{next(self._keys)}", self.now, seed)

    async def _request(self, act: Act, ask: Ask, how: str, turn: int) -> Came:
        """Once; or twice; or it dies on the way, and comes again since nobody acknowledged it."""
        before = self.seen
        if how in {"dies", "gone"}:
            with dying(self.db, turn, gone=how == "gone"):
                came = await tried(act, ask)
            if came in {Came.DIED, Came.GONE}:
                await self.restart()
                await self._unchanged(before)
                came = await tried(act, replace(ask, db=self.db))
        else:
            came = await tried(act, ask)
        if came is Came.DONE and how == "unacknowledged":
            await self.restart()
        await self.check()
        if came is Came.REFUSED:
            same(before, self.seen)
        if how in {"twice", "unacknowledged"}:
            await self._again(act, replace(ask, db=self.db), came)
        return came

    async def _again(self, act: Act, ask: Ask, came: Came) -> None:
        again = await tried(act, ask)
        assert again is (Came.HEARD_BEFORE if came is Came.DONE else came)
        await self._unchanged(self.seen)

    async def _unchanged(self, before: Look) -> None:
        await self.check()
        same(before, self.seen)

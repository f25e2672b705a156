"""The acts of a month, done through Baton's services."""

from dataclasses import replace
from datetime import datetime
from functools import singledispatchmethod
from itertools import count
from zoneinfo import ZoneInfo

from bot.people import Person, Role, system
from bot.rules.absences import Draft
from bot.rules.shifts import Change, Override
from bot.rules.standups import Said, StandUp
from bot.rules.standups.answers import Draft as AnswersDraft
from bot.rules.standups.drafts import settings_draft_of
from bot.services import absences, people, shift_ends, teams
from bot.services.standups import ahead, answering, setting
from storage import absences as stored_absences
from storage import members
from storage import people as stored_people
from storage import shifts as stored_shifts
from storage import standups as stored
from storage.database import Database
from tests.cast import ADA, WORKSPACE
from tests.services.standups.month.acts import (
    Act,
    Edits,
    IsAway,
    IsBack,
    IsDeactivated,
    Joins,
    Leaves,
    MovesTo,
    Says,
    Switches,
    Works,
)
from tests.services.standups.month.rows import person_id, profile, schedule

SLACK = system(WORKSPACE)
DRAFT = AnswersDraft({"focus": Said("Parcels")})


class Doing:
    """Does one act after the other. Whoever runs the floor does what leads do."""

    def __init__(self, db: Database) -> None:
        self.db, self.now = db, datetime.min  # noqa: DTZ901 - nothing is done before `do`
        self._keys = count()
        self._people: dict[str, Person] = {}
        self.rounds: dict[tuple[str, datetime | None], str] = {}
        """Their ids, by stand-up and the time at which they opened."""

    async def do(self, act: Act, now: datetime) -> None:
        self.now = now
        if not isinstance(act, Says):
            self._people.clear()
        await self._do(act)

    @property
    def key(self) -> str:
        return f"act-{next(self._keys)}"

    async def person(self, name: str) -> Person:
        if name not in self._people:
            async with self.db.read(WORKSPACE) as tx:
                self._people[name] = await stored_people.get(tx, person_id(name))
        return self._people[name]

    @singledispatchmethod
    async def _do(self, act: object) -> None:
        raise NotImplementedError(act)

    @_do.register
    async def _joins(self, act: Joins) -> None:
        await self._set_members(act.team, person_id(act.person), Role(act.role))

    @_do.register
    async def _leaves(self, act: Leaves) -> None:
        await self._set_members(act.team, person_id(act.person), None)

    async def _set_members(self, team_id: str, who: str, role: Role | None) -> None:
        async with self.db.read(WORKSPACE) as tx:
            chosen = await members.chosen(tx, team_id)
            known = await stored_people.profiles(
                tx, {one for ids in chosen.values() for one in ids}
            )
        left = {who, *(one.id for one in known.values() if one.is_deleted)}
        by_role = {
            one: [other for other in ids if other not in left] for one, ids in chosen.items()
        }
        if role:
            by_role.setdefault(role, []).append(who)
        ada = await self.person("ada")
        await teams.set_members(self.db, ada, team_id, by_role, key=self.key, now=self.now)

    @_do.register
    async def _is_deactivated(self, act: IsDeactivated) -> None:
        gone = profile(act.person, "", self.now, is_deleted=True)
        await people.save_profiles(self.db, SLACK, [gone], now=self.now)

    @_do.register
    async def _moves(self, act: MovesTo) -> None:
        moved = profile(act.person, act.zone, self.now)
        await people.save_profiles(self.db, SLACK, [moved], now=self.now)

    @_do.register
    async def _is_away(self, act: IsAway) -> None:
        person = await self.person(act.person)
        start, end = (one.astimezone(ZoneInfo(person.zone)) for one in (act.start, act.end))
        draft = Draft(person.id, "sick", start.date(), end.date(), start.time(), end.time())
        await absences.add(self.db, person, draft, key=self.key, now=self.now)

    @_do.register
    async def _is_back(self, act: IsBack) -> None:
        person = await self.person(act.person)
        async with self.db.read(WORKSPACE) as tx:
            found = await stored_absences.of_people(tx, [person.id], since=self.now)
        for one in found:
            await absences.remove(self.db, person, one, key=self.key, now=self.now)

    @_do.register
    async def _works(self, act: Works) -> None:
        """As the form does it, but for times that no form can say: those of the nights when clocks change."""
        change = act.override
        made = Override(
            self.key,
            act.team,
            Change.REPLACE if change.instead_of else Change.ADD,
            person_id(change.person),
            change.start,
            change.end,
            person_id(change.instead_of) if change.instead_of else None,
            ADA.id,
            self.now,
        )
        async with self.db.write(WORKSPACE) as tx:
            await stored_shifts.add_overrides(tx, made, now=self.now)
            await shift_ends.replan(tx, act.team, now=self.now)

    @_do.register
    async def _edits(self, act: Edits) -> None:
        ada, standup, seen = await self._seen(act.standup)
        draft = settings_draft_of(replace(standup, schedule=schedule(act.plan)))
        await setting.change_settings(self.db, ada, seen, draft, key=self.key, now=self.now)

    @_do.register
    async def _switches(self, act: Switches) -> None:
        ada, _standup, seen = await self._seen(act.standup)
        await setting.switch(self.db, ada, seen, is_active=act.on, key=self.key, now=self.now)

    async def _seen(self, standup_id: str) -> tuple[Person, StandUp, setting.Seen]:
        async with self.db.read(WORKSPACE) as tx:
            found = await stored.find(tx, standup_id)
        assert found
        seen = setting.Seen(found.team_id, found.id, found.version)
        return await self.person("ada"), found, seen

    @_do.register
    async def _says(self, act: Says) -> None:
        person = await self.person(act.person)
        if act.opens is None:
            await self._says_ahead(person, act)
        elif act.how == "out":
            await ahead.out_today(self.db, person, key=self.key, now=self.now)
        else:
            round_id = self.rounds[act.standup, act.opens]
            if act.how == "answer":
                await answering.answer(self.db, person, round_id, DRAFT, key=self.key, now=self.now)
            else:
                click = {"same": answering.nothing_new, "skip": answering.skip}[act.how]
                await click(self.db, person, round_id, key=self.key, now=self.now)

    async def _says_ahead(self, person: Person, act: Says) -> None:
        seen = await ahead.see_ahead(self.db, person, now=self.now)
        day = next(one.day for one in seen.next if one.standup_id == act.standup)
        named = (self.db, person, act.standup, day)
        if act.how == "early":
            await ahead.answer_ahead(*named, DRAFT, key=self.key, now=self.now)
        else:
            await ahead.skip_ahead(*named, key=self.key, now=self.now)

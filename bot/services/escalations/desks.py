"""Who takes a team's escalations, remembered for a minute, so that opening and sending a form need not look it up.

Whoever changes teams or members here wakes "people", which forgets all of it at once; another process sees it after
the minute. A case that is raised meanwhile goes where the team's cases went a minute ago.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from bot.people import Person, Role
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from storage import teams
from storage.database import Database, Tx

REMEMBERED = timedelta(minutes=1)
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Desk:
    """A team, and the ids of its leads."""

    team: Team
    leads: tuple[str, ...]


class Desks:
    """What one database said a moment ago."""

    def __init__(self, db: Database) -> None:
        self._desks: dict[tuple[str, str], tuple[datetime, Desk]] = {}
        self._choices: dict[tuple[str, str], tuple[datetime, tuple[Team, ...]]] = {}
        self._changes = 0
        db.on_commit("people", self._forget)

    async def get(self, tx: Tx, team_id: str, *, now: datetime) -> Desk:
        """Raises Refused if there is no such team."""
        key = (tx.workspace_id, team_id)
        until, desk = self._desks.get(key, (None, None))
        if until and desk and now < until:
            return desk
        changes = self._changes
        team = await teams.get(tx, team_id)
        leads = await teams.members(tx, team_id, Role.LEAD)
        await load_holidays(team)
        desk = Desk(team, tuple(dict.fromkeys(one.person_id for one in leads)))
        if changes == self._changes:
            self._make_room()
            self._desks[key] = (now + REMEMBERED, desk)
        return desk

    def known_choice(self, person: Person, *, now: datetime) -> tuple[Team, ...]:
        """The teams that this person could choose from a moment ago; none if that is not remembered."""
        until, found = self._choices.get((person.workspace_id, person.id), (None, ()))
        return found if until and now < until else ()

    async def choice(self, tx: Tx, person: Person, *, now: datetime) -> tuple[Team, ...]:
        """The person's own teams, or all of them for somebody in none."""
        changes = self._changes
        found = tuple(await teams.find_of_person(tx, person.id) or await teams.list_all(tx))
        await load_holidays(*found)
        if changes == self._changes and found:
            self._make_room()
            self._choices[person.workspace_id, person.id] = (now + REMEMBERED, found)
        return found

    def _make_room(self) -> None:
        for remembered in (self._desks, self._choices):
            if len(remembered) >= MOST_REMEMBERED:
                remembered.clear()

    def _forget(self) -> None:
        self._changes += 1
        self._desks.clear()
        self._choices.clear()


_of_databases: WeakKeyDictionary[Database, Desks] = WeakKeyDictionary()


def desks_of(db: Database) -> Desks:
    """The memory that belongs to this database, and goes when it does."""
    if db not in _of_databases:
        _of_databases[db] = Desks(db)
    return _of_databases[db]

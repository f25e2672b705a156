"""Who takes a team's escalations, remembered for a minute, so that opening and sending a form need not look it up.

Whoever changes teams or members here wakes "people", which forgets all of it at once; another process sees it after
the minute. A case that is raised meanwhile goes where the team's cases went a minute ago.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from bot.people import Person, Role
from bot.rules.policies import Policy
from bot.rules.shifts import Next, duties, look_ahead, next_up, on_now
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from storage import policies, shifts, teams
from storage.database import Database, Tx

REMEMBERED = timedelta(minutes=1)
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Desk:
    """A team, its policies, and the ids of its leads. `on` are those who are on shift: all of them while nobody says who is.

    `next_on` is when the next lead comes, and who, if none is there now.
    """

    team: Team
    leads: tuple[str, ...]
    policies: tuple[Policy, ...] = ()
    on: tuple[str, ...] = ()
    next_on: Next | None = None


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
        await load_holidays(team)
        desk = await _desk(tx, team, now)
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


async def _desk(tx: Tx, team: Team, now: datetime) -> Desk:
    members = await teams.members(tx, team.id, Role.LEAD)
    leads = tuple(dict.fromkeys(one.person_id for one in members))
    window = look_ahead(now)
    roster = await shifts.roster(tx, team, window)
    known = tuple(await policies.list_of_team(tx, team.id))
    if not (roster.patterns or roster.overrides):
        away = {one.person_id for one in roster.absences if one.span.holds(now)}
        return Desk(team, leads, known, tuple(one for one in leads if one not in away))
    counted = {one: spans for one, spans in duties(roster, window).items() if one in leads}
    on = tuple(one.person_id for one in on_now(counted, now))
    return Desk(team, leads, known, on, None if on else next_up(counted, now))


_of_databases: WeakKeyDictionary[Database, Desks] = WeakKeyDictionary()


def desks_of(db: Database) -> Desks:
    """The memory that belongs to this database, and goes when it does."""
    if db not in _of_databases:
        _of_databases[db] = Desks(db)
    return _of_databases[db]

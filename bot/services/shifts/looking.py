"""Looking at shifts: who is on now and next, a team's set-up, and somebody's own line."""

from collections.abc import Sequence
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules import absences as absence_rules
from bot.rules import shifts as rules
from bot.rules.covers import State as CoverState
from bot.rules.shifts import AHEAD, Pattern, Roster, Span
from bot.rules.shifts.seen import Away, Board, Mine, TeamNow, TeamShifts, Wanted
from bot.rules.teams import Team, name_key
from bot.rules.wall_clock import day_of
from bot.text import _
from storage import absences, covers, shifts, teams
from storage.database import Database, Tx

ONLY_THE_TEAM = _("Only people of this team can see its shifts.")
TEAMS_SHOWN = 5


async def board(db: Database, person: Person, part: str = "", *, now: datetime) -> Board:
    """The reader's teams, or those with this part in their name; admins who are in none see all."""
    async with db.read(person.workspace_id) as tx:
        seen = await _teams_of(tx, person, part)
        own = await absences.of_people(tx, [person.id], since=now)
        return Board(
            [await _team_now(tx, person, team, now=now) for team in seen[:TEAMS_SHOWN]],
            max(0, len(seen) - TEAMS_SHOWN),
            absence_rules.away_until(own, now),
        )


async def open_team(db: Database, person: Person, team_id: str, *, now: datetime) -> TeamShifts:
    """Raises Denied, or Refused if the team is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await teams.get(tx, team_id)
        check_may(person, Permission.SHIFT_SEE, team, ONLY_THE_TEAM)
        return await team_shifts(tx, person, team, now=now)


async def team_shifts(tx: Tx, person: Person, team: Team, *, now: datetime) -> TeamShifts:
    """What is there, and what is to come of single days and changes."""
    coming = Span(now, now + 13 * AHEAD)
    today = day_of(now, team.zone)
    patterns = await shifts.list_patterns(tx, team.id)
    return TeamShifts(
        await _team_now(tx, person, team, now=now),
        patterns,
        [one for one in await shifts.list_day_changes(tx, patterns, coming) if one.day >= today],
        sorted(
            await shifts.list_overrides(tx, team.id, coming),
            key=lambda one: (one.starts_at, one.id),
        ),
    )


async def open_pattern(
    db: Database, person: Person, team_id: str, pattern_id: str
) -> tuple[Team, Pattern | None]:
    """A pattern as its form shows it; None if it is gone, or for a new one. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        found = await shifts.find_pattern(tx, team_id, pattern_id) if pattern_id else None
        return team, found


async def list_patterns(
    db: Database, person: Person, team_id: str
) -> tuple[Team, Sequence[Pattern]]:
    """What a form can choose from. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        return team, await shifts.list_patterns(tx, team_id)


async def get_to_set(tx: Tx, person: Person, team_id: str) -> Team:
    """The team whose shifts this person may set. Raises Denied, or Refused if it is gone."""
    team = await teams.get(tx, team_id)
    check_may(person, Permission.SHIFT_SET, team, ONLY_LEADS)
    return team


ONLY_LEADS = _("Only the team's leads, its manager and Baton's admins can set shifts.")


async def mine(tx: Tx, person: Person, *, now: datetime) -> Mine:
    """The reader's next shift in any of their teams, and when they are back if they are away."""
    own = await absences.of_people(tx, [person.id], since=now)
    window = rules.look_ahead(now)
    found = []
    for team in await teams.find_of_person(tx, person.id):
        counted = rules.duties(await shifts.roster(tx, team, window), window)
        found.append(rules.next_shift(counted, person.id, now))
    coming = [one for one in found if one]
    return Mine(min(coming, default=None), absence_rules.away_until(own, now))


async def _teams_of(tx: Tx, person: Person, part: str) -> list[Team]:
    own = await teams.find_of_person(tx, person.id)
    if part or (person.is_admin and not own):
        own = [one for one in await teams.list_all(tx) if may(person, Permission.SHIFT_SEE, one)]
    wanted = name_key(part)
    return [one for one in own if wanted in name_key(one.name)]


async def _team_now(tx: Tx, person: Person, team: Team, *, now: datetime) -> TeamNow:
    window = rules.look_ahead(now)
    roster = await shifts.roster(tx, team, window)
    counted = rules.duties(roster, window)
    return TeamNow(
        team,
        rules.on_now(counted, now),
        rules.next_up(counted, now),
        _away(roster, now),
        rules.report(roster, Span(now, now + AHEAD)),
        rules.next_shift(counted, person.id, now),
        has_shifts=bool(roster.patterns or roster.overrides),
        may_set=may(person, Permission.SHIFT_SET, team),
        may_ask=person.id in roster.members or may(person, Permission.COVER_ARRANGE, team),
        wanted=[
            Wanted(one.person_id, one.span)
            for one in await covers.of_teams(tx, [team.id], CoverState.OPEN, since=now)
        ],
    )


def _away(roster: Roster, now: datetime) -> list[Away]:
    found = []
    for person_id in sorted(roster.members):
        own = [one for one in roster.absences if one.person_id == person_id]
        if until := absence_rules.away_until(own, now):
            found.append(Away(person_id, until))
    return found

"""Looking at cover: somebody's coming shifts, and what is asked for in the reader's teams."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Person, Role
from bot.permissions import Permission, check_may, may
from bot.rules import covers as rules
from bot.rules.absences import Absence, OfTeam
from bot.rules.covers import Cover, Coverable, CoverSeen, CoversSeen, State
from bot.rules.shifts import AHEAD, Span
from bot.rules.teams import Team
from bot.text import _
from storage import covers, shifts, teams
from storage.database import Database, Tx

ONLY_THEIR_LEADS = _(
    "Only they themselves, the leads and managers of their teams and Baton's admins "
    "can ask for cover of somebody's shift."
)
ONLY_LEADS = _("Only the team's leads, its manager and Baton's admins can arrange cover.")
BEYOND = timedelta(days=3)
"""So much further is looked, so that the last shift is not cut."""
STILL = (State.OPEN, State.TAKEN)


async def see(
    db: Database, person: Person, *, whose: str = "", team_id: str = "", now: datetime
) -> CoversSeen:
    """The coming shifts of the reader, or of `whose`, in one team if it is named. Raises Denied."""
    whose = whose or person.id
    async with db.read(person.workspace_id) as tx:
        theirs = [
            one
            for one in await teams.find_of_person(tx, whose)
            if may(person, Permission.COVER_ASK, OfTeam(tx.workspace_id, one.id, whose))
        ]
        if whose != person.id and not theirs:
            check_may(
                person, Permission.COVER_ASK, OfTeam(tx.workspace_id, "", ""), ONLY_THEIR_LEADS
            )
        theirs = [one for one in theirs if team_id in {"", one.id}]
        ahead = Span(now.replace(second=0, microsecond=0), now + AHEAD + BEYOND)
        coming = await _coverable(tx, theirs, whose, ahead)
        return CoversSeen(
            whose,
            [one for one in coming if one.span.start < now + AHEAD],
            await _asked(tx, person, now=now),
            may_arrange=person.is_admin
            or any(person.has_role(one, Role.LEAD, Role.MANAGER) for one in person.roles),
        )


async def to_cover(db: Database, person: Person, absence: Absence, *, now: datetime) -> int:
    """How many shifts fall into this absence for which this reader could ask for cover."""
    async with db.read(person.workspace_id) as tx:
        theirs = [
            one
            for one in await teams.find_of_person(tx, absence.person_id)
            if may(person, Permission.COVER_ASK, OfTeam(tx.workspace_id, one.id, absence.person_id))
        ]
        away = Span(max(absence.starts_at, now), min(absence.ends_at, now + AHEAD))
        found = [] if away.is_empty else await _coverable(tx, theirs, absence.person_id, away)
        return len(found)


async def open_cover(db: Database, person: Person, cover_id: str) -> CoverSeen:
    """An open request as the form shows it in which a lead names who works. Raises Denied, or Refused if it is gone."""
    async with db.read(person.workspace_id) as tx:
        cover = await covers.get(tx, cover_id)
        team = await teams.get(tx, cover.team_id)
        check_may(person, Permission.COVER_ARRANGE, team, ONLY_LEADS)
        return _seen(person, team, cover)


async def _coverable(
    tx: Tx, theirs: Sequence[Team], person_id: str, window: Span
) -> list[Coverable]:
    found = []
    for team in theirs:
        roster = await shifts.roster(tx, team, window)
        open_now = await covers.of_teams(tx, [team.id], State.OPEN, since=window.start)
        asked = [one.span for one in open_now if one.person_id == person_id]
        spans = rules.shifts_of(roster, person_id, window, asked)
        found += [Coverable(team, one) for one in spans]
    return sorted(found, key=lambda one: (one.span, one.team.id))


async def _asked(tx: Tx, person: Person, *, now: datetime) -> list[CoverSeen]:
    """What the reader can do something about, and their own; admins who are in no team see to all."""
    found_in = await teams.find_of_person(tx, person.id)
    if person.is_admin and not found_in:
        found_in = await teams.list_all(tx)
    own = {one.id: one for one in found_in}
    found = [
        _seen(person, own[one.team_id], one)
        for one in await covers.of_teams(tx, own, *STILL, since=now)
    ]
    return [
        one
        for one in found
        if one.concerns_reader or person.id in {one.cover.person_id, one.cover.taken_by}
    ]


def _seen(person: Person, team: Team, cover: Cover) -> CoverSeen:
    is_open = cover.state is State.OPEN
    arranges = may(person, Permission.COVER_ARRANGE, team)
    reads = may(person, Permission.COVER_READ, cover)
    takes = may(person, Permission.COVER_TAKE, team) and cover.person_id != person.id
    return CoverSeen(
        cover if reads else replace(cover, reason=""),
        team,
        may_take=is_open and takes,
        may_cancel=is_open and may(person, Permission.COVER_CANCEL, cover),
        may_arrange=is_open and arranges,
        may_undo=not is_open and arranges,
    )

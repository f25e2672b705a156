"""What people see of escalations: the choice of teams for a form, one case, lists. Nothing is changed here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Refused
from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Escalation, Event
from bot.rules.escalations.listings import Filter, Turn
from bot.rules.teams import Team, name_key
from bot.services.escalations import telling
from bot.services.escalations.changing import no_channel
from bot.services.escalations.desks import desks_of
from bot.services.escalations.drawing import load_links
from bot.services.holidays import load_holidays
from bot.text import _, escape, mention
from bot.views.escalations.links import Links
from bot.views.escalations.lists import A_PAGE, Shelf
from storage import escalations, people, teams
from storage.database import Database, Tx
from storage.escalations import lists
from storage.escalations.lists import Reader

NO_TEAM = _("There is no team here yet. Please ask {people} to set one up with `/baton`.")
NO_TEAM_NOR_ADMIN = _(
    "There is no team here yet. Please ask whoever installed Baton to set one up with `/baton`."
)

IN_NO_TEAM = _("You are in no team. `/escalate list` shows what you may see.")
NO_SUCH_TEAM = _("You are in no team called “{name}”. `/escalate list` shows what you may see.")
MANY_TEAMS = _("More than one of your teams has “{name}” in its name. Please write the whole name.")

SEE_ALL = (Role.LEAD, Role.MANAGER, Role.OBSERVER)


@dataclass(frozen=True, slots=True)
class Seen:
    """One case as one person may see it: its team, its whole timeline, what they may do now, and what it hangs with."""

    escalation: Escalation
    team: Team
    events: Sequence[Event]
    possible: Sequence[Action]
    links: Links = field(default_factory=Links)
    knows_rating: bool = False


async def teams_to_ask(db: Database, person: Person, *, now: datetime) -> tuple[Team, ...]:
    """The teams that this person may escalate to: their own, or all of them for somebody in none.

    Raises Refused, with whom to ask, when there is none that could hear it.
    """
    known = desks_of(db).known_choice(person, now=now)
    if reachable := _reachable(known):
        return reachable
    async with db.read(person.workspace_id) as tx:
        found = await desks_of(db).choice(tx, person, now=now)
        if not found:
            raise await _no_team(tx)
        if not (reachable := _reachable(found)):
            raise await no_channel(tx)
        return reachable


def _reachable(found: Sequence[Team]) -> tuple[Team, ...]:
    return tuple(team for team in found if team.leads_channel)


async def see(db: Database, person: Person, escalation_id: int) -> Seen:
    """One case. Raises Refused if it does not exist or is not theirs to see."""
    async with db.read(person.workspace_id) as tx:
        escalation = await visible(tx, person, escalation_id)
        team = await teams.get(tx, escalation.team_id)
        events = await escalations.timeline(tx, escalation_id)
        links = await load_links(tx, escalation, person, rules.merged_numbers(events))
    knows_rating = may(person, Permission.ESCALATION_WORK, escalation)
    possible = rules.possible(person, escalation)
    return Seen(escalation, team, events, possible, links, knows_rating)


async def visible(tx: Tx, person: Person, escalation_id: int) -> Escalation:
    """Raises Refused, in the same words, if it does not exist and if it is not theirs to see."""
    found = await escalations.find(tx, escalation_id)
    if found is None or not may(person, Permission.ESCALATION_SEE, found):
        raise rules.no_such(escalation_id)
    return found


async def see_to(
    db: Database, person: Person, escalation_id: int, action: Action, *, now: datetime
) -> Seen:
    """One case that this person is about to change by a form. Raises as the change itself would."""
    async with db.read(person.workspace_id) as tx:
        escalation = await escalations.find(tx, escalation_id)
        if escalation is None:
            raise rules.no_such(escalation_id)
        team = await teams.get(tx, escalation.team_id)
        await load_holidays(team)
    try:
        rules.check(action, person, escalation, now=now)
    except Refused:
        await telling.redraw(db, person, escalation, now=now)
        raise
    return Seen(escalation, team, [], [])


async def list_cases(
    db: Database, person: Person, wanted: Filter, turn: Turn | None = None, *, now: datetime
) -> Shelf:
    """One page of a list, of what this person may see."""
    reader = Reader(person.id, teams_seen(person), sees_all=person.is_admin)
    async with db.read(person.workspace_id) as tx:
        found = await lists.leaf(tx, reader, wanted, turn, limit=A_PAGE, now=now)
        team = await teams.find(tx, wanted.team_id) if wanted.team_id else None
    return Shelf(wanted, found, team)


async def teams_to_list(db: Database, person: Person, typed: str = "") -> list[Team]:
    """The teams that a list can be narrowed to, by name: those that hold the typed words."""
    async with db.read(person.workspace_id) as tx:
        mine = await teams.find_of_person(tx, person.id)
        found = await teams.list_all(tx) if person.is_admin else mine
    return [one for one in found if name_key(typed) in name_key(one.name)]


async def team_to_list(db: Database, person: Person, name: str = "") -> Team:
    """The team of this name, or the only one with these words in it; without a name the person's own. Raises Refused."""
    if not name:
        async with db.read(person.workspace_id) as tx:
            found = await teams.find_of_person(tx, person.id)
        if not found:
            raise Refused(IN_NO_TEAM)
        return found[0]
    found = await teams_to_list(db, person, name)
    same = [one for one in found if name_key(one.name) == name_key(name)]
    if len(same or found) != 1:
        raise Refused(NO_SUCH_TEAM if not found else MANY_TEAMS, name=escape(name))
    return (same or found)[0]


def teams_seen(person: Person) -> list[str]:
    """The teams whose every case this person may see. Agents see their own cases only."""
    return sorted(team for team in person.roles if person.has_role(team, *SEE_ALL))


async def _no_team(tx: Tx) -> Refused:
    admins = await people.admins(tx)
    if not admins:
        return Refused(NO_TEAM_NOR_ADMIN)
    return Refused(NO_TEAM, people=", ".join(mention(one) for one in admins))

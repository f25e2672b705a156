"""Looking at a team's stand-ups as its leads set them up: the list, one of them, a template filled in, the next two weeks."""

from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.standups import StandUp, outlook
from bot.rules.standups.drafts import SettingsDraft, settings_problems
from bot.rules.standups.outlook import Listed, Outlook, TeamStandUps
from bot.rules.standups.templates import Template, filled
from bot.rules.teams import Team, name_key
from bot.services.standups.floor import floor_of
from bot.text import _
from storage import shifts, standups, teams
from storage.database import Database, Tx

ONLY_LEADS = _("Only the team's leads, its manager and Baton's admins can set stand-ups up.")
GONE = _("This stand-up is gone. Please open the list again.")
NO_TEMPLATE = _("Please choose one of the templates.")
TEAMS_OFFERED = 100


async def open_team(
    db: Database, person: Person, team_id: str = "", part: str = "", *, now: datetime
) -> TeamStandUps:
    """The team's stand-ups; without a team those of the first that this person may set up, best with `part` in its name.

    Raises Denied if there is none.
    """
    async with db.read(person.workspace_id) as tx:
        mine = await _teams_of(tx, person, part)
        team = await get_to_set(tx, person, team_id) if team_id else next(iter(mine), None)
        if team is None:
            raise Denied(ONLY_LEADS)
        found = await standups.list_of_team(tx, team.id)
        others = [one for one in mine if one.id != team.id][: TEAMS_OFFERED - 1]
        return TeamStandUps(team, await _listed(tx, team, found, now), others)


async def open_page(
    db: Database, person: Person, team_id: str, standup_id: str, *, now: datetime
) -> tuple[Team, Listed]:
    """One stand-up, when it is next, and whether a round is open. Raises Denied, or Stale if it is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        return team, (await _listed(tx, team, [await get(tx, team, standup_id)], now))[0]


async def open_form(
    db: Database, person: Person, team_id: str, standup_id: str = ""
) -> tuple[Team, Listed | None]:
    """What a form needs: the team, and the stand-up with whether a round is open; None for a new one.

    Raises Denied, or Stale if it is gone.
    """
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        if not standup_id:
            return team, None
        standup = await get(tx, team, standup_id)
        return team, Listed(standup, open_until=(await _open(tx, [standup])).get(standup_id))


async def open_template(
    db: Database, person: Person, team_id: str, template: str
) -> tuple[Team, StandUp]:
    """A new stand-up, filled in from a template. Raises Denied, or Refused if there is none of this name."""
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        return team, await from_template(tx, team, template)


async def foresee(
    db: Database,
    person: Person,
    team_id: str,
    standup_id: str,
    draft: SettingsDraft | None = None,
    *,
    now: datetime,
) -> Outlook:
    """The next two weeks of a saved stand-up, or of one with what a form holds right now; nothing is saved.

    Raises Denied, Stale if it is gone, or FormProblems by field.
    """
    async with db.read(person.workspace_id) as tx:
        team = await get_to_set(tx, person, team_id)
        standup = StandUp(team.workspace_id, "", team.id, "")
        if standup_id:
            standup = await get(tx, team, standup_id)
        if draft is not None:
            known = await standups.list_of_team(tx, team.id)
            others = [one for one in known if one.id != standup_id]
            if problems := settings_problems(draft, others):
                raise FormProblems(problems)
            standup = draft.over(standup)
        floor = await floor_of(tx, team, outlook.known_for(now, team.zone))
        by_name = [one.person_id for one in await teams.members(tx, team.id)]
        return outlook.outlook(standup, floor, now, by_name)


async def get_to_set(tx: Tx, person: Person, team_id: str) -> Team:
    """The team whose stand-ups this person may set up. Raises Denied, or Refused if it is gone."""
    team = await teams.get(tx, team_id)
    check_may(person, Permission.STANDUP_SET, team, ONLY_LEADS)
    return team


async def get(tx: Tx, team: Team, standup_id: str) -> StandUp:
    """Raises Stale if the team has none of this id."""
    found = await standups.find(tx, standup_id)
    if found is None or found.team_id != team.id:
        raise Stale(GONE)
    return found


async def from_template(tx: Tx, team: Team, template: str) -> StandUp:
    if template not in {*Template}:
        raise Refused(NO_TEMPLATE)
    patterns = await shifts.list_patterns(tx, team.id)
    return filled(Template(template), team, patterns, await standups.list_of_team(tx, team.id))


async def _teams_of(tx: Tx, person: Person, part: str) -> list[Team]:
    """Those that this person may set up, their own first; those with the part in their name, if any has it."""
    found = [one for one in await teams.list_all(tx) if may(person, Permission.STANDUP_SET, one)]
    found.sort(key=lambda one: not person.has_role(one.id))
    wanted = name_key(part)
    return [one for one in found if wanted in name_key(one.name)] or found


async def _listed(tx: Tx, team: Team, found: list[StandUp], now: datetime) -> list[Listed]:
    if not found:
        return []
    floor = await floor_of(tx, team, outlook.known_for(now, team.zone))
    until = await _open(tx, found)
    return [Listed(one, outlook.next_round(one, floor, now), until.get(one.id)) for one in found]


async def _open(tx: Tx, found: list[StandUp]) -> dict[str, datetime]:
    """Until when the oldest open round of each is open."""
    rounds = await standups.list_rounds(tx, standup_ids=[one.id for one in found], is_open=True)
    return {one.standup_id: one.closes_at for one in rounds}

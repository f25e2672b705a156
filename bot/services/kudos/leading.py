"""What those who lead see of their team in private: how widely thanks are spread, who has had none for long, and hints."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import Denied
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.kudos import Flag
from bot.rules.kudos.breadth import Breadth, breadth
from bot.rules.teams import Team
from bot.services.kudos.digesting import COUNTED
from bot.services.kudos.missing import missing_in
from bot.text import _
from bot.views.kudos.missing import Hints, TeamSeen
from storage import kudos, teams
from storage.database import Database, Tx

BREADTH_OVER = timedelta(weeks=8)
HINTS_FOR = timedelta(days=30)
ONLY_LEADS = _("Only the leads and the manager of a team see this.")
NO_TEAM = _(
    "Only leads and managers see this. `/kudos mine` shows what you got and gave, and `/kudos` thanks somebody."
)


async def see_team(db: Database, person: Person, team_id: str, *, now: datetime) -> TeamSeen:
    """One team that this person leads; the first by name if none is named. Raises Denied for anybody else's."""
    async with db.read(person.workspace_id) as tx:
        own = await teams.find_of_person(tx, person.id)
        led = [one for one in own if may(person, Permission.KUDOS_LEAD, one)]
        if not led:
            raise Denied(NO_TEAM)
        team = next((one for one in led if one.id == (team_id or led[0].id)), None)
        if team is None:
            raise Denied(ONLY_LEADS)
        settings = await kudos.settings_of(tx, team.id)
        seen = TeamSeen(
            team,
            led,
            settings.quiet_weeks,
            await missing_in(tx, team, settings, but=person.id, now=now),
            await _breadth(tx, team, now=now),
        )
        if may(person, Permission.KUDOS_FLAGS, team):
            return replace(seen, hints=await _hints(tx, team, person, now=now))
        return seen


async def _breadth(tx: Tx, team: Team, *, now: datetime) -> Breadth:
    """Private thanks count too: these are numbers, for few."""
    since = now - BREADTH_OVER
    pairs = await kudos.pairs_between(tx, team.id, since, now)
    givers = await kudos.givers_in(tx, team.id, since, now, only_public=False)
    members = {one.person_id for one in await teams.members(tx, team.id, *COUNTED)}
    return breadth(pairs, members, givers)


async def _hints(tx: Tx, team: Team, person: Person, *, now: datetime) -> Hints:
    """Nobody reads hints about themselves. Of private thanks only that there was something."""
    found = await kudos.flags_since(tx, team.id, now - HINTS_FOR)
    others = [pair for pair in found if not _is_about(pair[0], person)]
    public = [flag for flag, is_public in others if is_public]
    return Hints(public, len(others) - len(public))


def _is_about(flag: Flag, person: Person) -> bool:
    return person.id in (flag.giver_id, flag.receiver_id)

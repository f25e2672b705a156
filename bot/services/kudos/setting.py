"""What a team decides about kudos: its values, how often one may thank, and what is told of it."""

from datetime import datetime

from bot.errors import FormProblems, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.kudos import KudosSettings
from bot.rules.kudos.setting import SettingsDraft, problems
from bot.rules.teams import Team
from bot.services.kudos import timing
from bot.services.people import as_first_admin
from bot.services.transaction import heard_once
from bot.text import _
from storage import kudos as stored
from storage import teams
from storage.database import Database, Tx

ONLY_LEADS = _("Only the team's leads, its manager and Baton's admins can set its kudos.")
CHANGED_MEANWHILE = _(
    "Somebody changed these settings while you had the form open, so nothing was saved. "
    "Please close it, open it again and repeat your change."
)


async def open_settings(db: Database, person: Person, team_id: str) -> tuple[Team, KudosSettings]:
    """As the form shows them. Raises Denied, or Refused if the team is gone."""
    async with db.read(person.workspace_id) as tx:
        return await _get_to_set(tx, person, team_id), await stored.settings_of(tx, team_id)


async def save(
    db: Database,
    person: Person,
    team_id: str,
    version: int,
    draft: SettingsDraft,
    *,
    key: str,
    now: datetime,
) -> KudosSettings:
    """Write them over what was seen. Raises Denied, FormProblems by field, or Stale if somebody was first."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await _get_to_set(tx, person, team_id)
        if found := problems(draft):
            raise FormProblems(found)
        before = await stored.settings_of(tx, team_id)
        after = draft.over(before, team)
        if before.version != version or not await stored.save_settings(tx, after):
            raise Stale(CHANGED_MEANWHILE)
        await timing.look_again(tx, team_id, now=now)
    return after


async def _get_to_set(tx: Tx, person: Person, team_id: str) -> Team:
    team = await teams.get(tx, team_id)
    check_may(await as_first_admin(tx, person), Permission.KUDOS_SET, team, ONLY_LEADS)
    return team

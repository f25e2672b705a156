"""Setting a team's coaching: the skills that can be chosen, and after how long leads are told of who had no note."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import FormProblems, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.coaching import settings as rules
from bot.rules.coaching.settings import CoachingSettings, SettingsDraft
from bot.rules.teams import Team
from bot.services.people import as_first_admin
from bot.services.transaction import heard_once
from bot.text import _
from storage import teams
from storage.coaching import settings
from storage.database import Database, Tx

ONLY_THEIR_LEADS = _("Only the team's leads, its manager and Baton's admins can set its coaching.")
CHANGED_MEANWHILE = _(
    "Somebody changed this while you had the form open, so nothing was saved. Please close it and open it again."
)


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    team: Team
    settings: CoachingSettings


async def open_settings(db: Database, person: Person, team_id: str) -> SettingsSeen:
    """Raises Denied, or Refused if the team is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await _get_to_set(tx, person, team_id)
        return SettingsSeen(team, await settings.settings_of(tx, team_id))


async def save(
    db: Database,
    person: Person,
    team_id: str,
    draft: SettingsDraft,
    *,
    version: int,
    key: str,
    now: datetime,
) -> None:
    """Raises Denied, FormProblems by field, or Stale if somebody else changed them since `version`."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await _get_to_set(tx, person, team_id)
        if found := rules.problems(draft):
            raise FormProblems(found)
        assert draft.quiet_weeks is not None
        before = await settings.settings_of(tx, team_id)
        usual = CoachingSettings(tx.workspace_id, team_id).offered(team.language)
        skills = () if draft.listed == usual else draft.listed
        after = replace(before, skills=skills, quiet_weeks=draft.quiet_weeks, version=version)
        if not await settings.save_settings(tx, after):
            raise Stale(CHANGED_MEANWHILE)


async def _get_to_set(tx: Tx, person: Person, team_id: str) -> Team:
    team = await teams.get(tx, team_id)
    check_may(await as_first_admin(tx, person), Permission.COACHING_SET, team, ONLY_THEIR_LEADS)
    return team

"""What a team decides about its numbers: whether its leads see them ranked, and how many are too few to judge."""

from datetime import datetime

from bot.errors import FormProblems, Stale
from bot.people import Person
from bot.rules.metrics.look.setting import SettingsDraft
from bot.rules.metrics.look.settings import MetricSettings
from bot.rules.teams import Team
from bot.services.metrics.look import seeing
from bot.services.transaction import heard_once
from bot.text import _
from storage.database import Database
from storage.metrics import settings as stored

CHANGED_MEANWHILE = _(
    "Somebody changed these settings while you had the form open, so nothing was saved. "
    "Please close it, open it again and repeat your change."
)


async def open_settings(db: Database, person: Person, team_id: str) -> tuple[Team, MetricSettings]:
    """As the form shows them. Raises Denied, or Refused if the team is gone."""
    async with db.read(person.workspace_id) as tx:
        return await seeing.check_set(tx, person, team_id), await stored.of_team(tx, team_id)


async def save(
    db: Database,
    person: Person,
    team_id: str,
    version: int,
    draft: SettingsDraft,
    *,
    key: str,
    now: datetime,
) -> MetricSettings:
    """Write them over what was seen. Raises Denied, FormProblems by field, or Stale if somebody was first."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await seeing.check_set(tx, person, team_id)
        if found := draft.problems():
            raise FormProblems(found)
        before = await stored.of_team(tx, team_id)
        after = draft.over(before)
        if before.version != version or not await stored.save(tx, after):
            raise Stale(CHANGED_MEANWHILE)
    return after

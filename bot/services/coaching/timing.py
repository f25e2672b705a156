"""By whose clock, working days and absences somebody is reminded of what their coaching says."""

from datetime import datetime

from bot.rules.coaching.promising import REMEMBERED, Whose
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from storage import absences, people
from storage.database import Tx


async def whose_time(tx: Tx, team: Team, person_id: str, *, since: datetime) -> Whose:
    """Their own zone, the team's where nothing is known of them. Absences from well before `since` on."""
    await load_holidays(team)
    profile = (await people.profiles(tx, [person_id])).get(person_id)
    away = await absences.of_people(tx, [person_id], since=since - REMEMBERED)
    return Whose((profile.zone if profile else "") or team.zone, team.hours, away)

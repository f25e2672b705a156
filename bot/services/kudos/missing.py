"""Whom nobody has thanked for as long as their team has decided: read for those who lead it."""

from datetime import datetime

from bot.people import Role
from bot.rules import absences as rules
from bot.rules.kudos import KudosSettings
from bot.rules.kudos.missing import WEEK, Missed, missing
from bot.rules.teams import Team
from storage import absences, kudos, teams
from storage.database import Tx

LOOKED_AFTER = (Role.AGENT, Role.LEAD)


async def missing_in(
    tx: Tx, team: Team, settings: KudosSettings, *, but: str, now: datetime
) -> list[Missed]:
    """Everybody but whoever asks. Private thanks count as received, as any other."""
    thanked = await kudos.thanked_since(tx, team.id, now - settings.quiet_weeks * WEEK)
    members = [
        one
        for one in await teams.members(tx, team.id, *LOOKED_AFTER)
        if one.person_id not in thanked | {but}
    ]
    ids = {one.person_id for one in members}
    absent = await absences.of_people(tx, ids, since=now)
    away = {one.person_id for one in absent if rules.away_until([one], now)}
    return missing(members, await kudos.last_thanked(tx, ids), away, now=now)

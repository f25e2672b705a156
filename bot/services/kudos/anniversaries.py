"""Congratulations on the day, for who wants them: whoever changes their mind in time is not named."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.rules.delivery import Drawn
from bot.rules.kudos import Taste
from bot.rules.kudos.anniversaries import told_in, years_on
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.kudos.digesting import is_first
from bot.views.kudos import anniversary as views
from bot.views.kudos import ids
from storage import kudos, people, teams
from storage.database import Tx
from storage.outbox import Card, Priority


async def congratulate(tx: Tx, team: Team, days: Iterable[date], *, now: datetime) -> list[Card]:
    """The cards to say: one for each person whose day it is, in one of their teams, once."""
    asked = list(days)
    found: list[Card] = []
    for taste in await kudos.celebrating(tx, team.id) if asked else []:
        day = next((one for one in asked if years_on(taste, one)), None)
        if day and await _is_told_here(tx, team, taste, day, now=now):
            subject = f"{team.id}|{taste.person_id}|{day}"
            found.append(Card(ids.ANNIVERSARY, subject, team.team_channel, Priority.RECOGNITION))
    return found


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """The sentence in the team's words; nothing if they do not want it any more, or have left."""
    team_id, person_id, day = subject.split("|")
    team, taste = await teams.find(tx, team_id), (await kudos.tastes_of(tx, [person_id]))[person_id]
    person = await people.find(tx, person_id)
    years = years_on(taste, date.fromisoformat(day))
    if team is None or person is None or not person.has_role(team_id) or not years:
        return None
    return Drawn(views.anniversary(person_id, years, telling.team_text(team)))


async def _is_told_here(tx: Tx, team: Team, taste: Taste, day: date, *, now: datetime) -> bool:
    """Nobody is congratulated in two teams."""
    own = await teams.find_of_person(tx, taste.person_id)
    if told_in(own) != team.id:
        return False
    return await is_first(tx, f"kudos:anniversary:{taste.person_id}:{day.year}", now=now)

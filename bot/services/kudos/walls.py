"""The monthly wall: posted on the first working day of the next month, drawn from what holds when it is sent."""

from datetime import date, datetime

from bot.rules.delivery import Drawn
from bot.rules.kudos.days import month_of
from bot.rules.kudos.digests import About, unpack
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.kudos.digesting import is_first, load
from bot.views.kudos import ids
from bot.views.kudos import wall as views
from storage import teams
from storage.database import Tx
from storage.outbox import Card, Priority


async def post(tx: Tx, team: Team, month: date, *, now: datetime) -> list[Card]:
    """The card to say, unless that month's was said already or has no public thanks."""
    if not await is_first(tx, f"kudos:wall:{team.id}:{month:%Y-%m}", now=now):
        return []
    about = About(team.id, month_of(team, month))
    if not (await load(tx, about)).groups:
        return []
    return [Card(ids.WALL, about.packed(), team.team_channel, Priority.RECOGNITION)]


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """The card's text and blocks, in the team's words; nothing for a team that is not there."""
    about = unpack(subject)
    team = await teams.find(tx, about.team_id)
    if team is None:
        return None
    return Drawn(*views.wall(await load(tx, about), telling.team_text(team)))

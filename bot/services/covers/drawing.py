"""Draws a request's card from the newest state, when it is about to be sent."""

from bot.rules import covers as rules
from bot.rules.covers import State
from bot.rules.delivery import Drawn
from bot.rules.teams import Team
from bot.services.escalations.telling import team_text
from bot.text import Text
from bot.views.covers import card as views
from storage import covers, people, shifts, teams
from storage.database import Tx


async def draw(tx: Tx, subject: str, channel: str) -> Drawn | None:
    """The card's text and blocks, in the words of the channel or of the person; nothing for what is not there."""
    cover = await covers.find(tx, subject)
    if cover is None:
        return None
    team = await teams.get(tx, cover.team_id)
    problem = None
    if cover.state is State.OPEN:
        problem = rules.gone_problem(cover, await shifts.roster(tx, team, cover.span))
    t = await _text(tx, team, channel)
    return Drawn(*views.card(cover, team, t, problem))


async def _text(tx: Tx, team: Team, channel: str) -> Text:
    known = (await people.profiles(tx, [channel])).get(channel)
    if known is None:
        return team_text(team)
    return Text(known.locale or team.language, known.zone or team.zone)

"""Draws the card from the newest state, when it is about to be sent."""

from bot.rules.delivery import Drawn
from bot.services.escalations.telling import team_text
from bot.views.escalations import card as views
from storage import escalations, teams
from storage.database import Tx


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """The card's text and blocks; nothing for a case that is not there."""
    escalation = await escalations.find(tx, int(subject))
    if escalation is None:
        return None
    team = await teams.get(tx, escalation.team_id)
    events = await escalations.timeline(tx, escalation.id, newest=views.LAST_LINES)
    text, blocks = views.card(escalation, events, team_text(team))
    return Drawn(text, blocks)

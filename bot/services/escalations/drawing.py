"""Draws the card from the newest state, when it is about to be sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.rules.delivery import Drawn
from bot.rules.escalations import Load, State
from bot.services.escalations.desks import Desks
from bot.services.escalations.telling import team_text
from bot.views.escalations import card as views
from storage import escalations, people, teams
from storage.database import Tx


async def draw(tx: Tx, subject: str, _channel: str, desks: Desks, *, now: datetime) -> Drawn | None:
    """The card's text and blocks; nothing for a case that is not there."""
    escalation = await escalations.find(tx, int(subject))
    if escalation is None:
        return None
    team = await teams.get(tx, escalation.team_id)
    events = await escalations.timeline(tx, escalation.id, newest=views.LINES_READ)
    loads: Sequence[Load] = ()
    if escalation.state is State.OPEN:
        desk = await desks.get(tx, team.id, now=now)
        loads = await _loads(tx, desk.on or desk.leads)
    text, blocks = views.card(escalation, events, team_text(team), loads)
    return Drawn(text, blocks)


async def _loads(tx: Tx, person_ids: Iterable[str]) -> list[Load]:
    """What each of them holds; nothing of who is not known any more."""
    wanted = list(person_ids)
    owned = await escalations.count_owned(tx, wanted)
    if not owned:  # all hands are free, and their names are not needed
        return []
    known = await people.profiles(tx, wanted)
    return [Load(one, known[one].called, *owned.get(one, ())) for one in wanted if one in known]

"""Draws the message of one side from the newest state, when it is about to be sent."""

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.text import Text
from bot.views.handovers import card as views
from storage import handovers, people
from storage.database import Tx


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn:
    """Its subject is the handover and the person. Cases that are not theirs to see any more are left out."""
    handover_id, _colon, person_id = subject.partition(":")
    person = await people.find(tx, person_id) or Person(tx.workspace_id, person_id)
    t = Text(person.locale, person.zone)
    handover = await handovers.find(tx, handover_id)
    if handover is None:
        return Drawn(*views.gone(t))
    found = await handovers.cases(tx, [one.number for one in handover.items])
    cases = {n: one for n, one in found.items() if may(person, Permission.ESCALATION_SEE, one)}
    if person_id == handover.giver_id:
        return Drawn(*views.for_giver(handover, cases, t))
    return Drawn(*views.for_receiver(handover, person_id, cases, t))

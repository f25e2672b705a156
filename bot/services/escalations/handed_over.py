"""A case that moves on while it is offered in a handover: whoever looks after the offer looks again at once."""

from datetime import datetime

from bot.rules.escalations import Escalation
from bot.rules.handovers import LOOK
from storage import handovers, timers
from storage.database import Tx
from storage.timers import Timer


async def look_at_handovers(
    tx: Tx, before: Escalation, after: Escalation, *, now: datetime
) -> None:
    """Only a timer is moved here: a handover locks its cases first, so that nothing may lock it from inside a case."""
    if before.owner_id is None or before.owner_id == after.owner_id:
        return
    found = await handovers.open_offers_of(tx, after.id)
    await timers.put(tx, *(Timer(LOOK, one, now) for one in found))

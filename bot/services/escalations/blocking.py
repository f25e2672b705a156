"""A case that was said to block somebody in a stand-up: when it moves on, the blocker is looked at."""

from datetime import datetime

from bot.rules.escalations import Escalation
from bot.rules.standups.blockers import CASE
from storage import standups, timers
from storage.database import Tx
from storage.timers import Timer


async def look_at_blockers(tx: Tx, before: Escalation, after: Escalation, *, now: datetime) -> None:
    """Only a timer is set here: what is said of a case is said at once, and nothing may be said after it."""
    if before.state is after.state and before.owner_id == after.owner_id:
        return
    if await standups.standing_of_case(tx, after.id):
        await timers.put(tx, Timer(CASE, str(after.id), now))

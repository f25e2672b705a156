"""The clock of a stand-up: one timer each, at which its rounds are looked after; it sets itself anew."""

from datetime import datetime

from storage import standups, timers
from storage.database import Tx
from storage.timers import Timer

LOOK = "standup.look"
"""Its subject is the stand-up."""


async def look_again(tx: Tx, standup_id: str, *, now: datetime) -> None:
    """Something about this stand-up has changed: it is looked after within a second."""
    await timers.put(tx, Timer(LOOK, standup_id, now))


async def look_again_in(tx: Tx, team_id: str, *, now: datetime) -> None:
    """Something about this team, its people or its shifts has changed."""
    found = await standups.list_of_team(tx, team_id)
    await timers.put(tx, *(Timer(LOOK, one.id, now) for one in found if one.is_active))


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Ask, remind, close, or say what was missed: whatever is due by now; and set the next look."""

"""The time to dispute a note does not run while its agent is away, also when they fall ill after it was shared."""

from datetime import datetime, timedelta

from bot.rules.coaching.disputes import window_end
from storage import absences
from storage.coaching import disputes
from storage.database import Tx

LOOKED_BACK = timedelta(days=60)
"""Who was away for longer since a note was shared with them talks to their lead about it."""


async def prolong(tx: Tx, person_id: str, *, now: datetime) -> None:
    """Their absences have changed: what they were told stays true, so that the time for it never becomes less."""
    since = now - LOOKED_BACK
    found = await disputes.disputable_of(tx, person_id, since=since)
    away = [one.span for one in await absences.of_people(tx, [person_id], since=since)]
    for one in found:
        until = window_end(one.shared_at, away)
        if until > max(one.until, now):
            await disputes.prolong(tx, one.note_id, until=until)

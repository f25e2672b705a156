"""What is done when a day's numbers have changed: each part that cares is told, in the transaction that rolled it up."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from bot.services.metrics.alert import alerting
from bot.services.metrics.digest import correcting
from storage.database import Tx

Heed = Callable[[Tx, date, Sequence[str], datetime], Awaitable[None]]
"""Called with the day, and the teams that it has or had numbers of: it may set timers, and does nothing long."""

HEEDS: tuple[Heed, ...] = (correcting.heed, alerting.heed)


async def heed(tx: Tx, day: date, team_ids: Sequence[str], *, now: datetime) -> None:
    for one in HEEDS:
        await one(tx, day, team_ids, now)

"""Firing what is due: each timer in a transaction of its own, claimed, done and gone together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from logging import getLogger
from random import random

from bot import telemetry
from bot.errors import DatabaseGone
from bot.rules.delivery import backoff
from storage import timers
from storage.database import Database, Tx
from storage.timers import Timer

log = getLogger(__name__)

Fire = Callable[[Tx, Timer, datetime], Awaitable[None]]
"""Does what a timer is for, in the transaction that removes it. It checks first whether it is still wanted."""

Fires = Mapping[str, Fire]

MOST_AT_ONCE = 200
BUSY_FOR = timedelta(seconds=1)


class Busy(Exception):
    """Somebody is changing what the timer is about at this moment: it is tried again in a second.

    To wait for them here would be wrong: they may wait for the timer, to cancel it.
    """


async def workspaces_due(db: Database, *, now: datetime) -> Sequence[str]:
    """Which workspaces have a timer that is due."""
    async with db.across() as connection:
        return await timers.workspaces_due(connection, now)


async def next_due(db: Database, *, after: datetime) -> datetime | None:
    """When the next timer is to be tried, in any workspace."""
    async with db.across() as connection:
        return await timers.next_due(connection, after=after)


async def fire_due(
    db: Database,
    workspace_id: str,
    fires: Fires,
    now: datetime,
    *,
    chance: Callable[[], float] = random,
) -> int:
    """Fire what is due, the longest overdue first. Returns how many were taken, whether they succeeded or not.

    One that raises, or that nobody knows, is undone and tried again later; the others go on.
    """
    for taken in range(MOST_AT_ONCE):
        timer: Timer | None = None
        try:
            async with db.write(workspace_id) as tx:
                timer = await timers.claim_due(tx, now)
                if timer is None:
                    return taken
                await fires[timer.kind](tx, timer, now)
            telemetry.TIMERS_FIRED.inc()
        except DatabaseGone:
            raise
        except Busy:
            if timer is None:
                raise
            async with db.write(workspace_id) as tx:
                await timers.put_off(tx, timer, until=now + BUSY_FOR)
        except Exception as error:
            if timer is None:
                raise
            await _put_off(db, workspace_id, timer, error, now=now, chance=chance())
            log.exception("A timer of kind %s failed; it is tried again later", timer.kind)
    return MOST_AT_ONCE


async def _put_off(
    db: Database,
    workspace_id: str,
    timer: Timer,
    error: Exception,
    *,
    now: datetime,
    chance: float,
) -> None:
    """Moved away before anything else is done about it, so that it cannot be in the way again at once."""
    telemetry.TIMERS_FAILED.inc()
    until = now + backoff(timer.attempts + 1, chance)
    async with db.write(workspace_id) as tx:
        await timers.put_off(tx, timer, until=until, error=type(error).__name__)

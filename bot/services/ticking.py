"""Firing what is due: each timer in a transaction of its own, claimed, done and gone together.

What takes long to read is read before, in a transaction in which nobody waits.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


class ReadFirst(Exception):
    """What the timer needs takes long to read, and nobody should wait for that. Nothing is done in this transaction.

    `read` is called when it is over, and the timer is fired anew with what that gave as `Timer.read`.
    """

    def __init__(self, read: Callable[[Database], Awaitable[object]]) -> None:
        super().__init__()
        self.read = read


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
    taken, before = 0, _Before()
    for _ in range(MOST_AT_ONCE):
        timer = before.timer
        try:
            await before.read(db)
            async with db.write(workspace_id) as tx:
                timer = await timers.claim_due(tx, now)
                if timer is None:
                    return taken
                await fires[timer.kind](tx, before.given(timer), now)
            telemetry.TIMERS_FIRED.inc()
        except DatabaseGone:
            raise
        except ReadFirst as first:
            before.ask(timer, first)
            continue
        except Exception as error:
            if timer is None:
                raise
            await _put_off(db, workspace_id, timer, error, now=now, chance=chance())
        taken += 1
    return taken


@dataclass(slots=True)
class _Before:
    """What was asked for by a timer that is to be fired anew, and what was read for it."""

    timer: Timer | None = None
    first: ReadFirst | None = None
    found: dict[Timer, object] = field(default_factory=dict)

    def ask(self, timer: Timer | None, first: ReadFirst) -> None:
        self.timer, self.first = timer, first

    async def read(self, db: Database) -> None:
        timer, first = self.timer, self.first
        self.timer = self.first = None
        if timer and first:
            self.found[timer] = await first.read(db)

    def given(self, timer: Timer) -> Timer:
        return replace(timer, read=self.found.pop(timer, None))


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
    if isinstance(error, Busy):
        async with db.write(workspace_id) as tx:
            await timers.put_off(tx, timer, until=now + BUSY_FOR)
        return
    telemetry.TIMERS_FAILED.inc()
    until = now + backoff(timer.attempts + 1, chance)
    async with db.write(workspace_id) as tx:
        await timers.put_off(tx, timer, until=until, error=type(error).__name__)
    log.error("A timer of kind %s failed; it is tried again later", timer.kind, exc_info=error)

"""The workspace's clock: real by default, and any object with `now()` in a test."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol

# A clock that a test moves gives no notice, so whoever waits for it looks this often (seconds).
LOOK_AGAIN = 0.02


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place where the sandbox reads the time


async def sleep_until(clock: Clock, due: datetime) -> None:
    # A clock that is moved has no event to wait for, and a long sleep may wake early.
    while (left := (due - clock.now()).total_seconds()) > 0:  # noqa: ASYNC110
        await asyncio.sleep(left if isinstance(clock, SystemClock) else LOOK_AGAIN)

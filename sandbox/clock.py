"""The workspace's clock: real by default, and any object with `now()` in a test."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

# A clock that a test moves gives no notice, so whoever waits for it looks this often (seconds).
LOOK_AGAIN = 0.02


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware."""
        ...


class Waiting:
    """Waits that end when their time has come, or all at once when they are hurried."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hurried = asyncio.Event()

    async def wait(self, span: timedelta) -> None:
        due = self._clock.now() + span
        sleeping = asyncio.ensure_future(sleep_until(self._clock, due))
        hurried = asyncio.ensure_future(self._hurried.wait())
        try:
            await asyncio.wait({sleeping, hurried}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            hurried.cancel()

    def hurry(self) -> None:
        self._hurried.set()
        self._hurried = asyncio.Event()


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place where the sandbox reads the time


async def sleep_until(clock: Clock, due: datetime) -> None:
    # A clock that is moved has no event to wait for, and a long sleep may wake early.
    while (left := (due - clock.now()).total_seconds()) > 0:  # noqa: ASYNC110
        await asyncio.sleep(left if isinstance(clock, SystemClock) else LOOK_AGAIN)

"""Waiting, for loops that can be woken, and that can say whether they have something to do."""

import asyncio
from collections.abc import Awaitable, Callable


async def wait(event: asyncio.Event, seconds: float | None) -> None:
    """Until the event is set, or so many seconds have passed; with None, only for the event."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


async def set_when(first: asyncio.Event, then: asyncio.Event) -> None:
    """Pass one event on to another."""
    await first.wait()
    then.set()


class Rest:
    """Where a loop rests between two rounds. A loop that has not begun, or has ended, is not busy either."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._resting = self._over = True

    @property
    def is_busy(self) -> bool:
        """In a round, or woken for one."""
        return not self._over and (not self._resting or self._woken.is_set())

    def wake(self) -> None:
        self._woken.set()

    def begin(self) -> None:
        """A round begins: whoever wakes from now on asks for another."""
        self._woken.clear()
        self._resting = self._over = False

    async def rest(self, seconds: float | None) -> None:
        """Until woken, or so many seconds."""
        self._resting = True
        await wait(self._woken, seconds)
        self._resting = False

    def end(self) -> None:
        self._over = True

    async def go_round(
        self, stop: asyncio.Event, look: Callable[[], Awaitable[int | None]], seconds: float
    ) -> None:
        """Until `stop` is set: look, at once again if that found anything to do, else after so many seconds or when woken."""
        stopping = asyncio.create_task(self.wake_when(stop))
        try:
            while not stop.is_set():
                self.begin()
                if not await look():
                    await self.rest(seconds)
        finally:
            self.end()
            stopping.cancel()

    async def wake_when(self, event: asyncio.Event) -> None:
        await set_when(event, self._woken)

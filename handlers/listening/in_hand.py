"""The requests being worked on: so many at once, none before the start or after the stop, and a wait until the last is done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 64


class NotTaking(Exception):
    """The process is starting or stopping: nothing new is begun. Slack sends events again, later or elsewhere."""


class InHand:
    """Counts requests from when they arrive until they are answered. Those over the limit wait for their turn."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._count = 0
        self._empty = asyncio.Event()
        self._empty.set()
        self._taking = False

    def __len__(self) -> int:
        return self._count

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold one request. Raises NotTaking before `take` and after `stop_taking`."""
        if not self._taking:
            raise NotTaking
        self._count += 1
        self._empty.clear()
        try:
            async with self._turns:
                yield
        finally:
            self._count -= 1
            if not self._count:
                self._empty.set()

    def take(self) -> None:
        self._taking = True

    def stop_taking(self) -> None:
        self._taking = False

    async def drained(self, seconds: float) -> bool:
        """Wait until everything in hand is answered. False if it took too long."""
        try:
            await asyncio.wait_for(self._empty.wait(), seconds)
        except TimeoutError:
            return False
        return True

"""Waits that end when their time has come, or all at once when they are hurried."""

import asyncio
from datetime import timedelta

from sandbox.clock.real import Clock


class Waiting:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hurried = asyncio.Event()

    async def wait(self, span: timedelta) -> None:
        due = self._clock.now() + span
        sleeping = asyncio.ensure_future(self._clock.sleep_until(due))
        hurried = asyncio.ensure_future(self._hurried.wait())
        try:
            await asyncio.wait({sleeping, hurried}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            hurried.cancel()

    def hurry(self) -> None:
        self._hurried.set()
        self._hurried = asyncio.Event()

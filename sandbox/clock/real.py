"""What a clock is, and the machine's own."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware."""
        ...

    async def sleep_until(self, due: datetime) -> None:
        """Return when it is that time, at once if it is past."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place where the sandbox reads the time

    async def sleep_until(self, due: datetime) -> None:
        # A long sleep may wake early, and the machine's clock may be set meanwhile.
        while (left := (due - self.now()).total_seconds()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)

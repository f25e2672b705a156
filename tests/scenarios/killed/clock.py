"""A clock that several processes share: real time, plus what a file says."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import RealClock


class FileClock:
    """`forward()` in one process moves every process that reads the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._real = RealClock()

    def now(self) -> datetime:
        return self._real.now() + timedelta(seconds=float(self._path.read_text()))

    def monotonic(self) -> float:
        return self._real.monotonic()

    async def sleep_until(self, due: datetime) -> None:
        while self.now() < due:  # noqa: ASYNC110 - another process may have moved it
            await asyncio.sleep(0.02)

    def forward(self, seconds: float) -> None:
        ahead = float(self._path.read_text()) + seconds
        waiting = self._path.with_suffix(".new")
        waiting.write_text(str(ahead))
        waiting.replace(self._path)

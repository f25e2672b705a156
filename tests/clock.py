"""A clock that a story moves by hand: it runs like the real one, and jumps when told."""

from datetime import UTC, datetime, timedelta

from bot.clock import RealClock


class MovableClock:
    """Begins at `start` and runs; `forward()` adds to it. The workspace and the bot share one."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)) -> None:
        self._real = RealClock()
        self._ahead = start - self._real.now()

    def now(self) -> datetime:
        return self._real.now() + self._ahead

    def forward(self, **length: float) -> None:
        """`forward(minutes=30)`: any length that a timedelta takes."""
        self._ahead += timedelta(**length)

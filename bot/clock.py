"""The only file that reads the clock. Everything else is given `now`, or a Clock."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time: aware, in UTC. `monotonic` counts seconds, and nobody can set it by mistake."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the one place

    def monotonic(self) -> float:
        return time.monotonic()

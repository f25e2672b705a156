"""When a timer that failed is tried again, and whether the wall clock can be trusted at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NOTED = timedelta(seconds=2)
TOO_FAR = timedelta(minutes=5)


@dataclass(slots=True)
class JumpWatch:
    """Compares the wall clock with one that cannot be set. Backward jumps are harmless, since every timer fires once."""

    _wall: datetime | None = None
    _monotonic: float = 0.0

    def look(self, wall: datetime, monotonic: float) -> timedelta:
        """By how much the wall clock has jumped since the last look; zero if by less than two seconds."""
        before, self._wall = self._wall, wall
        passed, self._monotonic = monotonic - self._monotonic, monotonic
        if before is None:
            return timedelta(0)
        jump = wall - before - timedelta(seconds=passed)
        return jump if abs(jump) > NOTED else timedelta(0)


def must_be_confirmed(jump: timedelta) -> bool:
    """A jump this far forward may be a mistake that is about to be put right, and what has fired cannot be called back."""
    return jump > TOO_FAR

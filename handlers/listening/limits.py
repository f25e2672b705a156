"""How often each program may ask: so many requests at once, and then as many as come back with time."""

from dataclasses import dataclass, field
from math import ceil

AT_ONCE = 60
A_SECOND = 2
MOST_KNOWN = 10_000


@dataclass(slots=True)
class Buckets:
    """One bucket per program, in this process; `now` counts seconds and is never turned back."""

    at_once: int = AT_ONCE
    a_second: float = A_SECOND
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, who: str, now: float) -> int:
        """Take one. 0 if there was one; else in how many seconds there will be."""
        left, since = self._left.get(who, (float(self.at_once), now))
        left = min(float(self.at_once), left + max(0.0, now - since) * self.a_second)
        if left < 1:
            self._left[who] = (left, now)
            return ceil((1 - left) / self.a_second)
        self._left[who] = (left - 1, now)
        if (
            len(self._left) > MOST_KNOWN
        ):  # tokens come and go: who has not asked for long is full again
            self._left = {one: held for one, held in self._left.items() if now - held[1] < 60}
        return 0

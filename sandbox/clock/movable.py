"""A clock that can be moved: it runs as the real one does, from any moment, and wakes whoever waits for a time that has come."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.clock.real import SystemClock


@dataclass(eq=False)
class Alarm:
    due: datetime
    rung: asyncio.Future[None]


class MovableClock:
    """Begins at `start`, or now. With `runs=False` it stands still until it is moved.

    `kept_in` is a file that remembers how far ahead it is, so that the next start goes on from there and not from an
    earlier time: who has been told of tomorrow must not live today again.
    """

    def __init__(
        self, start: datetime | None = None, *, runs: bool = True, kept_in: Path | None = None
    ) -> None:
        self._real, self.runs, self._kept_in = SystemClock(), runs, kept_in
        self._ahead = start - self._real.now() if start else timedelta(0)
        if kept_in is not None and kept_in.exists():
            self._ahead = timedelta(seconds=float(kept_in.read_text(encoding="utf-8")))
        self._held = None if runs else (start or self.now_running())
        self._alarms: set[Alarm] = set()
        self._next_look: asyncio.TimerHandle | None = None

    # reading it

    def now(self) -> datetime:
        return self.now_running() if self._held is None else self._held

    def monotonic(self) -> float:
        """Seconds that have passed on this clock: a move is a time that has passed, not a mistake in the time."""
        return self.now().timestamp()

    def now_running(self) -> datetime:
        return self._real.now() + self._ahead

    # moving it

    def jump(self, **length: float) -> None:
        """`jump(minutes=30)`: at once, as after a sleep of the machine; what fell due meanwhile is late."""
        self.set(self.now() + timedelta(**length))

    def set(self, moment: datetime) -> None:
        """It is this time now, and it goes on from there as before."""
        self._ahead = moment.astimezone(UTC) - self._real.now()
        if self._held is not None:
            self._held = moment.astimezone(UTC)
        self._remember()
        self._ring()

    def hold(self, moment: datetime) -> None:
        """It is exactly this time now, and it stays so until it is moved or released."""
        self._held = moment.astimezone(UTC)
        self.set(moment)

    def release(self) -> None:
        """Run on from the time at which it was held."""
        if self._held is None or not self.runs:
            return
        self._ahead = self._held - self._real.now()
        self._held = None
        self._remember()
        self._ring()

    @contextmanager
    def held_at(self, moment: datetime) -> Iterator[None]:
        """Inside the block it is that moment, before or after now; afterwards it is as if nothing had been."""
        ahead, held = self._ahead, self._held
        self._held = moment.astimezone(UTC)
        try:
            yield
        finally:
            self._ahead, self._held = ahead, held

    # waiting for it

    async def sleep_until(self, due: datetime) -> None:
        while self.now() < due:
            alarm = Alarm(due, asyncio.get_running_loop().create_future())
            self._alarms.add(alarm)
            self._plan()
            try:
                await alarm.rung
            finally:
                self._alarms.discard(alarm)
                self._plan()

    @property
    def is_ringing(self) -> bool:
        """Somebody was woken, and has not begun yet."""
        now = self.now()
        return any(alarm.due <= now for alarm in self._alarms)

    def next_alarm(self, *, after: datetime) -> datetime | None:
        return min((one.due for one in self._alarms if one.due > after), default=None)

    def _ring(self) -> None:
        now = self.now()
        for alarm in self._alarms:
            if alarm.due <= now and not alarm.rung.done():
                alarm.rung.set_result(None)
        self._plan()

    def _plan(self) -> None:
        """Look again when the next alarm is due; never, while the clock is held."""
        if self._next_look is not None:
            self._next_look.cancel()
            self._next_look = None
        waiting = [alarm.due for alarm in self._alarms if not alarm.rung.done()]
        if waiting and self._held is None:
            left = (min(waiting) - self.now()).total_seconds()
            self._next_look = asyncio.get_running_loop().call_later(max(left, 0), self._ring)

    def _remember(self) -> None:
        if self._kept_in is not None:
            waiting = self._kept_in.with_suffix(".new")
            waiting.write_text(str(self._ahead.total_seconds()), encoding="utf-8")
            waiting.replace(self._kept_in)

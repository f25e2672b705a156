"""Time travel: the clock is moved to each moment at which something falls due, in order, and waits there until it is done."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.clock.movable import MovableClock

LONGEST = timedelta(days=400)
KEPT = 200  # of what was said
# How long somebody may be busy at one moment (real seconds): longer than an app waits for an answer that does not come.
PATIENCE = 40.0
LOOK_AGAIN = 0.002
FRAME = 0.04  # between two looks at a time that is played


class CannotTravel(Exception):
    """The clock cannot be moved so. The message is a sentence for the person who asked."""


class Resident(Protocol):
    """Somebody who lives by the clock: the workspace itself, and the app if it was started with it."""

    @property
    def is_busy(self) -> bool:
        """Something is being done, or could be done now."""
        ...

    async def next_due(self, *, after: datetime) -> datetime | None:
        """When there may be something to do again. Too early or for nothing does no harm."""
        ...

    def wake(self, now: datetime) -> None:
        """It is this time now: see what is due."""
        ...


@dataclass(frozen=True)
class Stop:
    """A moment worth going to, such as the end of the shift."""

    title: str
    at: datetime


@dataclass(frozen=True)
class Said:
    """A sentence about what happened at that time."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Pace:
    """So many seconds of the workspace in one real second, from `start` on."""

    start: datetime
    began: float
    rate: float

    def reached(self) -> datetime:
        passed = asyncio.get_running_loop().time() - self.began
        return self.start + timedelta(seconds=passed * self.rate)


class Travel:
    """Moves one clock. `listeners` are called after each change that somebody could want to see."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.residents: list[Resident] = []
        self.listeners: list[Callable[[], None]] = []
        self.stops: Callable[[datetime], Sequence[Stop]] = lambda _: ()
        self.said: deque[Said] = deque(maxlen=KEPT)
        self.until: datetime | None = None
        self.rate = 1.0
        self._stopping = False
        self._arrived = asyncio.Event()

    @property
    def is_under_way(self) -> bool:
        return self.until is not None

    @contextmanager
    def resident(self, one: Resident) -> Iterator[None]:
        """Inside the block the clock waits for them too."""
        self.residents.append(one)
        try:
            yield
        finally:
            self.residents.remove(one)

    def check(self, moment: datetime) -> None:
        """Raises CannotTravel unless the clock can be moved to this moment now."""
        now = self.clock.now()
        if self.until is not None:
            until = f"{self.until:%Y-%m-%d %H:%M} UTC"
            raise CannotTravel(f"The clock is on its way to {until}. Stop it first.")
        if moment.tzinfo is None:
            raise CannotTravel("A time needs a zone, such as 2026-03-02T08:55:00+02:00.")
        if moment < now:
            raise CannotTravel("The clock goes forward only: what was done stays done.")
        if moment - now > LONGEST:
            raise CannotTravel(f"That is too far: {LONGEST.days} days at once are the most.")

    async def to(self, moment: datetime) -> None:
        """Move to this moment, through all that falls due on the way. Raises CannotTravel."""
        self.check(moment)
        await self._go(moment, None)

    async def play(self, until: datetime, seconds: float) -> None:
        """The same, but let it take so long, as a film does. What falls due may make it longer, never shorter."""
        self.check(until)
        length = until - self.clock.now()
        rate = length.total_seconds() / seconds if seconds > 0 else 0.0
        began = asyncio.get_running_loop().time()
        await self._go(until, Pace(self.clock.now(), began, rate) if rate else None)

    async def stop(self) -> None:
        """Stay at the moment that is reached, and run on from there."""
        if self.is_under_way:
            self._stopping = True
            await self._arrived.wait()

    def say(self, text: str) -> None:
        self.said.append(Said(self.clock.now(), text))
        self._tell()

    async def next_due(self, *, after: datetime) -> datetime | None:
        found = [await one.next_due(after=after) for one in self.residents]
        found.append(self.clock.next_alarm(after=after))
        return min((one for one in found if one is not None), default=None)

    async def settled(self) -> None:
        """Wait until nobody has anything to do now. Raises CannotTravel when that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._settle()
        except TimeoutError:
            raise CannotTravel("Somebody is busy for too long, so the clock stays here.") from None

    async def _go(self, end: datetime, pace: Pace | None) -> None:
        self.until, self.rate, self._stopping = end, pace.rate if pace else 1.0, False
        self._arrived.clear()
        self._tell()
        try:
            self.clock.hold(self.clock.now())
            await self.settled()
            while self.clock.now() < end and not self._stopping:
                await self._step(end, pace)
        finally:
            self.clock.release()
            self.until, self.rate = None, 1.0
            self._arrived.set()
            self._tell()

    async def _step(self, end: datetime, pace: Pace | None) -> None:
        """To the next moment at which something is due, or as far as the pace allows."""
        now = self.clock.now()
        due = await self.next_due(after=now)
        goal = min(due, end) if due else end
        if pace is not None and pace.reached() < goal:
            await asyncio.sleep(FRAME)
            # Whoever acted meanwhile is served at the time at which they acted.
            await self.settled()
            goal = min(goal, max(pace.reached(), now))
        self.clock.hold(goal)
        self._tell()
        for one in self.residents:
            one.wake(goal)
        await self.settled()

    async def _settle(self) -> None:
        """Quiet twice in a row: a task that was just made has begun by the second look, and is seen."""
        quiet = 0
        while quiet < 2 and not self._stopping:
            is_busy = self.clock.is_ringing or any(one.is_busy for one in self.residents)
            quiet = 0 if is_busy else quiet + 1
            await asyncio.sleep(LOOK_AGAIN if is_busy else 0)

    def _tell(self) -> None:
        for listener in list(self.listeners):
            listener()

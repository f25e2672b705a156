"""Time travel: the clock is moved to each moment at which something falls due, in order, and waits there until it is done."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sandbox.clock.movable import MovableClock

LONGEST = timedelta(days=400)
KEPT = 200  # of what was said
# Longer than an app waits for an answer that does not come.
PATIENCE = 40.0
LOOK_AGAIN = 0.002
FRAME = 0.04  # between two looks at a time that is played
# So often in a row nobody may be busy: a task hands its work to the next within a few turns of the event loop.
QUIET = 8


class CannotTravel(Exception):
    """The clock cannot be moved so. The message is a sentence for the person who asked."""


class AlreadyTravelling(CannotTravel):
    """Only one can have the hands of the clock."""


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
    """Moves one clock. `listeners` are called after each change that somebody could want to see.

    `patience` is how long somebody may be busy at one moment, in real seconds.
    """

    def __init__(self, clock: MovableClock, patience: float = PATIENCE) -> None:
        self.clock, self._patience = clock, patience
        self.residents: list[Resident] = []
        self.listeners: list[Callable[[], None]] = []
        self.stops: Callable[[datetime], Sequence[Stop]] = lambda _: ()
        self.said: deque[Said] = deque(maxlen=KEPT)
        self.skips = timedelta(0)
        """So far it moves by itself when a story waits and nobody has anything to do."""
        self.until: datetime | None = None
        self.due: datetime | None = None
        self._pace: Pace | None = None
        self._stopping = False
        self._arrived = asyncio.Event()

    @property
    def is_under_way(self) -> bool:
        return self.until is not None

    @property
    def rate(self) -> float:
        """How many seconds pass on the clock in a real one; a clock that jumps stands still in between."""
        if self._pace is not None:
            return self._pace.rate
        return 1.0 if self.clock.runs and not self.is_under_way else 0.0

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
            raise AlreadyTravelling(f"The clock is on its way to {until}. Stop it first.")
        if moment.tzinfo is None:
            raise CannotTravel("A time needs a zone, such as 2026-03-02T08:55:00+02:00.")
        if moment < now:
            raise CannotTravel("The clock goes forward only: what was done stays done.")
        if moment - now > LONGEST:
            raise CannotTravel(f"That is too far: {LONGEST.days} days at once are the most.")

    def to(self, moment: datetime) -> Coroutine[Any, Any, None]:
        """Move to this moment, through all that falls due on the way. Raises CannotTravel at once, or on the way."""
        self.check(moment)
        return self._go(moment, None)

    def play(self, until: datetime, seconds: float) -> Coroutine[Any, Any, None]:
        """The same, but let it take so long, as a film does. What falls due may make it longer, never shorter."""
        self.check(until)
        if seconds <= 0:
            return self._go(until, None)
        now = self.clock.now()
        rate = (until - now).total_seconds() / seconds
        return self._go(until, Pace(now, asyncio.get_running_loop().time(), rate))

    async def stop(self) -> None:
        """Stay at the moment that is reached, and run on from there."""
        if self.is_under_way:
            self._stopping = True
            await self._arrived.wait()

    def say(self, text: str) -> None:
        self.said.append(Said(self.clock.now(), text))
        self._tell()

    async def next_due(self) -> datetime | None:
        """The next moment at which somebody has something to do."""
        now = self.clock.now()
        found = [await one.next_due(after=now) for one in self.residents]
        found.append(self.clock.next_alarm(after=now))
        self.due = min((one for one in found if one is not None), default=None)
        return self.due

    async def skip(self) -> None:
        """Move to the next moment at which something is due, if that is no farther than `skips`."""
        if self.is_under_way or self._somebody_is_busy():
            return
        due = await self.next_due()
        if due is not None and due - self.clock.now() <= self.skips and not self.is_under_way:
            await self._go(due, None)  # the clock runs: it may be due by now

    async def settled(self) -> None:
        """Wait until nobody has anything to do now. Raises CannotTravel when that takes too long."""
        try:
            async with asyncio.timeout(self._patience):
                await self._settle()
        except TimeoutError:
            raise CannotTravel("Somebody is busy for too long, so the clock stays here.") from None

    def _go(self, end: datetime, pace: Pace | None) -> Coroutine[Any, Any, None]:
        """From this very moment on nobody else has the hands of the clock."""
        self.until, self._pace, self._stopping = end, pace, False
        self._arrived.clear()
        self.clock.hold(self.clock.now())
        return self._journey(end, pace)

    async def _journey(self, end: datetime, pace: Pace | None) -> None:
        self._tell()
        try:
            await self.settled()
            while self.clock.now() < end and not self._stopping:
                await self._step(end, pace)
            await self.next_due()
        finally:
            self.until = self._pace = None
            self.clock.release()
            self._arrived.set()
            self._tell()

    async def _step(self, end: datetime, pace: Pace | None) -> None:
        """To the next moment at which something is due, or as far as the pace allows."""
        now = self.clock.now()
        due = await self.next_due()
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
        quiet = 0
        while quiet < QUIET and not self._stopping:
            is_busy = self._somebody_is_busy()
            quiet = 0 if is_busy else quiet + 1
            await asyncio.sleep(LOOK_AGAIN if is_busy else 0)

    def _somebody_is_busy(self) -> bool:
        return self.clock.is_ringing or any(one.is_busy for one in self.residents)

    def _tell(self) -> None:
        for listener in list(self.listeners):
            listener()

"""The workspace's clock in a story: `await slack.clock.forward(minutes=30)`, and all that falls due has happened."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sandbox.clock import Resident, Said, Stop, Travel


class ClockDriver:
    def __init__(self, travel: Travel) -> None:
        self.travel = travel

    def now(self) -> datetime:
        return self.travel.clock.now()

    async def forward(self, **length: float) -> None:
        """Any length that a timedelta takes. Returns when everybody has done what fell due until then."""
        await self.travel.to(self.now() + timedelta(**length))

    async def to(self, moment: datetime) -> None:
        await self.travel.to(moment)

    async def play(self, until: datetime, seconds: float = 60) -> None:
        """Let the time until then pass in so many real seconds, as a film does."""
        await self.travel.play(until, seconds)

    async def stop(self) -> None:
        """Stop what another task has begun."""
        await self.travel.stop()

    def skip(self, **longest: float) -> None:
        """From now on a story that waits does not sit out what takes up to so long, such as Slack's second between posts."""
        self.travel.skips = timedelta(**longest)

    @property
    def said(self) -> list[Said]:
        """What happened while the clock was moved, in sentences."""
        return list(self.travel.said)

    def say(self, text: str) -> None:
        """A sentence about what happened, for the page."""
        self.travel.say(text)

    def resident(self, one: Resident) -> AbstractContextManager[None]:
        """Inside the block the clock waits for them too: an app in the same process that goes by the same clock."""
        return self.travel.resident(one)

    def offer(self, stops: Callable[[datetime], Sequence[Stop]]) -> None:
        """Moments to which the page offers to go, counted from now."""
        self.travel.stops = stops

"""What a turn hands to the network, and what the network hands back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.rules.delivery import LEASE, Answer, Call, Drawn, Place, Waiting
from storage.database import Tx

TIMEOUT = timedelta(seconds=10)
"""No call may last longer: the schedules' client is built with it."""
LAST_START = LEASE - TIMEOUT - timedelta(seconds=3)
"""How long into its lease a job may still begin a call, so that the call ends before anybody else may have the lane."""
LOOK_AFTER = TIMEOUT + timedelta(seconds=5)
LOOK_AGAIN = timedelta(seconds=5)

TOO_LONG = "history_too_long"
"""Our own word: more was said in the channel than is worth reading."""

Draw = Callable[[Tx, str, str], Awaitable[Drawn | None]]
"""A card's subject and channel in, how it looks now out; None when there is nothing to show any more."""

Cards = Mapping[str, Draw]


class Sender(Protocol):
    """One workspace's way to Slack. Never raises for what Slack or the network do: that is in the answer."""

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer: ...


class DrawingFailed(Exception):
    """A card could not be drawn. The schedules wrap what its function raised in this."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(type(error).__name__)
        self.row: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One lane under one lease: calls to make one after another, or unclear rows to look for."""

    lane: str
    epoch: int
    started: datetime
    calls: tuple[Call, ...] = ()
    look_for: tuple[Waiting, ...] = ()

    def may_begin(self, now: datetime) -> bool:
        return now - self.started < LAST_START


@dataclass(slots=True)
class Report:
    """What became of a job. `found` maps a marker to its message; what was looked for and is not in it was not there.

    `unlooked` is the answer that kept us from looking. `untried` were never begun.
    """

    job: Job
    answers: list[tuple[Call, Answer]] = field(default_factory=list)
    untried: list[Call] = field(default_factory=list)
    found: dict[str, Place] = field(default_factory=dict)
    unlooked: Answer | None = None

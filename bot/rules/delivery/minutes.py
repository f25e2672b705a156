"""The calls of the last minute, as coarse as their use allows: how many, how many of them urgent, and when they are over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LENGTH = timedelta(seconds=60.5)
"""A minute, and what a call may take longer on its way than one a minute before it."""
A_SECOND = 2
"""So many groups in each second: calls of one are remembered as if all were made when the last of them was."""


@dataclass(frozen=True, slots=True)
class Group:
    at: datetime
    calls: int
    urgent: int


@dataclass(frozen=True, slots=True)
class Minute:
    """`groups` are in the order of their times. It is plain numbers at rest."""

    groups: tuple[Group, ...] = ()

    @classmethod
    def read(cls, kept: Iterable[Iterable[float]] | None) -> "Minute":
        found = []
        for at, calls, urgent in kept or ():
            found.append(Group(datetime.fromtimestamp(at, UTC), int(calls), int(urgent)))
        return cls(tuple(found))

    def written(self) -> list[list[float]]:
        return [[one.at.timestamp(), one.calls, one.urgent] for one in self.groups]

    @property
    def calls(self) -> int:
        return sum(one.calls for one in self.groups)

    @property
    def urgent(self) -> int:
        return sum(one.urgent for one in self.groups)

    def passed(self, now: datetime) -> "Minute":
        """Without what is over. Nothing stays for ever, should the clock have been set back."""
        return Minute(tuple(one for one in self.groups if now - LENGTH < one.at <= now + LENGTH))

    def with_one(self, now: datetime, *, urgent: bool) -> "Minute":
        """One more call."""
        *before, last = self.groups or (Group(now, 0, 0),)
        if _number(last.at) != _number(now):
            before, last = [*before, last], Group(now, 0, 0)
        return Minute((*before, Group(now, last.calls + 1, last.urgent + urgent)))

    def room_at(self, most: int) -> datetime | None:
        """When there may be one more call, if the minute may hold so many; None: now."""
        over = self.calls - most + 1
        return next(self._when_over(over), None) if over > 0 else None

    def _when_over(self, calls: int) -> Iterator[datetime]:
        for one in self.groups:
            calls -= one.calls
            if calls <= 0:
                yield one.at + LENGTH


NOTHING = Minute()


def _number(moment: datetime) -> int:
    return int(moment.timestamp() * A_SECOND)

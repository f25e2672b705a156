"""What the oracle remembers of a round, and what it expects to be said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tests.services.standups.month.plans import Ask
from tests.services.standups.month.world import MINUTE, SHIFT, Plan, StandUp

DUE, ASKED, AWAY, LEFT, SILENT = "due", "asked", "away", "left", "silent"
ANSWERED, SKIPPED, OUT, NOT_ASKED = "answered", "skipped", "out", "not_asked"


class Said(NamedTuple):
    """Something that is said once: `who` are a person, or the people of a summary with what became of each."""

    at: datetime
    kind: str
    standup: str
    opens: datetime
    who: str


@dataclass
class Seat:
    ask: Ask
    state: str = DUE
    asked_at: datetime | None = None
    message: datetime | None = None
    is_reminded: bool = False


@dataclass
class Round:
    """It keeps the plan with which it opened. It closes when the last window is over that was ever planned for it."""

    standup: StandUp
    plan: Plan
    day: date
    opens: datetime
    closes: datetime
    seats: dict[str, Seat] = field(default_factory=dict)
    state: str = "open"
    closed_at: datetime | None = None
    is_told: bool = False

    def takes(self, standup: StandUp, plan: Plan, ask: Ask) -> bool:
        """Rounds by a clock are one a day; by shift, whoever starts within one window of the first shares a round."""
        if self.standup is not standup or self.day != ask.day:
            return False
        near = abs(ask.at - self.opens) <= self.plan.window * MINUTE
        by_shift = {self.plan.moment == SHIFT, plan.moment == SHIFT}
        return near if by_shift == {True} else by_shift == {False}

    def has_asked(self, standup: StandUp, plan: Plan, ask: Ask) -> bool:
        """By a clock everybody is asked once a day; by shift once for each start, and not while they are asked anyway."""
        seat = self.seats.get(ask.person)
        if seat is None or self.standup is not standup or self.day != ask.day:
            return False
        return plan.moment != SHIFT or seat.ask.meets(ask) or seat.ask.start == ask.start

    @property
    def is_held(self) -> bool:
        """Whether anybody could be asked, or said something ahead."""
        return any(one.asked_at or one.state not in {AWAY, LEFT} for one in self.seats.values())


def open_ones(rounds: Iterable[Round]) -> list[Round]:
    return [one for one in rounds if one.state == "open"]


def waiting_messages(
    rounds: Iterable[Round], person: str, *, since: datetime
) -> list[tuple[datetime, datetime]]:
    """The messages that asked somebody since then and are not answered, by when they did."""
    seats = [one.seats[person] for one in rounds if person in one.seats]
    return [
        (one.asked_at, one.message)
        for one in seats
        if one.state == ASKED and one.asked_at and one.message and one.asked_at >= since
    ]

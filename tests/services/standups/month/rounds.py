"""What the oracle remembers of a round, and what it expects to be said."""

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
    """It keeps the plan with which it opened. For shifts, `first` is the first start of those who share it."""

    standup: StandUp
    plan: Plan
    day: date
    first: datetime
    opens: datetime
    seats: dict[str, Seat] = field(default_factory=dict)
    state: str = "open"
    closed_at: datetime | None = None
    is_told: bool = False

    @property
    def closes(self) -> datetime:
        return max(one.ask.until for one in self.seats.values())

    def takes(self, standup: StandUp, ask: Ask) -> bool:
        """Rounds by a clock are one a day; by shift, whoever starts within one window of the first shares a round."""
        near = abs(ask.start - self.first) <= self.plan.window * MINUTE
        is_of_day = self.standup is standup and self.day == ask.day
        return is_of_day and (near or self.plan.moment != SHIFT)

    def has_asked(self, standup: StandUp, ask: Ask) -> bool:
        """Whose window is open, or was at the same time, is not asked again for that day, however their shifts change."""
        seat = self.seats.get(ask.person)
        is_of_day = self.standup is standup and self.day == ask.day
        return (
            is_of_day and seat is not None and seat.ask.at < ask.until and ask.at < seat.ask.until
        )

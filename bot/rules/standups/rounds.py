"""One occurrence of a stand-up: the round, and a seat in it for everybody who is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.people import Role
from bot.rules.standups.questions import Question, Said
from bot.rules.standups.standups import ASKED, NotAnswered, Schedule, StandUp

REMIND_AT = 0.8
"""The share of somebody's window after which they are reminded, once."""
LATE_FOR = timedelta(hours=24)
"""So long after the close of a round an answer can still be given, or changed."""


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    MISSED = (
        "missed"  # Baton was down for the whole of it: nobody was asked, and the leads were told
    )


class SeatState(StrEnum):
    DUE = "due"  # to be asked at `ask_at`
    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"  # they have nothing to say this time, and said so
    OUT = "out"  # they said that they are out today
    AWAY = "away"  # an absence, a status or do-not-disturb; never missed
    NOT_ASKED = "not_asked"  # Baton was down for the whole of their window
    SILENT = "silent"  # asked, and did not answer in time
    LEFT = "left"  # not in the team any more


ENDED = frozenset(SeatState) - {SeatState.DUE, SeatState.ASKED}
"""States that the close of a round leaves alone."""


class Via(StrEnum):
    """How somebody answered."""

    FORM = "form"
    SAME = "same"  # “nothing new”
    MESSAGE = "message"  # a plain reply in their own conversation with Baton
    AHEAD = "ahead"  # before the round was open


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one round. They are asked at `ask_at` and may answer in time until `until`.

    `message` names the message that asked them: several stand-ups share one. `answers` are by question id. `answered_at` is the first
    time and stays, `edited_at` the last change after it.
    """

    round_id: str
    person_id: str
    ask_at: datetime
    until: datetime
    state: SeatState = SeatState.DUE
    message: str = ""
    asked_at: datetime | None = None
    reminded_at: datetime | None = None
    nudged_at: datetime | None = None
    answered_at: datetime | None = None
    edited_at: datetime | None = None
    via: Via | None = None
    answers: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_missing(self) -> bool:
        """They were asked and have not said anything."""
        return self.state in {SeatState.ASKED, SeatState.SILENT}


@dataclass(frozen=True, slots=True)
class Round:
    """What it asks, whom and when, and how it tells, is what the stand-up said when it opened: edits begin with the next round.

    `key` tells the rounds of a stand-up apart, `day` is its local date. `focus` is the lead's note at the top of the summary.
    """

    workspace_id: str
    id: str
    standup_id: str
    team_id: str
    key: str
    day: date
    opens_at: datetime
    closes_at: datetime
    name: str = ""
    questions: tuple[Question, ...] = ()
    channel: str = ""
    not_answered: NotAnswered = NotAnswered.NAMED
    state: RoundState = RoundState.OPEN
    focus: str = ""
    focus_by: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    schedule: Schedule = field(default_factory=Schedule)
    asked: frozenset[Role] = ASKED
    heeds_dnd: bool = True
    heeds_status: bool = True

    @property
    def setup(self) -> StandUp:
        """The stand-up as it was when this opened."""
        return StandUp(
            self.workspace_id,
            self.standup_id,
            self.team_id,
            self.name,
            self.questions,
            self.schedule,
            self.asked,
            self.channel,
            self.not_answered,
            self.heeds_dnd,
            self.heeds_status,
        )

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None

    def remind_at(self, seat: Seat) -> datetime:
        """When somebody is to be reminded: late in the window that was planned for them, whenever in it they were asked."""
        window = timedelta(minutes=self.schedule.window_minutes)
        return seat.until - window * (1 - REMIND_AT)

    def takes_answers(self, now: datetime) -> bool:
        """Until a day after its close."""
        if self.state is RoundState.MISSED:
            return False
        return self.closed_at is None or now < self.closed_at + LATE_FOR


@dataclass(frozen=True, slots=True)
class Ahead:
    """What somebody said before a round was open: their answers, or that they skip it or are out.

    It is for the first round of that stand-up on `day` (by the clock that the schedule goes by) in which they have a seat.
    """

    standup_id: str
    person_id: str
    day: date
    state: SeatState
    said_at: datetime
    answers: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))

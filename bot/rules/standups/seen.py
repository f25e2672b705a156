"""What somebody is shown of their own stand-ups: what asks them now, what the form begins with, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import Refused
from bot.rules.coaching import Commitment
from bot.rules.standups.answers import Draft
from bot.rules.standups.blockers import Blocker
from bot.rules.standups.notes import ShiftNote
from bot.rules.standups.questions import Question
from bot.rules.standups.replies import Unread
from bot.rules.standups.rounds import Ahead, Round, Seat


@dataclass(frozen=True, slots=True)
class Asked:
    """One stand-up of a message: the round, the reader's own seat, and what others left for whoever works now."""

    round: Round
    seat: Seat
    notes: Sequence[ShiftNote] = ()


@dataclass(frozen=True, slots=True)
class FormSeen:
    """What a form asks and holds. `blockers` are older ones that still stand, the oldest first.

    `commitments` are the reader's own from coaching, due soon or overdue: they stand in the form, and nobody else sees it.
    """

    name: str
    questions: tuple[Question, ...]
    draft: Draft
    blockers: Sequence[Blocker] = ()
    commitments: Sequence[Commitment] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """When a stand-up asks somebody next, `at` on its own local `day`, and what they have said for it already."""

    standup_id: str
    name: str
    team_name: str
    day: date
    at: datetime
    ahead: Ahead | None = None


@dataclass(frozen=True, slots=True)
class AheadSeen:
    """What can be answered before it is asked; `now` is what asks already, or was answered and can be changed."""

    now: Sequence[Asked]
    next: Sequence[Next]


@dataclass(frozen=True, slots=True)
class OutSeen:
    """What is not asked of somebody who is out today: the names of rounds that asked or were to, and of those to come."""

    now: Sequence[str]
    later: Sequence[str]

    @property
    def names(self) -> list[str]:
        """Each once."""
        return list(dict.fromkeys([*self.now, *self.later]))


@dataclass(frozen=True, slots=True)
class Replied:
    """What became of a plain reply: questions that it answered, what could not be kept or read, and what is open still.

    `next_name` is the stand-up that the next message answers, if another one asks too.
    """

    name: str
    questions: Sequence[Question]
    given: Sequence[Question]
    wrong: Sequence[tuple[Question, Refused]] = ()
    unread: Sequence[Unread] = ()
    missing: Sequence[Question] = ()
    next_name: str = ""

"""What a stand-up asks: ordered questions of a few kinds, and what somebody said to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    SCALE = "scale"
    YES_NO = "yes_no"
    BLOCKER = "blocker"
    MOOD = "mood"


class Purpose(StrEnum):
    """What Baton does with the answer to a text question beyond showing it.

    LOOK_BACK begins with the focus of the last round, FOCUS is what that is, NEXT_SHIFT goes to whoever works next.
    """

    NONE = ""
    LOOK_BACK = "look_back"
    FOCUS = "focus"
    NEXT_SHIFT = "next_shift"


@dataclass(frozen=True, slots=True)
class Question:
    """`id` stays the same however the words change, so that answers of two rounds can be laid side by side.

    `options` belong to a choice. A scale goes from 1 to `top`, and a mood from 1 to 5. `follow_up` is asked beneath a
    yes/no question when the answer is `follow_up_on`; empty is none.
    """

    id: str
    kind: Kind
    words: str
    purpose: Purpose = Purpose.NONE
    is_required: bool = False
    options: tuple[str, ...] = ()
    top: int = 5
    follow_up: str = ""
    follow_up_on: bool = True


MOOD_TOP = 5
SCALES = range(2, 11)
"""Up to where a scale may go."""
QUESTIONS_AT_MOST = 10
WORDS_LIMIT = 150
"""Characters of a question: what fits a label in a form."""
OPTIONS_AT_MOST = 20
OPTION_LIMIT = 75
ANSWER_LIMIT = 3000
"""Characters of an answer: what fits a field in a form. It is kept whole."""
BLOCKERS_AT_ONCE = 5
"""New blockers of one answer: one line each."""


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one question; what does not belong to its kind is empty.

    `text` answers a text or blocker question (a line per blocker), or the follow-up of a yes/no. `number` is a mood or a place on a scale.
    """

    text: str = ""
    choice: str = ""
    number: int | None = None
    yes: bool | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.choice) and self.number is None and self.yes is None


def find(questions: Sequence[Question], question_id: str) -> Question | None:
    return next((one for one in questions if one.id == question_id), None)


def with_purpose(questions: Sequence[Question], purpose: Purpose) -> Question | None:
    """The first question that is for this."""
    return next((one for one in questions if one.purpose is purpose), None)


def of_kind(questions: Sequence[Question], kind: Kind) -> Question | None:
    """The first question of this kind."""
    return next((one for one in questions if one.kind is kind), None)

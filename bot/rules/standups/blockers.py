"""What stands in somebody's way: tracked from the round in which it was said until somebody closes it with a word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BLOCKER_LIMIT = 500
WORD_LIMIT = 500


class BlockerState(StrEnum):
    OPEN = "open"
    ESCALATED = "escalated"  # it is a case now, and ends with it
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Blocker:
    """`person_id` is who is blocked, `taken_by` who looks after it. `confirmed_at` is when they last said that it still stands.
    `closed_word` says how it ended; `case_number` is the escalation that it became, and solves it when it is resolved.
    """

    workspace_id: str
    id: str
    team_id: str
    round_id: str
    person_id: str
    words: str
    raised_at: datetime
    confirmed_at: datetime
    state: BlockerState = BlockerState.OPEN
    taken_by: str | None = None
    case_number: int | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_word: str = ""

    @property
    def raised_by(self) -> str:
        return self.person_id

    @property
    def owner_id(self) -> str | None:
        return self.taken_by

    @property
    def is_open(self) -> bool:
        """It still stands in the way: nobody has solved it, escalated or not."""
        return self.state is not BlockerState.SOLVED

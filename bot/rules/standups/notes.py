"""What one shift wants the next one to know: said in one round, shown at the start of the next, until somebody confirms it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ShiftNote:
    """`round_id` and `person_id` say whose answer it is; `told_round_id` is the round that it was brought to."""

    workspace_id: str
    round_id: str
    person_id: str
    team_id: str
    words: str
    said_at: datetime
    told_round_id: str | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None

    @property
    def raised_by(self) -> str:
        return self.person_id

    @property
    def owner_id(self) -> str | None:
        return None

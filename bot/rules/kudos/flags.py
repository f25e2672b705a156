"""What looks less honest than thanks should be, for the manager alone: a hint, never a verdict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FlagKind(StrEnum):
    """The same words again, or two people who mostly thank each other."""

    SAME_WORDS = "same_words"
    EACH_OTHER = "each_other"


@dataclass(frozen=True, slots=True)
class Flag:
    workspace_id: str
    id: str
    team_id: str
    kind: FlagKind
    kudos_id: str
    giver_id: str
    receiver_id: str
    at: datetime

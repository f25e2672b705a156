"""What is added to a note once it is shared: nothing in it is ever changed, so this is its whole later life."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    SHARED = "shared"
    ACKNOWLEDGED = "acknowledged"
    COMMENTED = "commented"
    DISPUTED = "disputed"
    DECIDER_CHANGED = "decider_changed"
    DECIDED = "decided"
    AMENDED = "amended"
    COMMITMENT_SETTLED = "commitment_settled"
    FOLLOWED_UP = "followed_up"
    LEFT = "left"
    """Its author does not lead the agent any more, or one of both has gone."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Entry:
    """`words` are what somebody wrote, sealed at rest; `detail` is a word of Baton's own, such as a verdict or an id."""

    workspace_id: str
    id: str
    note_id: str
    kind: EntryKind
    by: str
    at: datetime
    words: str = ""
    detail: str = ""

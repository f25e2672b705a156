"""Who has looked at a note, or taken it along in a file: kept of everybody, and shown to the person it is about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LookKind(StrEnum):
    VIEWED = "viewed"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class Look:
    """`export_id` is the file, for one that was exported. `was_private` is a look at what only its author may know of."""

    workspace_id: str
    id: str
    note_id: str
    agent_id: str
    person_id: str
    at: datetime
    kind: LookKind
    was_private: bool
    export_id: str | None = None

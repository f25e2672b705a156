"""What Baton keeps about one person, counted, and who looked at their coaching notes: for that person alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.people import Role
from bot.rules.coaching.looks import Look
from bot.rules.coaching.notes import Note


class Kept(StrEnum):
    """What is counted."""

    SHIFTS = "shifts"
    SHIFT_CHANGES = "shift_changes"
    ABSENCES = "absences"
    COVERS = "covers"
    RAISED = "raised"
    OWNED = "owned"
    HANDED_OVER = "handed_over"
    ANSWERS = "answers"
    BLOCKERS = "blockers"
    SHARED_NOTES = "shared_notes"
    COMMITMENTS = "commitments"
    WRITTEN_NOTES = "written_notes"
    THANKS_GOT = "thanks_got"
    THANKS_GIVEN = "thanks_given"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class LookSeen:
    """A look, and the note that it was at, without its words."""

    look: Look
    note: Note


@dataclass(frozen=True, slots=True)
class LookPage:
    """Some of them, the newest first, of `total`."""

    looks: Sequence[LookSeen] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class MyData:
    """`roles` by the name of the team."""

    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    counts: Mapping[Kept, int] = field(default_factory=dict)
    shares_mood: bool = False
    looks: LookPage = field(default_factory=LookPage)
    page: int = 0

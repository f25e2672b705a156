"""What a draft still needs before it can be shared."""

from collections.abc import Sequence
from datetime import date

from bot.errors import Refused
from bot.rules.coaching.commitments import Commitment
from bot.rules.coaching.notes import PARTS, Note, Part, Visibility
from bot.text import _

NOT_NEEDED = frozenset({Part.OPTIONS})
IS_PRIVATE = _("This note is private. To share it, edit it and choose who may read it.")
PARTS_MISSING = _(
    "Something is still empty, and without it the note is hard to follow. Please edit it first."
)
DAY_PASSED = _(
    "A day in this note has come or passed while it was a draft. Please edit it and choose another one."
)


def missing(note: Note) -> tuple[Part, ...]:
    """The parts without which nobody understands the note."""
    return tuple(
        one for one in PARTS[note.kind] if one not in NOT_NEEDED and not note.body.parts.get(one)
    )


def problem(note: Note, commitments: Sequence[Commitment], *, today: date) -> Refused | None:
    """Why this draft cannot be shared as it is, if so. `today` is the author's."""
    if note.visibility is Visibility.PRIVATE:
        return Refused(IS_PRIVATE)
    if missing(note):
        return Refused(PARTS_MISSING)
    days = [*(one.due_on for one in commitments), note.follow_up_on]
    if any(one is not None and one <= today for one in days):
        return Refused(DAY_PASSED)
    return None

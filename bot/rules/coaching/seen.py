"""A note as one reader sees it: already cut to what they may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.coaching.commitments import Commitment
from bot.rules.coaching.entries import Entry
from bot.rules.coaching.notes import Action, Note


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody whom the agent can choose to decide. The name is empty while nothing is known of them.

    `back_at` is when they are back, for somebody who is away.
    """

    person_id: str
    name: str
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """`possible` is what the reader may do now; `settleable` are the ids of the commitments that they may settle.

    `managers` are those who read it because it is shared with the chain. `wants_amendment` says that it was decided that
    its author adds something, and they have not yet. `cases` are the numbers of those in the evidence that they may open.
    """

    note: Note
    reader_id: str
    entries: Sequence[Entry] = ()
    commitments: Sequence[Commitment] = ()
    possible: frozenset[Action] = frozenset()
    settleable: frozenset[str] = frozenset()
    managers: Sequence[str] = ()
    wants_amendment: bool = False
    cases: Sequence[int] = ()

    @property
    def is_authors(self) -> bool:
        return self.reader_id == self.note.author_id

    @property
    def is_to_amend(self) -> bool:
        """The reader is the author, who can do what was decided."""
        return self.wants_amendment and self.is_authors and Action.ADD in self.possible

    @property
    def open_commitments(self) -> Sequence[Commitment]:
        """What has to be settled before the note can be closed."""
        return [one for one in self.commitments if one.is_open]

"""What goes into a file of coaching notes: notes whole, and how much of it there is about each person. Pure and sync."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.rules.coaching.commitments import Commitment
from bot.rules.coaching.entries import Entry
from bot.rules.coaching.notes import Kind, Note, State, Verdict


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose notes somebody could have in a file: of these teams what they wrote, and of those what the chain may read.

    It narrows what is looked at. Of each note the table of permissions is asked all the same.
    """

    led: frozenset[str] = frozenset()
    managed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """A note as it goes into a file."""

    note: Note
    commitments: Sequence[Commitment] = ()
    entries: Sequence[Entry] = ()

    @property
    def is_withdrawn(self) -> bool:
        """It stays in sight, and is not counted."""
        return self.note.verdict is Verdict.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Coached:
    """Somebody in a team: the rows of the summary. With `is_led` the reader may coach them."""

    team_id: str
    person_id: str
    is_led: bool = False


@dataclass(slots=True)
class Standing:
    """How one person stands in a file."""

    notes: Counter[Kind] = field(default_factory=Counter)
    last: date | None = None
    open: int = 0
    overdue: int = 0


@dataclass(slots=True)
class Standings:
    """How everybody in a file stands, counted note by note. `rows` also holds those of whom there is no note."""

    today: date
    people: dict[str, Standing] = field(default_factory=dict)
    rows: set[Coached] = field(default_factory=set)

    def add(self, taken: Taken, day: date) -> None:
        """One more note, shared on this day."""
        note = taken.note
        is_known = Coached(note.team_id, note.agent_id, is_led=True) in self.rows
        self.rows.add(Coached(note.team_id, note.agent_id, is_led=is_known))
        if not taken.is_withdrawn:
            standing = self.of(note.agent_id)
            standing.notes[note.kind] += 1
            standing.last = max(day, standing.last or day)
        for one in taken.commitments:
            standing = self.of(one.promised_by)
            standing.open += one.is_open
            standing.overdue += one.is_overdue(self.today)

    def of(self, person_id: str) -> Standing:
        return self.people.setdefault(person_id, Standing())

    def coverage(self) -> Mapping[str, float]:
        """By team: which part of those whom the reader may coach there was coached."""
        found: dict[str, list[bool]] = {}
        for one in self.rows:
            if one.is_led:
                was_coached = self.of(one.person_id).notes.total() > 0
                found.setdefault(one.team_id, []).append(was_coached)
        return {team_id: sum(coached) / len(coached) for team_id, coached in found.items()}


SHARED_STATES = tuple(one for one in State if one is not State.DRAFT)
"""In which a note may be when it is in a file."""

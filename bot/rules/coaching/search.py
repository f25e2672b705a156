"""Finding notes again: by whom they are between, kind, skill, state, days, and words, as far as somebody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import Refused
from bot.rules.coaching.notes import Kind, Note, State
from bot.rules.reports.periods import Period
from bot.text import _

A_PAGE = 12
MOST_PAGES = 1000
MOST_OPENED = 500
"""Words are sealed: to look for some, notes are opened one by one, the newest first, and no more than these."""
WORDS_MAX = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; what is empty does not matter. Days are those of the reader's own clock."""

    person_id: str = ""
    kind: Kind | None = None
    skill: str = ""
    state: State | None = None
    period: Period | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of notes without their words, the newest first.

    `of_words` says in how many notes the words were looked for, if that were not all.
    """

    notes: Sequence[Note] = ()
    page: int = 0
    has_more: bool = False
    of_words: int = 0


@dataclass(frozen=True, slots=True)
class SearchSeen:
    """The form: the skills that can be chosen, what was sought, and what was found; None before the first search."""

    skills: Sequence[str]
    sought: Sought = field(default_factory=Sought)
    found: Found | None = None


def problems(sought: Sought) -> dict[str, Refused]:
    """One refusal per field that needs another look."""
    if len(sought.words) <= WORDS_MAX:
        return {}
    return {"words": Refused(_("Please keep it under {limit} characters."), limit=WORDS_MAX + 1)}


def has_words(note: Note, words: str) -> bool:
    """Whether every one of these words is somewhere in what the note says, in capitals or not."""
    said = [*note.body.parts.values(), *(one.label for one in note.body.evidence), note.skill]
    text = "\n".join(said).casefold()
    return all(word in text for word in words.casefold().split())

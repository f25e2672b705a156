"""What is added to a note once it is shared: its author's amendments, and comments of both sides."""

from datetime import datetime

from bot.errors import FormProblems
from bot.people import Person
from bot.permissions import Permission
from bot.rules.coaching import Action, EntryKind, Note
from bot.rules.coaching.disputes import WORDS_MAX
from bot.rules.coaching.notes import check
from bot.rules.escalations import clean
from bot.rules.escalations.outcomes import wrong_words
from bot.services.coaching.changing import changing
from bot.text import _
from bot.views.coaching import told
from storage.database import Database

ONLY_BOTH_SIDES = _(
    "Only whoever wrote this note, as long as they lead the team, and whom it is about can add to it."
)
ONLY_ITS_AUTHOR = _("Only whoever wrote this note can do this, as long as they lead the team.")


async def comment(
    db: Database, person: Person, note_id: str, words: str, *, key: str, now: datetime
) -> Note:
    """Either side says something, and the other hears of it. Raises FormProblems, Denied or Stale."""
    kept = _checked(words)
    async with changing(
        db, person, note_id, Permission.COACHING_ADD, ONLY_BOTH_SIDES, key=key, now=now
    ) as change:
        note = change.note
        check(Action.ADD, note)
        entry = await change.add(EntryKind.COMMENTED, kept)
        await change.tell(entry, (told.commented, [note.author_id, note.agent_id]))
    return note


async def amend(
    db: Database, person: Person, note_id: str, words: str, *, key: str, now: datetime
) -> Note:
    """The author puts something right or adds it; what was shared stays as it was. Raises FormProblems, Denied or Stale."""
    kept = _checked(words)
    async with changing(
        db, person, note_id, Permission.COACHING_EDIT, ONLY_ITS_AUTHOR, key=key, now=now
    ) as change:
        note = change.note
        check(Action.ADD, note)
        entry = await change.add(EntryKind.AMENDED, kept)
        decider = [note.decider_id] if note.decider_id else []
        await change.tell(entry, (told.amended, [note.agent_id, *decider]))
    return note


def _checked(words: str) -> str:
    kept = clean(words)
    if found := wrong_words("words", kept, WORDS_MAX):
        raise FormProblems(found)
    return kept

"""The agent's answer to a note: that they have read it, with or without words of their own."""

from dataclasses import replace
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

ONLY_WHOM_IT_IS_ABOUT = _("Only the person whom this note is about can answer it.")


async def acknowledge(
    db: Database, person: Person, note_id: str, *, key: str, now: datetime
) -> Note:
    """They have read it; that is no consent to what it says. Raises Denied or Stale."""
    return await _acknowledge(db, person, note_id, "", key=key, now=now)


async def acknowledge_with(
    db: Database, person: Person, note_id: str, words: str, *, key: str, now: datetime
) -> Note:
    """The same, with a comment. Raises FormProblems, Denied or Stale."""
    kept = clean(words)
    if found := wrong_words("words", kept, WORDS_MAX):
        raise FormProblems(found)
    return await _acknowledge(db, person, note_id, kept, key=key, now=now)


async def _acknowledge(
    db: Database, person: Person, note_id: str, words: str, *, key: str, now: datetime
) -> Note:
    async with changing(
        db, person, note_id, Permission.COACHING_ANSWER, ONLY_WHOM_IT_IS_ABOUT, key=key, now=now
    ) as change:
        note = change.note
        state = check(Action.ACKNOWLEDGE, note)
        await change.keep(replace(note, state=state, acknowledged_at=now, has_comment=bool(words)))
        entry = await change.add(EntryKind.ACKNOWLEDGED, words)
        say = told.acknowledged_with if words else told.acknowledged
        await change.tell(entry, (say, [note.author_id]))
    return change.note

"""Closing a note: once it was acknowledged or decided, and everything that was promised in it is settled."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.permissions import Permission
from bot.rules.coaching import Action, EntryKind, Note, disputes
from bot.rules.coaching.notes import check
from bot.services.coaching.adding import ONLY_ITS_AUTHOR
from bot.services.coaching.changing import changing
from bot.text import _
from bot.views.coaching import told
from bot.views.coaching.answer import STILL_OPEN
from storage import coaching
from storage.database import Database

AMEND_FIRST = _("This note is not closed: the decision asks you to add to it first.")


class StillOpen(Refused):
    """Something that was promised in it is still open."""

    def __init__(self) -> None:
        super().__init__(STILL_OPEN)


async def close(db: Database, person: Person, note_id: str, *, key: str, now: datetime) -> Note:
    """Raises Denied, Stale, StillOpen, or Refused with what is left to do."""
    async with changing(
        db, person, note_id, Permission.COACHING_CLOSE, ONLY_ITS_AUTHOR, key=key, now=now
    ) as change:
        note = change.note
        state = check(Action.CLOSE, note)
        if any(one.is_open for one in await coaching.commitments_of(change.tx, note.id)):
            raise StillOpen
        if disputes.wants_amendment(note, await coaching.entries_of(change.tx, note.id)):
            raise Refused(AMEND_FIRST)
        await change.keep(replace(note, state=state, closed_at=now))
        entry = await change.add(EntryKind.CLOSED)
        await change.tell(entry, (told.closed, [note.agent_id]))
    return change.note

"""One change of a note that is shared: locked, checked, written once, and a line added to its later life."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.coaching import Entry, EntryKind, Note
from bot.rules.coaching.notes import CHANGED
from bot.services.coaching import telling
from bot.services.coaching.reading import locked
from bot.services.transaction import heard_once
from bot.views.coaching.told import Words
from storage import coaching, outbox
from storage.base import new_id
from storage.database import Database, Tx


@dataclass
class Change:
    """A change under way: nobody else changes this note meanwhile. `by` is whoever makes it."""

    tx: Tx
    note: Note
    by: str
    now: datetime

    async def keep(self, after: Note) -> None:
        """Raises Stale if somebody was first."""
        written = await coaching.change(self.tx, after, before=self.note, now=self.now)
        if written is None:
            raise Stale(CHANGED)
        self.note = written

    async def add(self, kind: EntryKind, words: str = "", detail: str = "") -> Entry:
        """A line that stays."""
        note = self.note
        entry = Entry(
            note.workspace_id,
            new_id(),
            note.id,
            kind,
            self.by,
            self.now,
            words=words,
            detail=detail,
        )
        await coaching.add_entry(self.tx, entry, now=self.now)
        return entry

    async def tell(self, entry: Entry, *messages: tuple[Words, Sequence[str]]) -> None:
        """Neutral words to everybody concerned but whoever did it; once for this entry."""
        notes = [
            one
            for words, person_ids in messages
            for one in await telling.to(
                self.tx,
                self.note,
                words,
                [person for person in person_ids if person != self.by],
                by=self.by,
                once=entry.id,
            )
        ]
        await outbox.say(self.tx, *notes, now=self.now)


@asynccontextmanager
async def changing(
    db: Database,
    person: Person,
    note_id: str,
    permission: Permission,
    refusal: str,
    *,
    key: str,
    now: datetime,
) -> AsyncIterator[Change]:
    """A transaction in which this person changes this note. Raises Denied, also if it is gone."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        note = await locked(tx, person, note_id)
        check_may(person, permission, note, refusal)
        yield Change(tx, note, person.id, now)

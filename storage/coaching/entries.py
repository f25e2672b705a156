"""What was added to a note since it was shared: rows that nobody changes."""

from datetime import datetime

from sqlalchemy import func, select

from bot.rules.coaching import Entry, EntryKind
from storage import keys
from storage.coaching.rows import EntryRow
from storage.database import Tx, insert_rows

TABLE = EntryRow.__tablename__


async def add_entry(tx: Tx, entry: Entry, *, now: datetime) -> None:
    """The note is locked: it is the last one. Raises Refused if there is no key to seal it with."""
    before = await tx.scalar(
        select(func.max(EntryRow.place)).where(EntryRow.note_id == entry.note_id)
    )
    await keys.remember(tx, now=now)
    values = {
        "id": entry.id,
        "note_id": entry.note_id,
        "place": (before or 0) + 1,
        "kind": entry.kind.value,
        "by": entry.by,
        "at": entry.at,
        "words": keys.seal(tx, TABLE, "words", entry.id, entry.words),
        "detail": entry.detail,
    }
    await insert_rows(tx, EntryRow, values)


async def entries_of(tx: Tx, note_id: str) -> list[Entry]:
    """All that was added to a note, the oldest first."""
    asked = select(EntryRow).where(EntryRow.note_id == note_id)
    rows = await tx.scalars(asked.order_by(EntryRow.place))
    return [to_entry(tx, row) for row in rows]


def to_entry(tx: Tx, row: EntryRow) -> Entry:
    """The entry of a row, opened. Raises CannotOpen."""
    return Entry(
        row.workspace_id,
        row.id,
        row.note_id,
        EntryKind(row.kind),
        row.by,
        row.at,
        words=keys.unseal(tx, TABLE, "words", row.id, row.words),
        detail=row.detail,
    )

"""Everything that is kept sealed, in one list, and sealing it anew with the newest key, a little at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, delete, func, select, update

from bot.rules.coaching import Body
from storage import keys
from storage.base import table_of
from storage.coaching.bodies import to_text
from storage.coaching.rows import CommitmentRow, EntryRow, NoteRow
from storage.database import Tx
from storage.keys import KeyRow
from storage.sealing import ID_BYTES, CannotOpen, Place


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed texts. `if_lost` takes the place of a text whose key is lost."""

    row: type[NoteRow] | type[EntryRow] | type[CommitmentRow]
    column: str
    if_lost: str

    @property
    def table(self) -> str:
        return str(table_of(self.row).name)

    @property
    def texts(self) -> Any:
        return getattr(self.row, self.column)

    @property
    def key(self) -> ColumnElement[bytes]:
        """The id of the key that a text is sealed with: its first bytes."""
        return func.substr(self.texts, 1, ID_BYTES, type_=LargeBinary)


SEALED = (
    Sealed(NoteRow, "body", to_text(Body())),
    Sealed(EntryRow, "words", ""),
    Sealed(CommitmentRow, "words", "…"),
)


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many texts were sealed with the newest key, emptied since their key is lost, and left since they do not open.

    `last` is the id of the last row that was looked at, empty if there was none.
    """

    sealed: int = 0
    emptied: int = 0
    unopened: int = 0
    last: str = field(default="", compare=False)

    def __add__(self, later: "Resealed") -> "Resealed":
        return Resealed(
            self.sealed + later.sealed,
            self.emptied + later.emptied,
            self.unopened + later.unopened,
            later.last,
        )


async def seal_anew(
    tx: Tx, what: Sealed, *, after: str, limit: int, now: datetime, lost: str = ""
) -> Resealed:
    """Those of the next rows that are sealed with an older key. What somebody changes at this moment is left to the next round.

    A text that does not open stays as it is, unless it is sealed with the key that is `lost`: its place is emptied.
    """
    waiting = select(what.row.id, what.texts).where(what.row.id > after, what.key != tx.keys.newest)
    # Only what is free, so that nobody who waits for this can be waited for.
    free = waiting.with_for_update(key_share=True, skip_locked=True)
    rows: Sequence[Any] = (await tx.execute(free.order_by(what.row.id).limit(limit))).all()
    if rows:
        await keys.remember(tx, now=now)
    sealed = emptied = unopened = 0
    for row_id, before in rows:
        place = Place(tx.workspace_id, what.table, what.column, row_id)
        is_lost = before[:ID_BYTES].hex() == lost
        try:
            text = what.if_lost if is_lost else tx.keys.open(before, place)
        except CannotOpen:
            unopened += 1
            continue
        is_written = await _write(tx, what, row_id, before, tx.keys.seal(text, place))
        sealed += is_written and not is_lost
        emptied += is_written and is_lost
    return Resealed(sealed, emptied, unopened, rows[-1][0] if rows else "")


async def forget_if_unneeded(tx: Tx, key_id: str) -> bool:
    """Strike a key from those that are needed. False if something is still sealed with it.

    Whoever seals with it holds its row until their commit, so nothing is sealed while this looks.
    """
    known = select(KeyRow.id).where(KeyRow.id == key_id).with_for_update()
    if await tx.scalar(known) is None:
        return True
    for what in SEALED:
        one = select(what.row.id).where(what.key == bytes.fromhex(key_id)).limit(1)
        if await tx.scalar(one) is not None:
            return False
    await tx.execute(delete(KeyRow).where(KeyRow.id == key_id))
    return True


async def _write(tx: Tx, what: Sealed, row_id: str, before: bytes, after: bytes) -> bool:
    """If it is still what was read."""
    changed = await tx.scalar(
        update(what.row)
        .where(what.row.id == row_id, what.texts == before)
        .values({what.column: after})
        .returning(what.row.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None

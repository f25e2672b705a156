"""Which keys a workspace's sealed texts were written with, and sealing in a transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into
from storage.sealing import Place


class KeyRow(InWorkspace, Base):
    """A key that something may be sealed with. `id` is the key's id, 16 hex digits, and tells nothing about it."""

    __tablename__ = "encryption_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    first_used_at: Mapped[datetime]


async def remember(tx: Tx, *, now: datetime) -> None:
    """Before anything is sealed: so that a start without this key is refused. Raises Refused if there is no key."""
    newest = tx.keys.newest.hex()
    if tx.info.get("sealed_with") == newest:
        return
    row = {"workspace_id": tx.workspace_id, "id": newest, "first_used_at": now}
    await tx.execute(insert_into(tx, KeyRow).values(**row).on_conflict_do_nothing())
    tx.info["sealed_with"] = newest


def seal(tx: Tx, table: str, column: str, row: str, text: str) -> bytes:
    """`remember` it first. Raises Refused if there is no key."""
    return tx.keys.seal(text, Place(tx.workspace_id, table, column, row))


def unseal(tx: Tx, table: str, column: str, row: str, sealed: bytes) -> str:
    """Raises CannotOpen."""
    return tx.keys.open(sealed, Place(tx.workspace_id, table, column, row))


async def used(connection: AsyncConnection) -> Sequence[str]:
    """The ids of all keys that something may be sealed with, in any workspace."""
    found = await connection.scalars(select(KeyRow.id).distinct().order_by(KeyRow.id))
    return found.all()

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
    # Held until the commit: nobody may find that nothing needs this key while something is being sealed with it.
    held = select(KeyRow.id).where(KeyRow.id == newest).with_for_update(read=True, key_share=True)
    while await tx.scalar(held) is None:
        await tx.execute(insert_into(tx, KeyRow).values(**row).on_conflict_do_nothing())
    tx.info["sealed_with"] = newest


def check_can_seal(tx: Tx) -> None:
    """Before somebody types what could not be kept. Raises Refused, with what the operator must do, if there is no key."""
    _ = tx.keys.newest


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


async def everywhere(connection: AsyncConnection) -> Sequence[tuple[str, str]]:
    """Each workspace with each key that something in it may be sealed with."""
    found = await connection.execute(
        select(KeyRow.workspace_id, KeyRow.id).order_by(KeyRow.workspace_id, KeyRow.id)
    )
    return [(workspace_id, key_id) for workspace_id, key_id in found]

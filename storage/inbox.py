"""What was heard: one row per request, written with its effect, so that a repeat does nothing."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column

from bot.errors import AlreadyHeard
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into


class InboxRow(InWorkspace, Base):
    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(index=True)


async def check_new(tx: Tx, key: str, *, now: datetime) -> None:
    """Remember the key in this transaction. Raises AlreadyHeard if it was there before."""
    remember = (
        insert_into(tx, InboxRow)
        .values(workspace_id=tx.workspace_id, key=key, heard_at=now)
        .on_conflict_do_nothing()
        .returning(InboxRow.key)
    )
    if await tx.scalar(remember) is None:
        raise AlreadyHeard(key)


async def forget_before(tx: Tx, moment: datetime) -> int:
    """Drop the keys that nobody will repeat any more. Returns how many."""
    dropped = await tx.scalars(
        delete(InboxRow).where(InboxRow.heard_at < moment).returning(InboxRow.key)
    )
    return len(dropped.all())

"""What was heard: one row per request, written with its effect, so that a repeat does nothing."""

from datetime import datetime
from functools import cache

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from bot.errors import AlreadyHeard
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_for


class InboxRow(InWorkspace, Base):
    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(index=True)


async def check_new(tx: Tx, key: str, *, now: datetime) -> None:
    """Remember the key in this transaction. Raises AlreadyHeard if it was there before."""
    heard = {"workspace_id": tx.workspace_id, "key": key, "heard_at": now}
    if await tx.scalar(_remember(tx.dialect), heard) is None:
        raise AlreadyHeard(key)


async def check_unheard(tx: Tx, key: str) -> None:
    """Before looking at what a request is about: a repeat would find it changed by itself. Raises AlreadyHeard."""
    if await tx.scalar(select(InboxRow.key).where(InboxRow.key == key)) is not None:
        raise AlreadyHeard(key)


async def forget_before(tx: Tx, moment: datetime, *, limit: int = 500) -> int:
    """Drop keys that nobody will repeat any more, at most `limit`. Returns how many."""
    old = select(InboxRow.workspace_id, InboxRow.key).where(InboxRow.heard_at < moment).limit(limit)
    dropped = await tx.scalars(
        delete(InboxRow)
        .where(tuple_(InboxRow.workspace_id, InboxRow.key).in_(old))
        .returning(InboxRow.key)
    )
    return len(dropped.all())


@cache
def _remember(dialect: str) -> ReturningInsert[tuple[str]]:
    statement = insert_for(dialect, InboxRow)
    return statement.on_conflict_do_nothing().returning(statement.table.c.key)

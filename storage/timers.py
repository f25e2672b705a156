"""What will be done later: one row per thing in the future, set and fired with its effect in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, bindparam, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningDelete

from storage.base import Base, InWorkspace, Utc
from storage.database import Insert, Tx, insert_for


@dataclass(frozen=True, slots=True)
class Timer:
    """`kind` says what will happen, `subject` to what, `step` which of several. `due_at` is UTC.

    `attempts` counts the tries that failed: a timer that is set or moved begins at 0. `read` is no part of it: it is
    what was read for it beforehand, if it asked for that.
    """

    kind: str
    subject: str
    due_at: datetime
    step: str = ""
    attempts: int = 0
    read: object = field(default=None, compare=False)


class TimerRow(InWorkspace, Base):
    __tablename__ = "timers"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True, default="")
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    """When to try: the due time at first, later after each failed try."""
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]

    __table_args__ = (
        Index(None, "not_before"),
        # In the order in which they are taken: however many wait for their time, only the first is read.
        Index("ix_timers_next", "workspace_id", "not_before", "kind", "subject", "step"),
    )


KEY = (TimerRow.workspace_id, TimerRow.kind, TimerRow.subject, TimerRow.step)


async def put(tx: Tx, *timers: Timer) -> None:
    """Set timers, or move those that are set already. The tick finds them within a second of their time."""
    if timers:
        await tx.execute(_put(tx.dialect), _rows(tx, timers))


async def hasten(tx: Tx, *timers: Timer) -> None:
    """Set timers, or move those that are set for later. What is due sooner, or was, still says since when."""
    if timers:
        await tx.execute(_put(tx.dialect, only_sooner=True), _rows(tx, timers))


def _rows(tx: Tx, timers: Sequence[Timer]) -> list[dict[str, Any]]:
    return [
        {
            "workspace_id": tx.workspace_id,
            "kind": timer.kind,
            "subject": timer.subject,
            "step": timer.step,
            "due_at": timer.due_at,
            "not_before": timer.due_at,
            "attempts": 0,
            "last_error": None,
        }
        # in one order, whoever sets them, so that two transactions cannot wait for each other
        for timer in sorted(timers, key=lambda timer: (timer.kind, timer.subject, timer.step))
    ]


async def cancel(tx: Tx, subject: str, *kinds: str) -> None:
    """Forget the timers of these kinds for this subject. None there is no error."""
    await tx.execute(delete(TimerRow).where(TimerRow.subject == subject, TimerRow.kind.in_(kinds)))


async def claim_due(tx: Tx, now: datetime) -> Timer | None:
    """Take the timer that could have been tried the longest, if nobody else has it. It is gone once this is committed."""
    taken = await tx.execute(_claim_due(), {"at": now})
    row = taken.one_or_none()
    return Timer(*row) if row else None


async def put_off(tx: Tx, timer: Timer, *, until: datetime, error: str | None = None) -> None:
    """Try this timer again later: a failed try if there was an `error`.

    One that was moved or cancelled in the meantime is left alone.
    """
    failed = {"attempts": timer.attempts + 1, "last_error": error} if error else {}
    await tx.execute(
        update(TimerRow)
        .where(
            TimerRow.kind == timer.kind,
            TimerRow.subject == timer.subject,
            TimerRow.step == timer.step,
            TimerRow.due_at == timer.due_at,
        )
        .values(not_before=until, **failed)
        .execution_options(synchronize_session=False)
    )


async def workspaces_due(connection: AsyncConnection, now: datetime) -> Sequence[str]:
    """Which workspaces have a timer that is due."""
    found = await connection.scalars(
        select(TimerRow.workspace_id).where(TimerRow.not_before <= now).distinct()
    )
    return found.all()


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """When the next timer of any workspace is to be tried, later than this moment."""
    return await connection.scalar(
        select(func.min(TimerRow.not_before)).where(TimerRow.not_before > after)
    )


@cache
def _claim_due() -> ReturningDelete[*tuple[Any, ...]]:
    due = (
        select(*KEY)
        .where(TimerRow.not_before <= bindparam("at", type_=Utc()))
        .order_by(TimerRow.not_before, TimerRow.kind, TimerRow.subject, TimerRow.step)
        .limit(1)
        .with_for_update(skip_locked=True)
        # A subquery might be run once for each row that is compared, and each time lock and find another one.
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    return (
        delete(TimerRow)
        .where(tuple_(*KEY).in_(select(*due.c)))
        .returning(
            TimerRow.kind, TimerRow.subject, TimerRow.due_at, TimerRow.step, TimerRow.attempts
        )
        .execution_options(synchronize_session=False)
    )


@cache
def _put(dialect: str, *, only_sooner: bool = False) -> Insert:
    statement = insert_for(dialect, TimerRow)
    moved = {c: statement.excluded[c] for c in ("due_at", "not_before", "attempts", "last_error")}
    later = statement.table.c.due_at > statement.excluded.due_at
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "kind", "subject", "step"],
        set_=moved,
        where=later if only_sooner else None,
    )

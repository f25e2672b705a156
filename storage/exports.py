"""Files that people want: who asked for what, whose turn it is to make one, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Index,
    and_,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.rules.reports import unpack
from bot.rules.reports.exports import LEASE, Export, ExportState, Trouble
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_rows


class ExportRow(InWorkspace, Base):
    __tablename__ = "exports"

    id: Mapped[str] = mapped_column(primary_key=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    asked: Mapped[str]
    """`bot/rules/reports/asked.py` says what is in it."""
    state: Mapped[str]
    tries: Mapped[int]
    not_before: Mapped[datetime]
    """Nobody begins it earlier: who is making it has it until then, and after a failure it rests."""
    total: Mapped[int]
    done: Mapped[int]
    file_id: Mapped[str]
    trouble: Mapped[str | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_exports_wanted",
            "workspace_id",
            "not_before",
            postgresql_where=text("state = 'wanted'"),
            sqlite_where=text("state = 'wanted'"),
        ),
    )


async def add(tx: Tx, export: Export) -> None:
    """Somebody wants one. The exporter is woken after the commit. One that is made already is only remembered."""
    values = {
        "id": export.id,
        "asked_by": export.asked_by,
        "asked_at": export.asked_at,
        "asked": export.asked.packed(),
        "state": export.state,
        "tries": 0,
        "not_before": export.asked_at,
        "total": 0,
        "done": 0,
        "file_id": "",
        "trouble": export.trouble,
        "finished_at": export.finished_at,
    }
    await insert_rows(tx, ExportRow, values)
    tx.wakes.add("exports")


async def find(tx: Tx, export_id: str) -> Export | None:
    """As it is now, whatever this transaction saw before."""
    row = await tx.scalar(
        select(ExportRow).where(ExportRow.id == export_id).execution_options(populate_existing=True)
    )
    return _to_export(row) if row else None


async def claim(tx: Tx, *, now: datetime) -> Export | None:
    """Begin the one that has waited the longest, if there is one that nobody else is making."""
    waiting = (
        select(ExportRow.id)
        .where(is_wanted(), ExportRow.not_before <= now)
        .order_by(ExportRow.not_before, ExportRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    export_id = await tx.scalar(waiting)
    if export_id is None:
        return None
    begun = await _change(
        tx,
        and_(ExportRow.id == export_id, ExportRow.not_before <= now),
        tries=ExportRow.tries + 1,
        not_before=now + LEASE,
        done=0,
    )
    return await find(tx, export_id) if begun else None


async def go_on(tx: Tx, export: Export, *, done: int, total: int, now: datetime) -> bool:
    """So far it has come. False if somebody else has it by now."""
    return await _change(tx, _mine(export), done=done, total=total, not_before=now + LEASE)


async def finish(
    tx: Tx,
    export: Export,
    state: ExportState,
    *,
    now: datetime,
    file_id: str = "",
    trouble: Trouble | None = None,
) -> bool:
    """It is made, or given up. False if somebody else has it by now."""
    return await _change(
        tx, _mine(export), state=state, file_id=file_id, trouble=trouble, finished_at=now
    )


async def cancel(tx: Tx, export_id: str, *, now: datetime) -> bool:
    """Nobody wants it any more, whoever is making it. False if it was made or given up before."""
    is_that = and_(ExportRow.id == export_id, is_wanted())
    return await _change(tx, is_that, state=ExportState.CANCELLED, finished_at=now)


async def complete(tx: Tx, export: Export, *, now: datetime) -> bool:
    """One that nobody was asked to make was made all the same, on the command line."""
    is_that = and_(ExportRow.id == export.id, ExportRow.state == ExportState.FAILED)
    return await _change(tx, is_that, state=ExportState.MADE, trouble=None, finished_at=now)


async def put_off(tx: Tx, export: Export, *, until: datetime) -> bool:
    """It did not work out this time. False if somebody else has it by now."""
    return await _change(tx, _mine(export), not_before=until)


async def want_again(tx: Tx, export_id: str, tries: int, *, now: datetime) -> bool:
    """Its file could not be shown: make another. False if that was another try's file."""
    is_that = and_(
        ExportRow.id == export_id, ExportRow.tries == tries, ExportRow.state == ExportState.MADE
    )
    tx.wakes.add("exports")
    return await _change(
        tx, is_that, state=ExportState.WANTED, not_before=now, finished_at=None, file_id=""
    )


async def workspaces_wanting(connection: AsyncConnection, *, now: datetime) -> Sequence[str]:
    """Which workspaces have one that could be begun."""
    found = await connection.scalars(
        select(ExportRow.workspace_id).where(is_wanted(), ExportRow.not_before <= now).distinct()
    )
    return found.all()


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """When the next one may be begun that has to wait at present."""
    waiting = (is_wanted(), ExportRow.not_before > after)
    return await connection.scalar(select(func.min(ExportRow.not_before)).where(*waiting))


# In the statement itself, so that the partial index above is recognised.
_WANTED: BindParameter[Any] = bindparam(
    "wanted", [ExportState.WANTED.value], expanding=True, literal_execute=True
)


def is_wanted() -> ColumnElement[bool]:
    """Somebody waits for it."""
    return ExportRow.state.in_(_WANTED)


def _mine(export: Export) -> ColumnElement[bool]:
    """As long as nobody else has begun it."""
    return and_(ExportRow.id == export.id, ExportRow.tries == export.tries, is_wanted())


async def _change(tx: Tx, where: ColumnElement[bool], **values: Any) -> bool:
    changed = await tx.scalar(
        update(ExportRow)
        .where(where)
        .values(**values)
        .returning(ExportRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def _to_export(row: ExportRow) -> Export:
    return Export(
        row.workspace_id,
        row.id,
        row.asked_by,
        row.asked_at,
        unpack(row.asked),
        ExportState(row.state),
        tries=row.tries,
        not_before=row.not_before,
        total=row.total,
        done=row.done,
        file_id=row.file_id,
        trouble=Trouble(row.trouble) if row.trouble else None,
        finished_at=row.finished_at,
    )

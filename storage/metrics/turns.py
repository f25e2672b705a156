"""Whose turn an import is: Baton's to begin, to go on with and to clear away, or a person's who has not answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.metrics.importing.imports import BATONS_TURN, LEASE, OVER, Import, ImportState
from storage import workspaces
from storage.database import Tx
from storage.metrics.imports import change, find, found_by
from storage.metrics.rows import ImportDayRow, ImportRow


async def claim(tx: Tx, state: ImportState, *, now: datetime) -> Import | None:
    """Begin the one of this state that has waited the longest, if there is one that nobody else is at.

    Only one of a workspace is read at a time: the disk has other things to write too.
    """
    if state is ImportState.READING:
        await workspaces.lock(tx)
        if await tx.scalar(select(ImportRow.id).where(_is_being_read(now)).limit(1)):
            return None
    waiting = (
        select(ImportRow.id)
        .where(is_wanted(), ImportRow.state == state, ImportRow.not_before <= now)
        .order_by(ImportRow.not_before, ImportRow.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    import_id = await tx.scalar(waiting)
    if import_id is None:
        return None
    begun = await change(
        tx,
        and_(ImportRow.id == import_id, ImportRow.not_before <= now),
        tries=ImportRow.tries + 1,
        not_before=now + LEASE,
        done=0,
    )
    return await find(tx, import_id) if begun else None


async def go_on(tx: Tx, import_: Import, *, done: int, total: int, now: datetime) -> bool:
    """So far it has come. False if somebody else has it by now, or it is not wanted any more."""
    return await change(tx, _is_still(import_), done=done, total=total, not_before=now + LEASE)


async def hold(tx: Tx, import_: Import, *, until: datetime) -> bool:
    """Nobody else begins it before. False if somebody else has it by now, or it is not wanted any more."""
    return await change(tx, _is_still(import_), not_before=until)


async def put_off(tx: Tx, import_: Import, *, until: datetime) -> bool:
    """Whoever is free begins it then."""
    tx.wakes.add("imports")
    return await hold(tx, import_, until=until)


def _is_still(import_: Import) -> ColumnElement[bool]:
    """Nobody has begun it since, and it is in the same state."""
    return and_(
        ImportRow.id == import_.id,
        ImportRow.tries == import_.tries,
        ImportRow.state == import_.state,
    )


async def forgotten(tx: Tx, *, before: datetime) -> list[Import]:
    """Those that wait for an answer, and were brought before that."""
    return await found_by(tx, _has_waited(before))


async def workspaces_with_forgotten(
    connection: AsyncConnection, *, before: datetime
) -> Sequence[str]:
    """Which workspaces have such."""
    found = select(ImportRow.workspace_id).where(_has_waited(before))
    return (await connection.scalars(found.distinct())).all()


def _has_waited(before: datetime) -> ColumnElement[bool]:
    waits = ImportRow.state.in_([ImportState.ASKING, ImportState.WAITING])
    return and_(waits, ImportRow.asked_at < before)


async def next_to_clear(tx: Tx) -> tuple[int, str] | None:
    """An import that is over and a day that it still has facts of. One at which somebody works is left alone."""
    asked = (
        select(ImportDayRow.number, ImportDayRow.day)
        .join(
            ImportRow,
            and_(
                ImportRow.workspace_id == ImportDayRow.workspace_id,
                ImportRow.number == ImportDayRow.number,
            ),
        )
        .where(ImportRow.state.in_(OVER))
        .limit(1)
    )
    row = (await tx.execute(asked)).one_or_none()
    return (row[0], row[1]) if row else None


async def workspaces_wanting(connection: AsyncConnection, *, now: datetime) -> Sequence[str]:
    """Which workspaces have one that could be begun."""
    found = await connection.scalars(
        select(ImportRow.workspace_id).where(is_wanted(), ImportRow.not_before <= now).distinct()
    )
    return found.all()


async def workspaces_to_clear(connection: AsyncConnection) -> Sequence[str]:
    """Which workspaces have something left of imports that are over."""
    left = (
        select(ImportDayRow.number)
        .where(
            ImportDayRow.workspace_id == ImportRow.workspace_id,
            ImportDayRow.number == ImportRow.number,
        )
        .exists()
    )
    over = select(ImportRow.workspace_id).where(ImportRow.state.in_(OVER), left)
    return (await connection.scalars(over.distinct())).all()


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """When the next one may be begun that has to wait at present."""
    waiting = (is_wanted(), ImportRow.not_before > after)
    return await connection.scalar(select(func.min(ImportRow.not_before)).where(*waiting))


def _is_being_read(now: datetime) -> ColumnElement[bool]:
    """Somebody has begun it, and has given a sign of life since."""
    return and_(
        ImportRow.state == ImportState.READING, ImportRow.tries > 0, ImportRow.not_before > now
    )


# In the statement itself, so that the partial index is recognised.
_WANTED: BindParameter[Any] = bindparam(
    "wanted", sorted(BATONS_TURN), expanding=True, literal_execute=True
)


def is_wanted() -> ColumnElement[bool]:
    """It is Baton's turn."""
    return ImportRow.state.in_(_WANTED)

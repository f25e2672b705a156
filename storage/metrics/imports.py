"""Imports, and the feeds that they bring facts of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.metrics.imports import (
    BATONS_TURN,
    LEADS_TO,
    LEASE,
    OVER,
    Import,
    ImportKind,
    ImportState,
)
from storage import workspaces
from storage.base import new_id
from storage.database import Tx, insert_into, insert_rows
from storage.metrics.rows import FeedRow, ImportDayRow, ImportRow


async def feed(tx: Tx, name: str, source: str) -> str:
    """The id of the feed of this name; one that is not there is made."""
    values = {"id": new_id(), "name": name, "source": source, "version": 1}
    key = {"workspace_id": tx.workspace_id}
    await tx.execute(insert_into(tx, FeedRow).values(**key, **values).on_conflict_do_nothing())
    return str(await tx.scalar(select(FeedRow.id).where(FeedRow.name == name)))


async def feed_version(tx: Tx, feed_id: str) -> int:
    """How often what holds in it has changed."""
    return await tx.scalar(select(FeedRow.version).where(FeedRow.id == feed_id)) or 0


async def change_feed(tx: Tx, feed_id: str, version: int | None = None) -> bool:
    """What holds in it changes in this transaction, and in no other one beside it. False if it did since `version`."""
    same = [] if version is None else [FeedRow.version == version]
    changed = await tx.scalar(
        update(FeedRow)
        .where(FeedRow.id == feed_id, *same)
        .values(version=FeedRow.version + 1)
        .returning(FeedRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def add(tx: Tx, import_: Import) -> Import:
    """Remember a new one, with the next number. Baton's loop is woken after the commit."""
    await workspaces.lock(tx)
    last = await tx.scalar(select(func.max(ImportRow.number))) or 0
    numbered = replace(import_, id=import_.id or new_id(), number=last + 1)
    await insert_rows(tx, ImportRow, _values(numbered))
    tx.wakes.add("imports")
    return numbered


async def find(tx: Tx, import_id: str) -> Import | None:
    """As it is now, whatever this transaction saw before."""
    return await _first(tx, ImportRow.id == import_id)


async def of_digest(tx: Tx, digest: str) -> list[Import]:
    """All imports of the same bytes, the newest first."""
    return await _list(tx, ImportRow.digest == digest)


async def latest(tx: Tx, *states: ImportState, most: int) -> list[Import]:
    """The newest first; of these states, or all."""
    wanted = [ImportRow.state.in_(states)] if states else []
    return await _list(tx, *wanted, most=most)


async def live_of(tx: Tx, feed_id: str) -> list[Import]:
    """What holds of a feed, the newest first."""
    return await _list(tx, ImportRow.feed_id == feed_id, ImportRow.state == ImportState.LIVE)


async def rolling(
    tx: Tx, feed_id: str, kind: ImportKind, team_id: str, *, since: datetime
) -> Import | None:
    """The live one of this kind and team that was begun last, if that was not before `since`."""
    return await _first(
        tx,
        ImportRow.feed_id == feed_id,
        ImportRow.state == ImportState.LIVE,
        ImportRow.kind == kind,
        ImportRow.team_id == team_id,
        ImportRow.asked_at >= since,
    )


async def save(tx: Tx, import_: Import, before: Import) -> bool:
    """Write what has become of it. False if somebody has changed it since `before`, or it is no longer what begun it."""
    if import_.state is not before.state and import_.state not in LEADS_TO[before.state]:
        raise ValueError(f"An import does not go from {before.state} to {import_.state}.")
    where = and_(
        ImportRow.id == before.id,
        ImportRow.version == before.version,
        ImportRow.tries == before.tries,
    )
    values = _values(import_) | {"version": before.version + 1}
    tx.wakes.add("imports")
    return await _change(tx, where, **values)


async def claim(tx: Tx, *, now: datetime) -> Import | None:
    """Begin the one that has waited the longest, if there is one that nobody else is at."""
    waiting = (
        select(ImportRow.id)
        .where(is_wanted(), ImportRow.not_before <= now)
        .order_by(ImportRow.not_before, ImportRow.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    import_id = await tx.scalar(waiting)
    if import_id is None:
        return None
    begun = await _change(
        tx,
        and_(ImportRow.id == import_id, ImportRow.not_before <= now),
        tries=ImportRow.tries + 1,
        not_before=now + LEASE,
        done=0,
    )
    return await find(tx, import_id) if begun else None


async def go_on(tx: Tx, import_: Import, *, done: int, total: int, now: datetime) -> bool:
    """So far it has come. False if somebody else has it by now, or it is not wanted any more."""
    mine = and_(
        ImportRow.id == import_.id,
        ImportRow.tries == import_.tries,
        ImportRow.state == import_.state,
    )
    return await _change(tx, mine, done=done, total=total, not_before=now + LEASE)


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


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """When the next one may be begun that has to wait at present."""
    waiting = (is_wanted(), ImportRow.not_before > after)
    return await connection.scalar(select(func.min(ImportRow.not_before)).where(*waiting))


# In the statement itself, so that the partial index is recognised.
_WANTED: BindParameter[Any] = bindparam(
    "wanted", sorted(BATONS_TURN), expanding=True, literal_execute=True
)


def is_wanted() -> ColumnElement[bool]:
    """It is Baton's turn."""
    return ImportRow.state.in_(_WANTED)


async def _first(tx: Tx, *where: ColumnElement[bool]) -> Import | None:
    found = await _list(tx, *where, most=1)
    return found[0] if found else None


async def _list(tx: Tx, *where: ColumnElement[bool], most: int = 1_000) -> list[Import]:
    asked = select(ImportRow).where(*where).order_by(ImportRow.number.desc()).limit(most)
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    return [_to_import(row) for row in rows]


async def _change(tx: Tx, where: ColumnElement[bool], **values: Any) -> bool:
    changed = await tx.scalar(
        update(ImportRow)
        .where(where)
        .values(**values)
        .returning(ImportRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def _values(import_: Import) -> dict[str, Any]:
    return {
        "id": import_.id,
        "number": import_.number,
        "kind": import_.kind,
        "feed_id": import_.feed_id,
        "team_id": import_.team_id,
        "person_id": import_.person_id,
        "file_id": import_.file_id,
        "file_name": import_.file_name,
        "digest": import_.digest,
        "state": import_.state,
        "asked": dict(import_.asked),
        "found": dict(import_.found),
        "total": import_.total,
        "done": import_.done,
        "tries": import_.tries,
        "asked_at": import_.asked_at,
        "not_before": import_.not_before or import_.asked_at,
        "live_at": import_.live_at,
        "ended_at": import_.ended_at,
        "ended_by": import_.ended_by,
        "trouble": import_.trouble,
        "version": import_.version,
    }


def _to_import(row: ImportRow) -> Import:
    return Import(
        row.workspace_id,
        row.id,
        row.number,
        ImportKind(row.kind),
        row.feed_id,
        row.team_id,
        row.person_id,
        row.asked_at,
        row.file_id,
        row.file_name,
        row.digest,
        ImportState(row.state),
        row.asked,
        row.found,
        row.total,
        row.done,
        row.tries,
        row.not_before,
        row.live_at,
        row.ended_at,
        row.ended_by,
        row.trouble,
        row.version,
    )

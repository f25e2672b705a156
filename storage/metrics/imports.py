"""Imports, and the feeds that they bring facts of."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.rules.metrics.importing.imports import (
    BATONS_TURN,
    LEADS_TO,
    OVER,
    Import,
    ImportKind,
    ImportState,
)
from storage import workspaces
from storage.base import new_id
from storage.database import Tx, insert_into, insert_rows
from storage.metrics.rows import FeedRow, ImportRow


async def feed(tx: Tx, name: str, source: str) -> str:
    """The id of the feed of this name; one that is not there is made."""
    values = {"id": new_id(), "name": name, "source": source, "version": 1}
    key = {"workspace_id": tx.workspace_id}
    await tx.execute(insert_into(tx, FeedRow).values(**key, **values).on_conflict_do_nothing())
    return str(await tx.scalar(select(FeedRow.id).where(FeedRow.name == name)))


async def feed_version(tx: Tx, feed_id: str) -> int:
    """How often what holds in it has changed."""
    return await tx.scalar(select(FeedRow.version).where(FeedRow.id == feed_id)) or 0


async def versions(tx: Tx) -> dict[str, int]:
    """Those of all feeds."""
    found = await tx.execute(select(FeedRow.id, FeedRow.version))
    return {feed_id: version for feed_id, version in found}  # noqa: C416 - a row is no pair to dict()


async def hold(tx: Tx, *, waits: bool) -> bool:
    """What holds in all feeds stays as it is until this transaction is over. False if somebody is changing one.

    Who fires a timer waits for nobody: they may wait for who rolls up a day, and who does that for the timer.
    """
    every = await tx.scalar(select(func.count()).select_from(FeedRow))
    asked = (
        select(FeedRow.id).order_by(FeedRow.id).with_for_update(read=True, skip_locked=not waits)
    )
    return len((await tx.scalars(asked)).all()) == every


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


async def change_feeds(tx: Tx) -> None:
    """The same of every feed there is, one after the other in one order, so that no two wait for each other."""
    for feed_id in await tx.scalars(select(FeedRow.id).order_by(FeedRow.id)):
        await change_feed(tx, feed_id)


async def add(tx: Tx, import_: Import) -> Import:
    """Remember a new one, with the next number. Baton's loop is woken after the commit, if it has something to do."""
    await workspaces.lock(tx)
    last = await tx.scalar(select(func.max(ImportRow.number))) or 0
    numbered = replace(import_, id=import_.id or new_id(), number=last + 1)
    await insert_rows(tx, ImportRow, _values(numbered))
    _wake(tx, numbered)
    return numbered


async def find(tx: Tx, import_id: str) -> Import | None:
    """As it is now, whatever this transaction saw before."""
    return await _first(tx, ImportRow.id == import_id)


async def find_all(tx: Tx, import_ids: Sequence[str]) -> list[Import]:
    """Those of them that are there."""
    return await found_by(tx, ImportRow.id.in_(import_ids)) if import_ids else []


async def of_digest(tx: Tx, digest: str) -> list[Import]:
    """All imports of the same bytes, the newest first."""
    return await found_by(tx, ImportRow.digest == digest)


async def latest(
    tx: Tx, *states: ImportState, most: int, team_ids: Collection[str] | None = None
) -> list[Import]:
    """The newest first; of these states, or all, and of these teams, or all."""
    wanted = [ImportRow.state.in_(states)] if states else []
    if team_ids is not None:
        wanted.append(ImportRow.team_id.in_(sorted(team_ids)))
    return await found_by(tx, *wanted, most=most)


async def live_of(tx: Tx, feed_id: str) -> list[Import]:
    """What holds of a feed, the newest first."""
    return await found_by(tx, ImportRow.feed_id == feed_id, ImportRow.state == ImportState.LIVE)


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
    _wake(tx, import_)
    return await change(tx, where, **values)


def _wake(tx: Tx, import_: Import) -> None:
    """The loop reads files, and clears away what is over. What programs send, and who is asked, need it for nothing."""
    if import_.state in BATONS_TURN | OVER:
        tx.wakes.add("imports")


async def _first(tx: Tx, *where: ColumnElement[bool]) -> Import | None:
    found = await found_by(tx, *where, most=1)
    return found[0] if found else None


async def found_by(tx: Tx, *where: ColumnElement[bool], most: int = 1_000) -> list[Import]:
    """The newest first."""
    asked = select(ImportRow).where(*where).order_by(ImportRow.number.desc()).limit(most)
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    return [_to_import(row) for row in rows]


async def change(tx: Tx, where: ColumnElement[bool], **values: Any) -> bool:
    """Whether there is one like that, which is changed now."""
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

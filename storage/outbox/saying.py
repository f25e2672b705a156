"""Queueing what will be said, in two statements: places in the lanes, and the rows."""

from collections import Counter
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy.sql.dml import ReturningInsert

from storage.database import Insert, Tx, insert_for
from storage.outbox.rows import HOME, Card, File, LaneRow, Note, OutboxRow, State


async def say(tx: Tx, *things: Note | Card | File, now: datetime) -> None:
    """Queue messages and redraws in this transaction, in the order given. Delivery is woken after the commit.

    A note whose key is known already, and a card that waits to be drawn already, add nothing.
    """
    if not things:
        return
    # All lanes at once, in the order of their names: the row locks that this takes are what puts the
    # messages of a lane in the order of the commits, and always taking them in one order cannot deadlock.
    wanted = Counter(lane_of(thing) for thing in things)
    taken = await tx.execute(
        _take_places(tx.dialect),
        [
            {"workspace_id": tx.workspace_id, "name": name, "last_seq": count, "epoch": 0}
            for name, count in sorted(wanted.items())
        ],
    )
    last: dict[str, int] = {row.name: row.last_seq for row in taken}
    rows = []
    for thing in things:
        lane = lane_of(thing)
        seq = last[lane] - wanted[lane] + 1
        wanted[lane] -= 1
        rows.append(_row(thing, now) | {"workspace_id": tx.workspace_id, "lane": lane, "seq": seq})
    await tx.execute(_queue(tx.dialect), rows)
    tx.wakes.add("delivery")


def lane_of(thing: Note | Card | File) -> str:
    """The queue that it waits in: its channel's, or its own for a Home tab, which no message need wait for."""
    if isinstance(thing, File):
        return thing.person_id
    is_home = isinstance(thing, Card) and thing.kind == HOME
    return f"home:{thing.channel}" if is_home else thing.channel


def _row(thing: Note | Card | File, now: datetime) -> dict[str, Any]:
    marker = token_hex(16)
    common = {
        "marker": marker,
        "channel": thing.channel,
        "priority": int(thing.priority),
        "state": State.PENDING.value,
        "attempts": 0,
        "looks": 0,
        "told": False,
        "queued_at": now,
        "file_title": None,
        "urgent_by": None,
    }
    if isinstance(thing, File):
        return (
            common
            | _NO_CARD
            | {
                "key": thing.key,
                "marker": thing.file_id,
                "file_title": thing.title,
                "words": thing.text,
            }
        )
    if isinstance(thing, Card):
        return common | {
            "key": marker,
            "is_card": True,
            "card_kind": thing.kind,
            "card_subject": thing.subject,
            "supersedes": f"{thing.kind}\n{thing.subject}\n{thing.channel}",
            "words": None,
            "blocks": None,
            "not_before": None,
            "expires_at": None,
            "urgent_by": thing.urgent_by,
        }
    parent = thing.thread_of
    return common | {
        "key": thing.key,
        "is_card": False,
        "card_kind": parent.kind if parent else None,
        "card_subject": parent.subject if parent else None,
        "supersedes": None,
        "words": thing.text,
        "blocks": thing.blocks,
        "not_before": thing.not_before,
        "expires_at": thing.expires_at,
        "urgent_by": thing.urgent_by,
    }


_NO_CARD: dict[str, Any] = {
    "is_card": False,
    "card_kind": None,
    "card_subject": None,
    "supersedes": None,
    "blocks": None,
    "not_before": None,
    "expires_at": None,
}


@cache
def _take_places(dialect: str) -> ReturningInsert[str, int]:
    statement = insert_for(dialect, LaneRow)
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "name"],
        set_={"last_seq": statement.table.c.last_seq + statement.excluded.last_seq},
    ).returning(statement.table.c.name, statement.table.c.last_seq)


@cache
def _queue(dialect: str) -> Insert:
    return insert_for(dialect, OutboxRow).on_conflict_do_nothing()

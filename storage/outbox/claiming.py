"""Taking lanes to send from: whose turn it is, what waits in them, and the lease with its fencing epoch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.rules.delivery import Place, Waiting
from storage.base import Utc
from storage.database import Insert, Tx, insert_for
from storage.outbox.rows import CardRow, GateRow, LaneRow, OutboxRow, State

UNFINISHED = OutboxRow.state.in_([State.PENDING.value, State.SENDING.value])


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as this transaction has locked it."""

    name: str
    epoch: int
    not_before: datetime | None
    posts_not_before: datetime | None
    leased_until: datetime | None = None


LANE = (
    LaneRow.name,
    LaneRow.epoch,
    LaneRow.not_before,
    LaneRow.posts_not_before,
    LaneRow.leased_until,
)
ROW = (
    OutboxRow.lane,
    OutboxRow.seq,
    OutboxRow.marker,
    OutboxRow.channel,
    OutboxRow.priority,
    OutboxRow.words,
    OutboxRow.blocks,
    OutboxRow.is_card,
    OutboxRow.card_kind,
    OutboxRow.card_subject,
    OutboxRow.not_before,
    OutboxRow.expires_at,
    OutboxRow.state,
    OutboxRow.attempts,
    OutboxRow.attempted_at,
    OutboxRow.sought_since,
    OutboxRow.looks,
    OutboxRow.queued_at,
)

STATE = [column.key for column in ROW].index("state")


async def workspaces_waiting(connection: AsyncConnection, now: datetime) -> Sequence[str]:
    """Which workspaces have a lane with something to send."""
    return (await connection.scalars(_workspaces_waiting(), {"at": now})).all()


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """The next moment at which something stops being in the way of what waits; perhaps something else still is."""
    return await connection.scalar(_next_due(), {"at": after})


async def lock_lanes(tx: Tx, names: Iterable[str]) -> dict[str, Lane]:
    """Lock these lanes. One that another transaction holds at this moment is left out, not waited for."""
    found = await tx.execute(_lock_lanes(), {"names": sorted(names)})
    return {row.name: Lane(*row) for row in found}


async def lock_free_lanes(tx: Tx, *, now: datetime, limit: int) -> list[Lane]:
    """Lock up to `limit` lanes that have something due and belong to nobody, the most urgent first."""
    return [Lane(*row) for row in await tx.execute(_lock_free_lanes(), {"at": now, "most": limit})]


async def waiting_in(
    tx: Tx, lanes: Iterable[str], *, now: datetime, window: int
) -> dict[str, list[Waiting]]:
    """What waits in each of these lanes, in order: the first `window` places from the first row that is due."""
    found = await tx.execute(_waiting_in(), {"names": list(lanes), "at": now, "window": window})
    waiting: dict[str, list[Waiting]] = {}
    for row in found:
        values: list[Any] = [*row[: len(ROW)]]
        values[STATE] = values[STATE] == State.SENDING
        values.append(Place(row.posted_in, row.ts, row.drawing) if row[len(ROW)] else None)
        waiting.setdefault(row.lane, []).append(Waiting(*values))
    return waiting


async def is_waiting(tx: Tx, cards: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Which of these cards (kind, subject, channel) are still to be drawn."""
    key = (OutboxRow.card_kind, OutboxRow.card_subject, OutboxRow.channel)
    found = await tx.execute(
        select(*key).where(OutboxRow.is_card, UNFINISHED, tuple_(*key).in_(list(cards)))
    )
    return {(str(kind), str(subject), channel) for kind, subject, channel in found}


async def save_lanes(tx: Tx, lanes: Iterable[Lane]) -> None:
    """Write epochs, leases and waits of lanes that this transaction has locked."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "name": lane.name,
            "last_seq": 0,  # for the insert that never happens: the row is there and locked
            "epoch": lane.epoch,
            "not_before": lane.not_before,
            "posts_not_before": lane.posts_not_before,
            "leased_until": lane.leased_until,
        }
        for lane in lanes
    ]
    if rows:
        await tx.execute(_save_lanes(tx.dialect), rows)


@cache
def _save_lanes(dialect: str) -> Insert:
    statement = insert_for(dialect, LaneRow)
    columns = ("epoch", "not_before", "posts_not_before", "leased_until")
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "name"],
        set_={column: statement.excluded[column] for column in columns},
    )


# The statements of every turn are made once: making one takes longer than running it.
AT = bindparam("at", type_=Utc())
NAMES: BindParameter[list[str]] = bindparam("names", expanding=True)


@cache
def _workspaces_waiting() -> Select[str]:
    lane = and_(OutboxRow.workspace_id == LaneRow.workspace_id, OutboxRow.lane == LaneRow.name)
    return (
        select(OutboxRow.workspace_id)
        .join(LaneRow, lane)
        .where(UNFINISHED, _is_due(), _is_free())
        .distinct()
    )


@cache
def _next_due() -> Select[datetime | None]:
    lane = and_(OutboxRow.workspace_id == LaneRow.workspace_id, OutboxRow.lane == LaneRow.name)
    waits = select(OutboxRow.seq).where(lane, UNFINISHED).exists()
    of_lanes = [
        select(func.min(moment).label("due")).where(moment > AT, waits)
        for moment in (LaneRow.not_before, LaneRow.posts_not_before, LaneRow.leased_until)
    ]
    of_rows = select(func.min(OutboxRow.not_before).label("due"))
    of_gates = select(func.min(GateRow.paused_until).label("due"))
    moments = union_all(
        of_rows.where(UNFINISHED, OutboxRow.not_before > AT),
        of_gates.where(GateRow.paused_until > AT),
        *of_lanes,
    ).subquery()
    return select(func.min(moments.c.due))


@cache
def _lock_lanes() -> Select[*tuple[Any, ...]]:
    return (
        select(*LANE)
        .where(LaneRow.name.in_(NAMES))
        .order_by(LaneRow.name)
        .with_for_update(skip_locked=True, key_share=True)
    )


@cache
def _lock_free_lanes() -> Select[*tuple[Any, ...]]:
    mine = and_(
        OutboxRow.workspace_id == LaneRow.workspace_id, OutboxRow.lane == LaneRow.name, UNFINISHED
    )
    busy = (
        select(
            OutboxRow.lane,
            func.min(OutboxRow.priority).label("urgency"),
            func.min(OutboxRow.queued_at).label("oldest"),
        )
        .where(UNFINISHED, _is_due())
        .group_by(OutboxRow.lane)
        .cte("busy")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    redraws = (
        select(CardRow.ts)
        .join(OutboxRow, _is_its_card())
        .where(mine, OutboxRow.is_card, _is_due(), CardRow.ts.is_not(None))
    )
    may_post = or_(LaneRow.posts_not_before.is_(None), LaneRow.posts_not_before <= AT)
    return (
        select(*LANE)
        .join(busy, LaneRow.name == busy.c.lane)
        .where(_is_free(), or_(may_post, redraws.exists()))
        .order_by(busy.c.urgency, busy.c.oldest, LaneRow.name)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(of=LaneRow, skip_locked=True, key_share=True)
    )


@cache
def _waiting_in() -> Select[*tuple[Any, ...]]:
    same = aliased(OutboxRow)
    heads = (
        select(same.lane, func.min(same.seq).label("seq"))
        .where(
            same.lane.in_(NAMES),
            same.state.in_([State.PENDING.value, State.SENDING.value]),
            or_(same.not_before.is_(None), same.not_before <= AT),
        )
        .group_by(same.lane)
        .cte("heads")
        # Without statistics PostgreSQL would find the head of the lane anew for each of its rows.
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    return (
        select(*ROW, CardRow.channel, CardRow.posted_in, CardRow.ts, CardRow.drawing)
        .join(heads, OutboxRow.lane == heads.c.lane)
        .outerjoin(CardRow, _is_its_card())
        .where(
            UNFINISHED,
            OutboxRow.seq >= heads.c.seq,
            OutboxRow.seq < heads.c.seq + bindparam("window", type_=Integer()),
        )
        .order_by(OutboxRow.lane, OutboxRow.seq)
    )


def _is_its_card() -> ColumnElement[bool]:
    return and_(
        CardRow.workspace_id == OutboxRow.workspace_id,
        CardRow.kind == OutboxRow.card_kind,
        CardRow.subject == OutboxRow.card_subject,
        CardRow.channel == OutboxRow.channel,
    )


def _is_due() -> ColumnElement[bool]:
    return or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= AT)


def _is_free() -> ColumnElement[bool]:
    return and_(
        or_(LaneRow.leased_until.is_(None), LaneRow.leased_until <= AT),
        or_(LaneRow.not_before.is_(None), LaneRow.not_before <= AT),
    )

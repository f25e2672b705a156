"""A look at every workspace's outbox at once: who has something to send, and when something more will be due."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, and_, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from storage.outbox.rows import AT, GateRow, LaneRow, OutboxRow, is_due, is_free, is_unfinished


async def workspaces_waiting(connection: AsyncConnection, now: datetime) -> Sequence[str]:
    """Which workspaces have a lane with something to send."""
    return (await connection.scalars(_workspaces_waiting(), {"at": now})).all()


async def next_due(connection: AsyncConnection, *, after: datetime) -> datetime | None:
    """The next moment at which something stops being in the way of what waits; perhaps something else still is."""
    return await connection.scalar(_next_due(), {"at": after})


@cache
def _workspaces_waiting() -> Select[str]:
    first = aliased(OutboxRow)
    workspaces = (
        select(func.min(first.workspace_id).label("id"))
        .where(is_unfinished(first))
        .cte("workspaces_with_work", recursive=True)
    )
    following = aliased(OutboxRow)
    next_one = (
        select(func.min(following.workspace_id))
        .where(is_unfinished(following), following.workspace_id > workspaces.c.id)
        .scalar_subquery()
    )
    workspaces = workspaces.union_all(select(next_one).where(workspaces.c.id.is_not(None)))
    waits = (
        select(OutboxRow.seq)
        .where(
            OutboxRow.workspace_id == LaneRow.workspace_id,
            OutboxRow.lane == LaneRow.name,
            is_unfinished(),
            is_due(),
        )
        .exists()
    )
    has_free_lane = (
        select(LaneRow.name)
        .where(LaneRow.workspace_id == workspaces.c.id, is_free(), waits)
        .exists()
    )
    return select(workspaces.c.id).where(has_free_lane)


@cache
def _next_due() -> Select[datetime | None]:
    lane = and_(OutboxRow.workspace_id == LaneRow.workspace_id, OutboxRow.lane == LaneRow.name)
    waits = select(OutboxRow.seq).where(lane, is_unfinished()).exists()
    of_lanes = [
        select(func.min(moment).label("due")).where(moment > AT, waits)
        for moment in (LaneRow.not_before, LaneRow.posts_not_before, LaneRow.leased_until)
    ]
    of_rows = select(func.min(OutboxRow.not_before).label("due"))
    of_gates = [
        select(func.min(moment).label("due")).where(moment > AT)
        for moment in (GateRow.paused_until, GateRow.full_until, GateRow.shut_until)
    ]
    moments = union_all(
        of_rows.where(is_unfinished(), OutboxRow.not_before > AT),
        *of_gates,
        *of_lanes,
    ).subquery()
    return select(func.min(moments.c.due))

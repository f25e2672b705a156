"""Which stand-ups of all workspaces are about to be looked after, and heed do-not-disturb."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.standups.rows import StandUpRow
from storage.timers import TimerRow


@dataclass(frozen=True, slots=True)
class Soon:
    """A stand-up that will be looked after at `due_at`: whoever it asks, it asks then or later."""

    workspace_id: str
    standup_id: str
    due_at: datetime


async def soon(connection: AsyncConnection, kind: str, *, before: datetime) -> list[Soon]:
    """Those whose timer of this kind is due by then, the first first."""
    found = await connection.execute(
        select(TimerRow.workspace_id, TimerRow.subject, TimerRow.not_before)
        .join(StandUpRow, _minds(kind))
        .where(TimerRow.not_before <= before)
        .order_by(TimerRow.not_before, TimerRow.workspace_id, TimerRow.subject)
    )
    return [Soon(*row) for row in found]


async def next_look(connection: AsyncConnection, kind: str, *, after: datetime) -> datetime | None:
    """When the next timer of this kind is due, later than this moment."""
    return await connection.scalar(
        select(func.min(TimerRow.not_before))
        .join(StandUpRow, _minds(kind))
        .where(TimerRow.not_before > after)
    )


def _minds(kind: str) -> ColumnElement[bool]:
    return and_(
        TimerRow.kind == kind,
        StandUpRow.workspace_id == TimerRow.workspace_id,
        StandUpRow.id == TimerRow.subject,
        StandUpRow.heeds_dnd,
        StandUpRow.is_active,
    )

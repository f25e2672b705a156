"""What should have happened and has not, in all workspaces: counted by other queries than those that do the work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from bot.rules.delivery import URGENT
from storage.exports import ExportRow, is_wanted
from storage.inbox import InboxRow
from storage.metrics import turns
from storage.metrics.rows import ImportRow
from storage.outbox.rows import GateRow, LaneRow, OutboxRow, State
from storage.standups.rows import RoundRow, StandUpRow, is_open_round
from storage.timers import TimerRow


async def overdue_timers(connection: AsyncConnection, *, since: datetime) -> int:
    """Timers that were due before this moment and have not fired, whatever was tried."""
    return await _count(connection, TimerRow.due_at < since)


async def long_on_their_way(connection: AsyncConnection, *, since: datetime) -> int:
    """Messages that were handed to the network before this moment and never came to an end."""
    is_late = OutboxRow.attempted_at < since
    return await _count(connection, and_(OutboxRow.state == State.SENDING.value, is_late))


async def forgotten_leases(connection: AsyncConnection, *, since: datetime) -> int:
    """Lanes whose lease ran out before this moment, and that nobody has taken although something waits there."""
    waiting = (
        select(OutboxRow.seq)
        .where(
            OutboxRow.workspace_id == LaneRow.workspace_id,
            OutboxRow.lane == LaneRow.name,
            OutboxRow.state.in_([State.PENDING.value, State.SENDING.value]),
        )
        .exists()
    )
    return await _count(connection, and_(LaneRow.leased_until < since, waiting))


async def stuck_messages(connection: AsyncConnection, *, since: datetime) -> int:
    """Messages that were due before this moment in lanes that nothing has held up since, in workspaces that are open."""
    lane = and_(OutboxRow.workspace_id == LaneRow.workspace_id, OutboxRow.lane == LaneRow.name)
    can_wait = and_(GateRow.full_until >= since, OutboxRow.priority > URGENT)
    is_shut = or_(GateRow.paused_until >= since, GateRow.shut_until >= since, can_wait)
    closed = (
        select(GateRow.method)
        .where(GateRow.workspace_id == OutboxRow.workspace_id, is_shut)
        .exists()
    )
    found = await connection.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .join(LaneRow, lane)
        .where(
            OutboxRow.state == State.PENDING.value,
            OutboxRow.queued_at < since,
            _is_before(OutboxRow.not_before, since),
            _is_before(LaneRow.not_before, since),
            _is_before(LaneRow.posts_not_before, since),
            _is_before(LaneRow.leased_until, since),
            ~closed,
        )
    )
    return found or 0


async def unmade_exports(connection: AsyncConnection, *, since: datetime) -> int:
    """Files that could have been begun before this moment, and were not."""
    return await _count(connection, and_(is_wanted(), ExportRow.not_before < since))


async def unread_imports(connection: AsyncConnection, *, since: datetime) -> int:
    """Files with numbers that could have been looked through, or read, before this moment, and were not."""
    return await _count(connection, and_(turns.is_wanted(), ImportRow.not_before < since))


async def unclosed_rounds(connection: AsyncConnection, *, since: datetime) -> int:
    """Rounds of stand-ups that were to close before this moment."""
    return await _count(connection, and_(is_open_round(), RoundRow.closes_at < since))


async def forgotten_standups(connection: AsyncConnection, *, since: datetime) -> int:
    """Stand-ups that nothing has looked after since this moment."""
    return await _count(connection, and_(StandUpRow.is_active, StandUpRow.looked_at < since))


async def workspaces_with_leftovers(
    connection: AsyncConnection, *, heard: datetime, said: datetime
) -> Sequence[str]:
    """Which workspaces keep requests or finished messages from before these moments."""
    finished = OutboxRow.state.in_([State.SENT.value, State.SUPERSEDED.value, State.EXPIRED.value])
    found = await connection.scalars(
        union(
            select(InboxRow.workspace_id).where(InboxRow.heard_at < heard),
            select(OutboxRow.workspace_id).where(OutboxRow.queued_at < said, finished),
        )
    )
    return found.all()


def _is_before(
    moment: InstrumentedAttribute[datetime | None], since: datetime
) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment < since)


async def _count(connection: AsyncConnection, condition: ColumnElement[bool]) -> int:
    return await connection.scalar(select(func.count()).where(condition)) or 0

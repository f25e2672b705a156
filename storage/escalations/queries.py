"""What reads escalations: one, a timeline, and pages of lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from bot.rules.escalations import UNFINISHED, Escalation, Event, State
from storage.database import Tx
from storage.escalations.rows import (
    EscalationRow,
    EventRow,
    to_escalation,
    to_event,
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list, and how many there are in all."""

    items: Sequence[Escalation]
    total: int


async def find(tx: Tx, escalation_id: int) -> Escalation | None:
    """As it is now, whatever this transaction saw before."""
    row = await tx.scalar(
        select(EscalationRow)
        .where(EscalationRow.id == escalation_id)
        .execution_options(populate_existing=True)
    )
    return to_escalation(row) if row else None


async def lock(tx: Tx, escalation_id: int) -> Escalation | None:
    """The same, and nobody else changes it before this transaction ends."""
    row = await tx.scalar(
        select(EscalationRow)
        .where(EscalationRow.id == escalation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return to_escalation(row) if row else None


async def list_children(tx: Tx, escalation_id: int) -> list[Escalation]:
    """The cases of other departments that this one asked for."""
    asked = select(EscalationRow).where(EscalationRow.parent_id == escalation_id)
    return [to_escalation(row) for row in await tx.scalars(asked.order_by(EscalationRow.id))]


async def timeline(tx: Tx, escalation_id: int, *, newest: int | None = None) -> list[Event]:
    """The lines in the order they happened: all, or the newest so many."""
    asked = select(EventRow).where(EventRow.escalation_id == escalation_id)
    rows = await tx.scalars(asked.order_by(EventRow.version.desc()).limit(newest))
    return [to_event(row) for row in rows][::-1]


async def list_unfinished(
    tx: Tx, team_ids: Iterable[str], person_id: str, *, limit: int, offset: int = 0
) -> Page:
    """Unfinished cases of these teams, and this person's own anywhere; the most urgent due time first."""
    seen = or_(EscalationRow.team_id.in_(list(team_ids)), EscalationRow.raised_by == person_id)
    return await _page(tx, limit, offset, EscalationRow.state.in_(UNFINISHED), seen)


async def list_unclaimed(tx: Tx, team_ids: Iterable[str], *, limit: int) -> Page:
    """Cases of these teams that wait for an owner, the most urgent first."""
    waiting = EscalationRow.state == State.OPEN
    return await _page(tx, limit, 0, waiting, EscalationRow.team_id.in_(list(team_ids)))


async def list_owned(tx: Tx, person_id: str, *, limit: int) -> Page:
    return await _page(tx, limit, 0, EscalationRow.owner_id == person_id)


async def list_raised(tx: Tx, person_id: str, *, limit: int) -> Page:
    """Unfinished cases that this person raised."""
    unfinished = EscalationRow.state.in_(UNFINISHED)
    return await _page(tx, limit, 0, unfinished, EscalationRow.raised_by == person_id)


async def list_mine(tx: Tx, person_id: str, *, limit: int, offset: int = 0) -> Page:
    """Unfinished cases that this person owns or raised."""
    mine = or_(EscalationRow.owner_id == person_id, EscalationRow.raised_by == person_id)
    return await _page(tx, limit, offset, EscalationRow.state.in_(UNFINISHED), mine)


async def count_owned(
    tx: Tx, person_ids: Iterable[str]
) -> Mapping[str, tuple[int, datetime | None]]:
    """How many cases each of these people owns, and when the next of them is due. Who owns none is left out."""
    asked = select(EscalationRow.owner_id, func.count(), func.min(EscalationRow.due_at))
    mine = EscalationRow.owner_id.in_(list(person_ids))
    found = await tx.execute(asked.where(mine).group_by(EscalationRow.owner_id))
    return {str(owner): (count, due) for owner, count, due in found}


async def _page(tx: Tx, limit: int, offset: int, *where: ColumnElement[bool]) -> Page:
    asked = (
        select(EscalationRow)
        .where(*where)
        .order_by(EscalationRow.due_at.is_(None), EscalationRow.due_at, EscalationRow.id)
        .limit(limit)
        .offset(offset)
    )
    items = [to_escalation(row) for row in await tx.scalars(asked)]
    if offset == 0 and len(items) < limit:
        return Page(items, len(items))
    total = await tx.scalar(select(func.count()).select_from(EscalationRow).where(*where))
    return Page(items, total or 0)

"""What reads escalations: one, a timeline, and the beginnings of lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bot.rules.escalations import Escalation, Event, State
from storage.database import Tx
from storage.escalations.rows import (
    UNFINISHED_WRITTEN_OUT,
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


async def lock(tx: Tx, escalation_id: int, *, waits: bool = True) -> Escalation | None:
    """The same, and nobody else changes it before this transaction ends. None, unless it `waits`, while somebody does."""
    row = await tx.scalar(
        select(EscalationRow)
        .where(EscalationRow.id == escalation_id)
        .with_for_update(skip_locked=not waits)
        .execution_options(populate_existing=True)
    )
    return to_escalation(row) if row else None


async def list_children(tx: Tx, escalation_id: int) -> list[Escalation]:
    """The cases of other departments that this one asked for."""
    asked = select(EscalationRow).where(EscalationRow.parent_id == escalation_id)
    found = [to_escalation(row) for row in await tx.scalars(asked)]
    return sorted(found, key=lambda one: one.id)  # SQLite would walk down all cases for the order


async def timeline(tx: Tx, escalation_id: int, *, newest: int | None = None) -> list[Event]:
    """The lines in the order they happened: all, or the newest so many."""
    asked = select(EventRow).where(EventRow.escalation_id == escalation_id)
    rows = await tx.scalars(asked.order_by(EventRow.version.desc()).limit(newest))
    return [to_event(row) for row in rows][::-1]


async def list_unclaimed(tx: Tx, team_ids: Iterable[str], *, limit: int) -> Page:
    """Cases of these teams that wait for an owner, the most urgent first."""
    waiting = EscalationRow.state == State.OPEN
    unfinished = EscalationRow.state.in_(UNFINISHED_WRITTEN_OUT)  # by this the index is recognised
    return await _page(tx, limit, waiting, unfinished, EscalationRow.team_id.in_(list(team_ids)))


async def list_owned(tx: Tx, person_id: str, *, limit: int) -> Page:
    return await _page(tx, limit, EscalationRow.owner_id == person_id)


async def list_raised(tx: Tx, person_id: str, *, limit: int) -> Page:
    """Unfinished cases that this person raised."""
    unfinished = EscalationRow.state.in_(UNFINISHED_WRITTEN_OUT)
    return await _page(tx, limit, unfinished, EscalationRow.raised_by == person_id)


async def _page(tx: Tx, limit: int, *where: ColumnElement[bool]) -> Page:
    asked = (
        select(EscalationRow)
        .where(*where)
        .order_by(EscalationRow.due_at.is_(None), EscalationRow.due_at, EscalationRow.id)
        .limit(limit)
    )
    items = [to_escalation(row) for row in await tx.scalars(asked)]
    if len(items) < limit:
        return Page(items, len(items))
    total = await tx.scalar(select(func.count()).select_from(EscalationRow).where(*where))
    return Page(items, total or 0)

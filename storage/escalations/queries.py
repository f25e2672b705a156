"""What reads escalations: one, a timeline, and the beginnings of lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from bot.rules.escalations import Escalation, Event, State
from storage.database import Tx
from storage.escalations.rows import (
    UNFINISHED_WRITTEN_OUT,
    EscalationRow,
    EventRow,
    to_escalation,
    to_event,
)

LONGEST_NUMBER = 9  # digits: what both databases keep as a number of a case


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
    """The same, and nobody else changes it before this transaction ends, nor the case that waits for it.

    That one is locked first, always: so two departments that answer at once see each other, and nobody waits in a circle.
    None, unless it `waits`, while somebody changes either.
    """
    rows = list(await tx.scalars(_with_its_asker(waits=waits), {"held": escalation_id}))
    found = next((to_escalation(row) for row in rows if row.id == escalation_id), None)
    if found and not waits and found.parent_id and len(rows) == 1:
        return None
    return found


@cache
def _with_its_asker(*, waits: bool) -> Select[EscalationRow]:
    """Made once: every change of a case begins with it."""
    held = bindparam("held", type_=Integer())
    asked = aliased(EscalationRow)
    waits_for_it = select(asked.parent_id).where(asked.id == held).scalar_subquery()
    return (
        select(EscalationRow)
        .where(EscalationRow.id.in_([held, waits_for_it]))
        .order_by(EscalationRow.id == held)
        .with_for_update(skip_locked=not waits)
        .execution_options(populate_existing=True)
    )


async def lock_alone(tx: Tx, escalation_id: int) -> Escalation | None:
    """The same for the one that waits, when the other is held already."""
    row = await tx.scalar(
        select(EscalationRow)
        .where(EscalationRow.id == escalation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return to_escalation(row) if row else None


async def list_children(tx: Tx, escalation_id: int, *, lock: bool = False) -> list[Escalation]:
    """The cases of other departments that this one asked for; with `lock`, nobody else changes them meanwhile."""
    asked = (
        select(EscalationRow)
        .where(EscalationRow.parent_id == escalation_id)
        .order_by(EscalationRow.id + 0)  # or SQLite walks down all cases by number
        .execution_options(populate_existing=True)
    )
    rows = await tx.scalars(asked.with_for_update() if lock else asked)
    return [to_escalation(row) for row in rows]


async def list_mergeable(
    tx: Tx, case: Escalation, team_ids: Iterable[str], person_id: str, typed: str, *, limit: int
) -> list[Escalation]:
    """Unfinished cases of these teams, and this person's own, as which the case could go on.

    Each word of `typed` is its number, or a part of its summary, ticket or customer. Those about the same ticket come
    first, then those of the same team, then the newest.
    """
    theirs = or_(EscalationRow.team_id.in_(list(team_ids)), EscalationRow.owner_id == person_id)
    rows = await tx.scalars(
        select(EscalationRow)
        .where(
            EscalationRow.id != case.id,
            EscalationRow.state.in_(UNFINISHED_WRITTEN_OUT),
            theirs,
            *map(_matching, typed.split()),
        )
        .order_by(
            EscalationRow.ticket_key != case.ticket_key,
            EscalationRow.team_id != case.team_id,
            EscalationRow.id.desc(),
        )
        .limit(limit)
    )
    return [to_escalation(row) for row in rows]


def _matching(word: str) -> ColumnElement[bool]:
    """A number is one with or without its sign; a text may hold the word anywhere."""
    bare = word.removeprefix("#")
    texts = (EscalationRow.summary, EscalationRow.ticket, EscalationRow.customer)
    found = [text.icontains(bare, autoescape=True) for text in texts]
    if bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_NUMBER:
        found.append(EscalationRow.id == int(bare))
    return or_(*found)


async def timeline(tx: Tx, escalation_id: int, *, newest: int | None = None) -> list[Event]:
    """The lines in the order they happened: all, or the newest so many."""
    asked = select(EventRow).where(EventRow.escalation_id == escalation_id)
    rows = await tx.scalars(asked.order_by(EventRow.version.desc()).limit(newest))
    return [to_event(row) for row in rows][::-1]


async def first_line(tx: Tx, escalation_id: int) -> Event | None:
    """How its timeline begins: with whoever raised it."""
    row = await tx.scalar(
        select(EventRow).where(EventRow.escalation_id == escalation_id, EventRow.version == 1)
    )
    return to_event(row) if row else None


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


async def count_owned(
    tx: Tx, person_ids: Iterable[str]
) -> Mapping[str, tuple[int, datetime | None]]:
    """How many cases each of these people owns, and when the next of them is due. Who owns none is left out."""
    asked = select(EscalationRow.owner_id, func.count(), func.min(EscalationRow.due_at))
    mine = EscalationRow.owner_id.in_(list(person_ids))
    found = await tx.execute(asked.where(mine).group_by(EscalationRow.owner_id))
    return {str(owner): (count, due) for owner, count, due in found}


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

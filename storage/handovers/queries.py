"""What reads handovers: one, what is offered now, and pages of the past."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.rules.escalations import Escalation
from bot.rules.handovers import Handover, Item, ItemState
from storage.database import Tx
from storage.escalations.rows import EscalationRow, to_escalation
from storage.handovers.rows import HandoverRow, ItemRow, to_item


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some items of the past with their cases as they are now, and how many there are in all."""

    items: Sequence[tuple[Item, Escalation]]
    total: int


async def find(tx: Tx, handover_id: str) -> Handover | None:
    """As it is now, whatever this transaction saw before."""
    row = await tx.scalar(
        select(HandoverRow)
        .where(HandoverRow.id == handover_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    items = await tx.scalars(
        select(ItemRow)
        .where(ItemRow.handover_id == handover_id)
        .order_by(ItemRow.position)
        .execution_options(populate_existing=True)
    )
    return Handover(
        row.workspace_id,
        row.id,
        row.giver_id,
        row.receiver_id,
        row.made_at,
        row.note,
        tuple(to_item(one) for one in items),
    )


async def cases(tx: Tx, numbers: Iterable[int]) -> dict[int, Escalation]:
    """The cases of these numbers, as they are now."""
    rows = await tx.scalars(
        select(EscalationRow)
        .where(EscalationRow.id.in_(list(numbers)))
        .execution_options(populate_existing=True)
    )
    return {row.id: to_escalation(row) for row in rows}


async def offered_by(tx: Tx, giver_id: str) -> set[int]:
    """The numbers of the cases that this person offers and nobody has answered yet."""
    found = await tx.scalars(
        select(ItemRow.escalation_id).where(
            ItemRow.giver_id == giver_id, ItemRow.state == ItemState.OFFERED
        )
    )
    return set(found)


async def open_offers_of(tx: Tx, number: int) -> list[str]:
    """The ids of handovers in which this case waits for an answer: one at most."""
    found = await tx.scalars(
        select(ItemRow.handover_id).where(
            ItemRow.escalation_id == number, ItemRow.state == ItemState.OFFERED
        )
    )
    return list(found)


async def open_offers_to(tx: Tx, person_id: str) -> list[str]:
    """The ids of handovers in which this person is asked and has not answered."""
    found = await tx.scalars(
        select(ItemRow.handover_id)
        .where(ItemRow.asked_id == person_id, ItemRow.state == ItemState.OFFERED)
        .distinct()
        .order_by(ItemRow.handover_id)
    )
    return list(found)


async def open_offers_in(tx: Tx, team_id: str) -> list[str]:
    """The ids of handovers in which a case of this team waits for an answer."""
    found = await tx.scalars(
        select(ItemRow.handover_id)
        .where(ItemRow.team_id == team_id, ItemRow.state == ItemState.OFFERED)
        .distinct()
        .order_by(ItemRow.handover_id)
    )
    return list(found)


async def history(
    tx: Tx, team_ids: Iterable[str], person_id: str = "", *, limit: int, offset: int = 0
) -> HistoryPage:
    """Items of these teams, the newest first: all, or those that this person gave or was asked about last."""
    where: list[ColumnElement[bool]] = [ItemRow.team_id.in_(list(team_ids))]
    if person_id:
        where.append(or_(ItemRow.giver_id == person_id, ItemRow.asked_id == person_id))
    found = await tx.execute(
        select(ItemRow, EscalationRow)
        .join(
            EscalationRow,
            and_(
                EscalationRow.workspace_id == ItemRow.workspace_id,
                EscalationRow.id == ItemRow.escalation_id,
            ),
        )
        .where(*where)
        .order_by(ItemRow.offered_at.desc(), ItemRow.handover_id, ItemRow.position)
        .limit(limit)
        .offset(offset)
    )
    total = await tx.scalar(select(func.count()).select_from(ItemRow).where(*where))
    return HistoryPage([(to_item(item), to_escalation(case)) for item, case in found], total or 0)


async def list_since(tx: Tx, team_ids: Iterable[str], since: datetime) -> list[Item]:
    """Every item of these teams that was offered since then."""
    rows = await tx.scalars(
        select(ItemRow).where(ItemRow.team_id.in_(list(team_ids)), ItemRow.offered_at >= since)
    )
    return [to_item(row) for row in rows]

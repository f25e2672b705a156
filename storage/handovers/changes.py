"""What writes handovers: each change is made only if the item still waits for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update

from bot.rules.handovers import Handover, Item, ItemState
from storage.database import Tx, insert_into, insert_rows
from storage.handovers.rows import HandoverRow, ItemRow


async def add(tx: Tx, handover: Handover) -> list[int]:
    """Remember an offer. Returns the numbers of cases that are in another open offer, which this one then lacks."""
    await insert_rows(
        tx,
        HandoverRow,
        {
            "id": handover.id,
            "giver_id": handover.giver_id,
            "receiver_id": handover.receiver_id,
            "made_at": handover.made_at,
            "note": handover.note,
        },
    )
    taken = []
    for position, item in enumerate(handover.items):
        values = _values(item) | {"workspace_id": tx.workspace_id, "position": position}
        statement = insert_into(tx, ItemRow).values(values).on_conflict_do_nothing()
        if await tx.scalar(statement.returning(ItemRow.escalation_id)) is None:
            taken.append(item.number)
    return taken


async def answer(tx: Tx, item: Item, state: ItemState, *, now: datetime, reason: str = "") -> bool:
    """End the offer of this item if the same person is still asked. False if somebody, or the clock, was first."""
    return await _change(tx, item, state=state, answered_at=now, reason=reason)


async def move(tx: Tx, before: Item, after: Item) -> bool:
    """Ask somebody else, if the same person is still asked as in `before`."""
    return await _change(
        tx, before, asked_id=after.asked_id, asked=list(after.asked), asked_at=after.asked_at
    )


async def mark_asked_again(tx: Tx, item: Item) -> bool:
    """Keep when its receiver had to ask. False if that is kept already."""
    marked = (
        update(ItemRow)
        .where(*_this(item), ItemRow.asked_again_at.is_(None))
        .values(asked_again_at=item.asked_again_at)
        .returning(ItemRow.escalation_id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(marked) is not None


async def _change(tx: Tx, item: Item, **values: Any) -> bool:
    changed = (
        update(ItemRow)
        .where(*_this(item), ItemRow.state == ItemState.OFFERED, ItemRow.asked_id == item.asked_id)
        .values(**values)
        .returning(ItemRow.escalation_id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(changed) is not None


def _this(item: Item) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ItemRow.handover_id == item.handover_id, ItemRow.escalation_id == item.number


def _values(item: Item) -> dict[str, Any]:
    return {
        "handover_id": item.handover_id,
        "escalation_id": item.number,
        "team_id": item.team_id,
        "giver_id": item.giver_id,
        "asked_id": item.asked_id,
        "asked": list(item.asked),
        "offered_at": item.offered_at,
        "asked_at": item.asked_at,
        "next_step": item.next_step,
        "waiting_on": item.waiting_on,
        "promised_by": item.promised_by,
        "state": item.state,
        "answered_at": item.answered_at,
        "reason": item.reason,
        "asked_again_at": item.asked_again_at,
    }

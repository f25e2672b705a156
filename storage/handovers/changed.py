"""Which items of handovers were offered, passed on or answered since a moment, page by page."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select, tuple_

from bot.rules.handovers import Item
from storage.database import Tx
from storage.handovers.rows import ItemRow, to_item

ANSWERED_WITHIN = timedelta(days=30)
"""An offer is answered, or falls, within minutes of working time. Older ones do not change."""


async def changed(
    tx: Tx, team_ids: Collection[str], since: datetime, *, after: tuple[str, int], most: int
) -> list[Item]:
    """Of these teams, by handover and number from `after` on."""
    key = tuple_(ItemRow.handover_id, ItemRow.escalation_id)
    moments = (ItemRow.offered_at, ItemRow.asked_at, ItemRow.answered_at)
    asked = (
        select(ItemRow)
        .where(
            ItemRow.team_id.in_(sorted(team_ids)),
            ItemRow.offered_at >= since - ANSWERED_WITHIN,
            or_(*(one >= since for one in moments)),
            key > after,
        )
        .order_by(ItemRow.handover_id, ItemRow.escalation_id)
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return [to_item(row) for row in await tx.scalars(asked)]

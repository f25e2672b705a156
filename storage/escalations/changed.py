"""Which cases may count for something else since a moment, page by page, for whoever adds them up."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select

from storage.database import Tx
from storage.escalations.rows import EscalationRow


async def changed_ids(
    tx: Tx, team_ids: Collection[str], since: datetime, until: datetime, *, after: int, most: int
) -> list[int]:
    """Cases of these teams that changed since then, or whose promise fell due until now, by number from `after` on."""
    asked = (
        select(EscalationRow.id)
        .where(
            EscalationRow.team_id.in_(sorted(team_ids)),
            EscalationRow.id > after,
            or_(EscalationRow.closed_at.is_(None), EscalationRow.closed_at >= since),
            or_(
                EscalationRow.changed_at >= since,
                and_(EscalationRow.promise_by >= since, EscalationRow.promise_by < until),
            ),
        )
        .order_by(EscalationRow.id)
        .limit(most)
    )
    return list(await tx.scalars(asked))

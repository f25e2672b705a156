"""Which rounds that are over were closed, or answered late, since a moment, page by page."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.rules.standups import Round, RoundState
from storage.database import Tx
from storage.standups.converting import to_round
from storage.standups.rows import RoundRow, SeatRow

CHANGE_WITHIN = timedelta(days=9)
"""From its opening on. Answers are taken until a day after the close."""


async def changed_rounds(
    tx: Tx, team_ids: Collection[str], since: datetime, *, after: str, most: int
) -> list[Round]:
    """Of these teams, by id from `after` on."""
    answered = (
        select(SeatRow.round_id)
        .where(SeatRow.round_id == RoundRow.id, SeatRow.answered_at >= since)
        .correlate(RoundRow)
        .exists()
    )
    asked = (
        select(RoundRow)
        .where(
            RoundRow.team_id.in_(sorted(team_ids)),
            RoundRow.opens_at >= since - CHANGE_WITHIN,
            RoundRow.state != RoundState.OPEN.value,
            RoundRow.id > after,
            or_(RoundRow.closed_at >= since, RoundRow.opens_at >= since, answered),
        )
        .order_by(RoundRow.id)
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return [to_round(row) for row in await tx.scalars(asked)]

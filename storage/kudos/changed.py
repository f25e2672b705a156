"""Which thanks were given, or taken back, since a moment, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_

from storage.database import Tx
from storage.kudos.reading import OF_KUDOS
from storage.kudos.rows import KudosRow, ReceiptRow

UNDONE_WITHIN = timedelta(hours=1)
"""Thanks are taken back within minutes, or stand for good."""


@dataclass(frozen=True, slots=True)
class Got:
    """Somebody was thanked, whatever became of it. What for is nobody's to count."""

    kudos_id: str
    receiver_id: str
    team_id: str
    given_at: datetime
    counts: bool
    """In public, and not taken back."""


async def changed(
    tx: Tx, team_ids: Collection[str], since: datetime, *, after: tuple[str, str], most: int
) -> list[Got]:
    """What people of these teams got, by id and receiver from `after` on. Private thanks never are among them."""
    asked = (
        select(
            *(ReceiptRow.kudos_id, ReceiptRow.receiver_id, ReceiptRow.team_id),
            *(ReceiptRow.given_at, KudosRow.undone_at),
        )
        .join(KudosRow, OF_KUDOS)
        .where(
            ReceiptRow.team_id.in_(sorted(team_ids)),
            ReceiptRow.given_at >= since - UNDONE_WITHIN,
            KudosRow.is_public,
            tuple_(ReceiptRow.kudos_id, ReceiptRow.receiver_id) > after,
        )
        .order_by(ReceiptRow.kudos_id, ReceiptRow.receiver_id)
        .limit(most)
    )
    return [
        Got(kudos_id, receiver_id, team_id, given_at, counts=undone_at is None)
        for kudos_id, receiver_id, team_id, given_at, undone_at in await tx.execute(asked)
    ]


async def first_thanks(tx: Tx, team_ids: Collection[str]) -> dict[str, datetime]:
    """When somebody of each of these teams was thanked for the first time; teams in which nobody was are left out."""
    asked = (
        select(ReceiptRow.team_id, func.min(ReceiptRow.given_at))
        .where(ReceiptRow.team_id.in_(sorted(team_ids)))
        .group_by(ReceiptRow.team_id)
    )
    return {team_id: first for team_id, first in await tx.execute(asked) if first}

"""Which notes were shared, or acknowledged, since a moment: that they were, and nothing of what is in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.rules.coaching import Visibility
from storage.coaching.rows import NoteRow
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Shared:
    """A note that its agent has. Neither whom it is about nor who wrote it."""

    id: str
    team_id: str
    shared_at: datetime
    is_acknowledged: bool


async def changed(
    tx: Tx, team_ids: Collection[str], since: datetime, *, after: str, most: int
) -> list[Shared]:
    """Of these teams, by id from `after` on. Private notes never are among them."""
    asked = (
        select(NoteRow.id, NoteRow.team_id, NoteRow.shared_at, NoteRow.acknowledged_at)
        .where(
            NoteRow.team_id.in_(sorted(team_ids)),
            NoteRow.visibility != Visibility.PRIVATE.value,
            NoteRow.shared_at.is_not(None),
            or_(NoteRow.shared_at >= since, NoteRow.acknowledged_at >= since),
            NoteRow.id > after,
        )
        .order_by(NoteRow.id)
        .limit(most)
    )
    return [
        Shared(note_id, team_id, shared_at, is_acknowledged=acknowledged_at is not None)
        for note_id, team_id, shared_at, acknowledged_at in await tx.execute(asked)
        if shared_at
    ]

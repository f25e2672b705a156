"""What files of kudos read: public ones, as each receiver got them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from bot.rules.kudos import Given, Via
from bot.rules.spans import Span
from storage.database import Tx
from storage.kudos.reading import OF_KUDOS
from storage.kudos.rows import KudosRow, ReceiptRow

Key = tuple[str, str]
"""Which thanks, and who got it."""


async def received(tx: Tx, spans: Mapping[str, Span], *, most: int) -> list[Key]:
    """What these teams got in their spans, the newest first, and no more than `most`."""
    asked = (
        select(ReceiptRow.kudos_id, ReceiptRow.receiver_id)
        .join(KudosRow, OF_KUDOS)
        .where(_is_open(), _given_in(spans))
        .order_by(ReceiptRow.given_at.desc(), ReceiptRow.kudos_id, ReceiptRow.receiver_id)
        .limit(most)
    )
    return [(kudos_id, receiver_id) for kudos_id, receiver_id in await tx.execute(asked)]


async def given_by_key(tx: Tx, keys: Sequence[Key]) -> list[Given]:
    """These, in this order. One that was taken back is left out."""
    ids = sorted({kudos_id for kudos_id, _receiver_id in keys})
    asked = (
        select(
            ReceiptRow.kudos_id,
            ReceiptRow.giver_id,
            ReceiptRow.receiver_id,
            ReceiptRow.team_id,
            KudosRow.value,
            KudosRow.reason,
            KudosRow.is_public,
            KudosRow.via,
            ReceiptRow.given_at,
        )
        .join(KudosRow, OF_KUDOS)
        .where(ReceiptRow.kudos_id.in_(ids), _is_open())
    )
    found: dict[Key, Given] = {}
    for row in await tx.execute(asked):
        one = Given(*row[:7], Via(row.via), row.given_at)
        found[one.kudos_id, one.receiver_id] = one
    return [found[one] for one in keys if one in found]


def _is_open() -> ColumnElement[bool]:
    return and_(KudosRow.is_public, KudosRow.undone_at.is_(None))


def _given_in(spans: Mapping[str, Span]) -> ColumnElement[bool]:
    """Teams with the same span together: there are few zones."""
    by_span: dict[Span, list[str]] = {}
    for team_id, span in spans.items():
        by_span.setdefault(span, []).append(team_id)
    return or_(
        *(
            and_(
                ReceiptRow.team_id.in_(sorted(ids)),
                ReceiptRow.given_at >= span.start,
                ReceiptRow.given_at < span.end,
            )
            for span, ids in by_span.items()
        )
    )

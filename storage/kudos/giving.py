"""Thanks as they were given, and taken back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from bot.errors import Refused
from bot.rules.kudos import Kudos, Receipt, Spent, Via
from bot.text import _
from storage.database import Tx, insert_into, insert_rows
from storage.kudos.rows import KudosRow, ReceiptRow

GONE = _("These kudos are gone.")


async def add(tx: Tx, kudos: Kudos) -> bool:
    """Keep it. False if this very reaction was thanked for already."""
    values = {
        "workspace_id": tx.workspace_id,
        "id": kudos.id,
        "giver_id": kudos.giver_id,
        "value": kudos.value,
        "reason": kudos.reason,
        "is_public": kudos.is_public,
        "via": kudos.via.value,
        "source": kudos.source,
        "given_at": kudos.given_at,
    }
    added = await tx.scalar(
        insert_into(tx, KudosRow).values(**values).on_conflict_do_nothing().returning(KudosRow.id)
    )
    if added is None:
        return False
    receipts = [
        {
            "kudos_id": kudos.id,
            "receiver_id": one.receiver_id,
            "team_id": one.team_id,
            "giver_id": kudos.giver_id,
            "given_at": kudos.given_at,
        }
        for one in kudos.receipts
    ]
    await insert_rows(tx, ReceiptRow, *receipts)
    return True


async def get(tx: Tx, kudos_id: str) -> Kudos:
    """Raises Refused if there is no such thing."""
    found = await find(tx, kudos_id)
    if found is None:
        raise Refused(GONE)
    return found


async def find(tx: Tx, kudos_id: str) -> Kudos | None:
    """As it is now, whatever this transaction saw before."""
    found = await _list(tx, KudosRow.id == kudos_id)
    return found[0] if found else None


async def find_reaction(tx: Tx, giver_id: str, source: str) -> Kudos | None:
    """The thanks that somebody gave by reacting to this message, taken back or not."""
    found = await _list(
        tx,
        KudosRow.giver_id == giver_id,
        KudosRow.source == source,
        KudosRow.via == Via.REACTION.value,
    )
    return found[0] if found else None


async def about(tx: Tx, giver_id: str, source: str, *, since: datetime) -> list[Kudos]:
    """What somebody has thanked for this very thing, and not taken back."""
    return await _list(
        tx,
        KudosRow.giver_id == giver_id,
        KudosRow.given_at >= since,
        KudosRow.source == source,
        KudosRow.undone_at.is_(None),
    )


async def given_by(
    tx: Tx, giver_id: str, *, since: datetime, limit: int | None = None
) -> list[Kudos]:
    """What somebody gave since then and did not take back, the newest first."""
    return await _list(
        tx,
        KudosRow.giver_id == giver_id,
        KudosRow.given_at >= since,
        KudosRow.undone_at.is_(None),
        limit=limit,
    )


async def got_by(
    tx: Tx, receiver_id: str, *, since: datetime, limit: int | None = None
) -> list[Kudos]:
    """What somebody got since then and was not taken back, the newest first."""
    theirs = select(ReceiptRow.kudos_id).where(
        ReceiptRow.receiver_id == receiver_id, ReceiptRow.given_at >= since
    )
    return await _list(tx, KudosRow.id.in_(theirs), KudosRow.undone_at.is_(None), limit=limit)


async def spent_since(tx: Tx, giver_id: str, since: datetime) -> list[Spent]:
    """Whom somebody has thanked since then, each time, without what was taken back."""
    found = await tx.execute(
        select(ReceiptRow.receiver_id, ReceiptRow.given_at)
        .join(KudosRow, KudosRow.id == ReceiptRow.kudos_id)
        .where(
            ReceiptRow.giver_id == giver_id,
            ReceiptRow.given_at >= since,
            KudosRow.undone_at.is_(None),
        )
    )
    return [Spent(*row) for row in found]


async def _list(tx: Tx, *which: ColumnElement[bool], limit: int | None = None) -> list[Kudos]:
    """Two statements, however many they are; the newest first."""
    fresh = {"populate_existing": True}
    asked = select(KudosRow).where(*which).order_by(KudosRow.given_at.desc(), KudosRow.id)
    rows = list(await tx.scalars(asked.limit(limit).execution_options(**fresh)))
    receipts: dict[str, list[Receipt]] = {row.id: [] for row in rows}
    wanted = select(ReceiptRow).where(ReceiptRow.kudos_id.in_(list(receipts)))
    for one in await tx.scalars(wanted.order_by(ReceiptRow.receiver_id)) if rows else ():
        receipts[one.kudos_id].append(Receipt(one.receiver_id, one.team_id))
    return [_to_kudos(row, receipts[row.id]) for row in rows]


def _to_kudos(row: KudosRow, receipts: Sequence[Receipt]) -> Kudos:
    return Kudos(
        row.workspace_id,
        row.id,
        row.giver_id,
        tuple(receipts),
        row.value,
        row.reason,
        row.is_public,
        Via(row.via),
        row.given_at,
        source=row.source,
        undone_at=row.undone_at,
    )


async def undo(tx: Tx, kudos_id: str, *, now: datetime) -> bool:
    """Take it back. False if that was done already."""
    undone = await tx.scalar(
        update(KudosRow)
        .where(KudosRow.id == kudos_id, KudosRow.undone_at.is_(None))
        .values(undone_at=now)
        .returning(KudosRow.id)
        .execution_options(synchronize_session=False)
    )
    return undone is not None


async def restore(tx: Tx, kudos_id: str) -> bool:
    """As if it had not been taken back. False if it was not."""
    restored = await tx.scalar(
        update(KudosRow)
        .where(KudosRow.id == kudos_id, KudosRow.undone_at.is_not(None))
        .values(undone_at=None)
        .returning(KudosRow.id)
        .execution_options(synchronize_session=False)
    )
    return restored is not None

"""Thanks as they were given, and taken back."""

from datetime import datetime

from sqlalchemy import select, update

from bot.errors import Refused
from bot.rules.kudos import Kudos, Receipt, Via
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
    fresh = {"populate_existing": True}
    row = await tx.scalar(
        select(KudosRow).where(KudosRow.id == kudos_id).execution_options(**fresh)
    )
    if row is None:
        return None
    asked = select(ReceiptRow).where(ReceiptRow.kudos_id == kudos_id)
    receipts = await tx.scalars(asked.order_by(ReceiptRow.receiver_id))
    return Kudos(
        row.workspace_id,
        row.id,
        row.giver_id,
        tuple(Receipt(one.receiver_id, one.team_id) for one in receipts),
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

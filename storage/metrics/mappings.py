"""What the columns under certain headers mean, as somebody said last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import select

from storage.database import Tx, insert_into
from storage.metrics.rows import MappingRow


@dataclass(frozen=True, slots=True)
class Remembered:
    """`mapping` is packed."""

    feed_id: str
    mapping: Mapping[str, Any]
    by: str
    at: datetime


async def find(tx: Tx, signature: str) -> Remembered | None:
    """What was said of these headers."""
    row = await tx.scalar(
        select(MappingRow)
        .where(MappingRow.signature == short(signature))
        .execution_options(populate_existing=True)
    )
    return Remembered(row.feed_id, row.mapping, row.by, row.at) if row else None


async def save(
    tx: Tx, signature: str, feed_id: str, mapping: Mapping[str, Any], *, by: str, now: datetime
) -> None:
    """From now on this holds for these headers."""
    values = {"feed_id": feed_id, "mapping": dict(mapping), "by": by, "at": now}
    key = {"workspace_id": tx.workspace_id, "signature": short(signature)}
    statement = insert_into(tx, MappingRow).values(**key, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["workspace_id", "signature"], set_=values)
    )


def short(signature: str) -> str:
    """Headers can be long, and there may be hundreds of them."""
    return blake2b(signature.encode(), digest_size=16).hexdigest()

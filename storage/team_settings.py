"""What a team decides about a feature: one row each, and no row as long as nobody has decided anything."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from storage.database import Tx, insert_into


async def save(
    tx: Tx, row: type[Any], team_id: str, version: int, values: Mapping[str, Any]
) -> bool:
    """Write `values` if they are still at `version`, of which 0 is that there is no row. False if somebody was first."""
    after = {**values, "version": version + 1}
    if version == 0:
        key = {"workspace_id": tx.workspace_id, "team_id": team_id}
        statement = insert_into(tx, row).values(**key, **after)
        added = statement.on_conflict_do_nothing().returning(row.team_id)
        return await tx.scalar(added) is not None
    changed = await tx.scalar(
        update(row)
        .where(row.team_id == team_id, row.version == version)
        .values(**after)
        .returning(row.team_id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None

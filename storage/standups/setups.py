"""The stand-ups that leads have set up, and up to when each has been looked after."""

from datetime import datetime

from sqlalchemy import select, update

from bot.rules.standups import StandUp
from storage.database import Tx, insert_rows
from storage.standups.converting import standup_values, to_standup
from storage.standups.rows import StandUpRow


async def add(tx: Tx, standup: StandUp, *, now: datetime) -> None:
    """What would have happened before `now` is no fault of anybody's."""
    values = {"id": standup.id, "version": standup.version, "looked_at": now}
    await insert_rows(tx, StandUpRow, standup_values(standup) | values)


async def change(tx: Tx, standup: StandUp) -> bool:
    """Write it if it is still at `standup.version`; False if somebody changed it first."""
    changed = (
        update(StandUpRow)
        .where(StandUpRow.id == standup.id, StandUpRow.version == standup.version)
        .values(**standup_values(standup), version=standup.version + 1)
        .returning(StandUpRow.id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(changed) is not None


async def find(tx: Tx, standup_id: str) -> StandUp | None:
    row = await tx.scalar(
        select(StandUpRow)
        .where(StandUpRow.id == standup_id)
        .execution_options(populate_existing=True)
    )
    return to_standup(row) if row else None


async def lock(tx: Tx, standup_id: str, *, waits: bool = True) -> tuple[StandUp, datetime] | None:
    """The stand-up, and up to when it has been looked after; nobody else looks after it until the commit.

    None if there is none, or if somebody else has it and this one does not wait.
    """
    row = await tx.scalar(
        select(StandUpRow)
        .where(StandUpRow.id == standup_id)
        .with_for_update(key_share=True, skip_locked=not waits)
        .execution_options(populate_existing=True)
    )
    return (to_standup(row), row.looked_at) if row else None


async def mark_looked(tx: Tx, standup_id: str, *, until: datetime) -> None:
    """Everything up to then has been looked after."""
    await tx.execute(
        update(StandUpRow)
        .where(StandUpRow.id == standup_id)
        .values(looked_at=until)
        .execution_options(synchronize_session=False)
    )


async def list_of_team(tx: Tx, *team_ids: str) -> list[StandUp]:
    """Those of these teams, by name, switched off or not."""
    rows = await tx.scalars(
        select(StandUpRow)
        .where(StandUpRow.team_id.in_(team_ids))
        .order_by(StandUpRow.name, StandUpRow.id)
        .execution_options(populate_existing=True)
    )
    return [to_standup(row) for row in rows]

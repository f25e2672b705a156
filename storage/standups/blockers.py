"""Blockers: what was said to stand in the way, until somebody closes it."""

from sqlalchemy import and_, delete, select, update

from bot.rules.escalations import State
from bot.rules.standups import Blocker, BlockerState
from storage.database import Tx, insert_rows
from storage.escalations.rows import EscalationRow
from storage.standups.converting import blocker_values, to_blocker
from storage.standups.rows import BlockerRow

SETTLED = [State.RESOLVED.value]
OF_CASE = and_(
    EscalationRow.workspace_id == BlockerRow.workspace_id,
    EscalationRow.id == BlockerRow.case_number,
)
STANDS = and_(
    BlockerRow.state != BlockerState.SOLVED.value,
    EscalationRow.state.is_(None) | EscalationRow.state.not_in(SETTLED),
)
"""Not solved by anybody, nor by the case that it became."""


async def add_blockers(tx: Tx, *blockers: Blocker) -> None:
    await insert_rows(tx, BlockerRow, *(blocker_values(one) for one in blockers))


async def forget_blockers(tx: Tx, *blocker_ids: str) -> None:
    """Who said it takes it back, unless somebody has begun to look after it."""
    await tx.execute(
        delete(BlockerRow)
        .where(
            BlockerRow.id.in_(blocker_ids),
            BlockerRow.state == BlockerState.OPEN.value,
            BlockerRow.taken_by.is_(None),
        )
        .execution_options(synchronize_session=False)
    )


async def lock_blocker(tx: Tx, blocker_id: str) -> Blocker | None:
    """One blocker, which nobody else changes until the commit."""
    row = await tx.scalar(
        select(BlockerRow)
        .where(BlockerRow.id == blocker_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return to_blocker(row) if row else None


async def change_blocker(tx: Tx, blocker: Blocker, *was: BlockerState) -> bool:
    """Write it if it is still in one of these states; False if it is not."""
    changed = (
        update(BlockerRow)
        .where(BlockerRow.id == blocker.id, BlockerRow.state.in_([one.value for one in was]))
        .values(**blocker_values(blocker))
        .returning(BlockerRow.id)
        .execution_options(synchronize_session=False)
    )
    return await tx.scalar(changed) is not None


async def blockers_of_person(tx: Tx, person_id: str, team_id: str) -> list[Blocker]:
    """What stands in somebody's way in this team, the oldest first."""
    rows = await tx.scalars(
        select(BlockerRow)
        .outerjoin(EscalationRow, OF_CASE)
        .where(BlockerRow.person_id == person_id, BlockerRow.team_id == team_id, STANDS)
        .order_by(BlockerRow.raised_at, BlockerRow.id)
        .execution_options(populate_existing=True)
    )
    return [to_blocker(row) for row in rows]

"""Blockers: what was said to stand in the way, until somebody closes it."""

from collections.abc import Iterable

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


async def blockers_of_team(
    tx: Tx, team_ids: Iterable[str], *, limit: int, offset: int = 0, stands: bool = True
) -> list[Blocker]:
    """The blockers of these teams, the oldest first: those that stand, or all, the newest first."""
    asked = (
        select(BlockerRow)
        .outerjoin(EscalationRow, OF_CASE)
        .where(BlockerRow.team_id.in_(list(team_ids)))
        .limit(limit)
        .offset(offset)
        .execution_options(populate_existing=True)
    )
    if stands:
        asked = asked.where(STANDS).order_by(BlockerRow.raised_at, BlockerRow.id)
    else:
        asked = asked.order_by(BlockerRow.raised_at.desc(), BlockerRow.id)
    return [to_blocker(row) for row in await tx.scalars(asked)]


async def blockers_of_round(tx: Tx, round_id: str, *person_ids: str) -> list[Blocker]:
    """What was first said in this round, by these people or by anybody, in order."""
    asked = select(BlockerRow).where(BlockerRow.round_id == round_id)
    if person_ids:
        asked = asked.where(BlockerRow.person_id.in_(person_ids))
    rows = await tx.scalars(
        asked.order_by(BlockerRow.raised_at, BlockerRow.id).execution_options(
            populate_existing=True
        )
    )
    return [to_blocker(row) for row in rows]

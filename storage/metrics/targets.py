"""What teams and their people aim at, with who set it and when."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, or_, select, update

from bot.rules.metrics.alert.targets import Change, Target
from storage.database import Tx
from storage.metrics.deciding_rows import TargetRow


async def of_teams(tx: Tx, team_ids: Collection[str], *, on: date | None = None) -> list[Target]:
    """All of these teams and their people, or those that hold on a day; the earliest first."""
    asked = select(TargetRow).where(TargetRow.team_id.in_(list(team_ids)))
    if on is not None:
        day = on.isoformat()
        still = or_(TargetRow.last_day.is_(None), TargetRow.last_day >= day)
        asked = asked.where(TargetRow.first_day <= day, still)
    asked = asked.order_by(TargetRow.first_day, TargetRow.id)
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    return [_to_target(row) for row in rows]


async def of_metric(tx: Tx, team_id: str, metric: str, person_id: str) -> list[Target]:
    """The team's of one metric, or somebody's in it, the earliest first."""
    return [
        one
        for one in await of_teams(tx, [team_id])
        if (one.metric, one.person_id) == (metric, person_id)
    ]


async def add(tx: Tx, target: Target) -> None:
    tx.add(
        TargetRow(
            workspace_id=tx.workspace_id,
            id=target.id,
            metric=target.metric,
            team_id=target.team_id,
            person_id=target.person_id,
            amount=target.amount,
            first_day=target.first_day.isoformat(),
            last_day=_text(target.last_day),
            by=target.by,
            at=target.at,
        )
    )
    await tx.flush()


async def make(tx: Tx, change: Change) -> None:
    """Let some end, and forget those that never counted. The team is locked."""
    for one in change.changed:
        await tx.execute(
            update(TargetRow)
            .where(TargetRow.id == one.id)
            .values(last_day=_text(one.last_day))
            .execution_options(synchronize_session=False)
        )
    gone = [one.id for one in change.gone]
    if gone:
        await tx.execute(
            delete(TargetRow)
            .where(TargetRow.id.in_(gone))
            .execution_options(synchronize_session=False)
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_target(row: TargetRow) -> Target:
    return Target(
        row.workspace_id,
        row.id,
        row.metric,
        row.team_id,
        row.person_id,
        row.amount,
        date.fromisoformat(row.first_day),
        date.fromisoformat(row.last_day) if row.last_day else None,
        row.by,
        row.at,
    )

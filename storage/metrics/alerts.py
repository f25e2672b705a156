"""Alerts, and what happened to each."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from bot.errors import Refused
from bot.rules.metrics.alert.alerts import Alert, Happened, Kind, Side
from bot.text import _
from storage.base import new_id
from storage.database import Tx
from storage.metrics.deciding_rows import AlertEventRow, AlertRow

ORDER = tuple(Kind)
GONE = _("This alert is not there any more. `/metrics alerts` shows those that there are.")


async def of_teams(tx: Tx, team_ids: Collection[str]) -> list[Alert]:
    """All of these teams and their people."""
    asked = select(AlertRow).where(AlertRow.team_id.in_(list(team_ids))).order_by(AlertRow.id)
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    return [_to_alert(row) for row in rows]


async def that_are_on(tx: Tx) -> list[Alert]:
    asked = select(AlertRow).where(AlertRow.is_on).order_by(AlertRow.id)
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    return [_to_alert(row) for row in rows]


async def find(tx: Tx, alert_id: str) -> Alert | None:
    asked = select(AlertRow).where(AlertRow.id == alert_id)
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_alert(row) if row else None


async def lock(tx: Tx, alert_id: str) -> Alert:
    """Nobody else changes it until the end of the transaction. Raises Refused if it is gone."""
    asked = select(AlertRow).where(AlertRow.id == alert_id).with_for_update()
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    if row is None:
        raise Refused(GONE)
    return _to_alert(row)


async def lock_if_free(tx: Tx, alert_id: str) -> Alert | None:
    """The same for who must not wait: None if it is gone, or somebody has it."""
    asked = select(AlertRow).where(AlertRow.id == alert_id).with_for_update(skip_locked=True)
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_alert(row) if row else None


async def add(tx: Tx, alert: Alert) -> None:
    tx.add(AlertRow(workspace_id=tx.workspace_id, id=alert.id, version=1, **_values(alert)))
    await tx.flush()


async def change(tx: Tx, alert: Alert) -> bool:
    """Write it if it is still at `alert.version`; False if somebody changed it first."""
    changed = await tx.scalar(
        update(AlertRow)
        .where(AlertRow.id == alert.id, AlertRow.version == alert.version)
        .values(**_values(alert), version=alert.version + 1)
        .returning(AlertRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def remove(tx: Tx, alert_id: str) -> None:
    """With all that happened to it."""
    for statement in (
        delete(AlertEventRow).where(AlertEventRow.alert_id == alert_id),
        delete(AlertRow).where(AlertRow.id == alert_id),
    ):
        await tx.execute(statement.execution_options(synchronize_session=False))


async def note(tx: Tx, happened: Happened) -> None:
    tx.add(
        AlertEventRow(
            workspace_id=tx.workspace_id,
            id=new_id(),
            alert_id=happened.alert_id,
            kind=happened.kind.value,
            by=happened.by,
            at=happened.at,
            amount=happened.amount,
            n=happened.n,
            detail=happened.detail,
        )
    )
    await tx.flush()


async def history(tx: Tx, alert_id: str, *, limit: int = 50) -> list[Happened]:
    """The newest first."""
    asked = (
        select(AlertEventRow)
        .where(AlertEventRow.alert_id == alert_id)
        .order_by(AlertEventRow.at.desc(), AlertEventRow.id)
        .limit(limit)
    )
    found = [_to_happened(row) for row in await tx.scalars(asked)]
    # What people answered comes after what they were told, even within one moment.
    return sorted(found, key=lambda one: (one.at, ORDER.index(one.kind)), reverse=True)


async def newest(tx: Tx, alert_id: str, kinds: Sequence[Kind]) -> Happened | None:
    """The last time that any of these happened."""
    asked = (
        select(AlertEventRow)
        .where(AlertEventRow.alert_id == alert_id, AlertEventRow.kind.in_([*kinds]))
        .order_by(AlertEventRow.at.desc())
        .limit(1)
    )
    row = await tx.scalar(asked)
    return _to_happened(row) if row else None


def _values(alert: Alert) -> dict[str, Any]:
    return {
        "team_id": alert.team_id,
        "person_id": alert.person_id,
        "metric": alert.metric,
        "direction": alert.side.value,
        "threshold": alert.threshold,
        "clear_at": alert.clear_at,
        "minimum_n": alert.minimum_n,
        "days": alert.days,
        "readers": list(alert.readers),
        "owner_id": alert.owner_id,
        "is_on": alert.is_on,
        "is_firing": alert.is_firing,
        "fired_on": alert.fired_on.isoformat() if alert.fired_on else "",
        "snoozed_until": alert.snoozed_until,
        "acknowledged_by": alert.acknowledged_by,
        "acknowledged_at": alert.acknowledged_at,
        "escalation_id": alert.escalation_id,
    }


def _to_alert(row: AlertRow) -> Alert:
    return Alert(
        *(row.workspace_id, row.id, row.team_id, row.person_id, row.metric, Side(row.direction)),
        *(row.threshold, row.clear_at, row.minimum_n, row.days, tuple(row.readers), row.owner_id),
        is_on=row.is_on,
        is_firing=row.is_firing,
        fired_on=date.fromisoformat(row.fired_on) if row.fired_on else None,
        snoozed_until=row.snoozed_until,
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=row.acknowledged_at,
        escalation_id=row.escalation_id,
        version=row.version,
    )


def _to_happened(row: AlertEventRow) -> Happened:
    return Happened(
        *(row.alert_id, Kind(row.kind), row.at, row.by, row.amount, row.n, row.detail),
    )

"""What writes escalations: compare-and-set on the case, an appended line in its timeline."""

from dataclasses import replace
from functools import cache

from sqlalchemy import update
from sqlalchemy.sql.dml import ReturningInsert

from bot.rules.escalations import Escalation, Event, Step
from storage.database import Tx, insert_for, insert_rows
from storage.escalations.rows import CounterRow, EscalationRow, EventRow, values_of


async def take_number(tx: Tx) -> int:
    """The next number of this workspace. Others wait for it until the commit, so take it late."""
    first = {"workspace_id": tx.workspace_id, "last_id": 1}
    return int(await tx.scalar(_count(tx.dialect), first) or 1)


async def add(tx: Tx, step: Step) -> None:
    """Remember a new escalation and the first line of its timeline."""
    await insert_rows(tx, EscalationRow, values_of(step.after))
    await _append(tx, step.after.id, step.event)


async def change(tx: Tx, before: Escalation, step: Step) -> Escalation | None:
    """Make the change if the state and the owner are still as in `before`. None if somebody was first."""
    old = values_of(before)
    changed = {name: new for name, new in values_of(step.after).items() if new != old[name]}
    changed.pop("version", None)
    version = await tx.scalar(
        update(EscalationRow)
        .where(
            EscalationRow.id == before.id,
            EscalationRow.state == before.state,
            EscalationRow.owner_id.is_not_distinct_from(before.owner_id),
            EscalationRow.claim_due_at == before.claim_due_at,
        )
        .values(version=EscalationRow.version + 1, **changed)
        .returning(EscalationRow.version)
        .execution_options(synchronize_session=False)
    )
    if version is None:
        return None
    await _append(tx, before.id, replace(step.event, version=version))
    return replace(step.after, version=version)


@cache
def _count(dialect: str) -> ReturningInsert[int]:
    return (
        insert_for(dialect, CounterRow)
        .on_conflict_do_update(
            index_elements=["workspace_id"], set_={"last_id": CounterRow.last_id + 1}
        )
        .returning(CounterRow.last_id)
    )


async def _append(tx: Tx, escalation_id: int, event: Event) -> None:
    await insert_rows(
        tx,
        EventRow,
        {
            "escalation_id": escalation_id,
            "version": event.version,
            "at": event.at,
            "by": event.by,
            "kind": event.kind,
            "old": event.old,
            "new": event.new,
            "reason": event.reason,
            "why": event.why,
            "changes": {name: list(pair) for name, pair in event.changes.items()},
        },
    )

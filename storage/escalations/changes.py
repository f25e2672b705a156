"""What writes escalations: compare-and-set on the case, an appended line in its timeline."""

from functools import cache

from sqlalchemy import Executable, bindparam, func, insert, select, update

from bot.rules.escalations import Escalation, Event, Step
from storage.base import table_of
from storage.database import Tx, insert_for
from storage.escalations.rows import (
    UNFINISHED_WRITTEN_OUT,
    CounterRow,
    EscalationRow,
    EventRow,
    values_of,
)


async def take_number(tx: Tx, team_id: str, ticket_key: str) -> tuple[int, int | None]:
    """The next number of this workspace, and the number of the team's newest unfinished case about the same ticket.

    Others wait for the number until the commit, so take it late. Both in one statement: a form waits for this.
    """
    values = {"workspace_id": tx.workspace_id, "last_id": 1}
    asked = {
        "twin_workspace": tx.workspace_id,  # what an INSERT returns is not confined by itself
        "twin_team": team_id,
        "twin_ticket": ticket_key,
    }
    found = (await tx.execute(_count(tx.dialect), values | asked)).one()
    return int(found[0]), found[1]


async def add(tx: Tx, step: Step) -> None:
    """Remember a new escalation and the first line of its timeline."""
    row = values_of(step.after) | {"workspace_id": tx.workspace_id}
    await tx.execute(_INSERT_CASE, row)
    await _append(tx, step.after.id, step.event)


async def change(tx: Tx, before: Escalation, step: Step) -> Escalation | None:
    """Make the change if the case is still as in `before`. None if somebody was first."""
    old = values_of(before)
    changed = {name: new for name, new in values_of(step.after).items() if new != old[name]}
    done = await tx.scalar(
        update(EscalationRow)
        .where(EscalationRow.id == before.id, EscalationRow.version == before.version)
        .values(**changed)
        .returning(EscalationRow.version)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        return None
    await _append(tx, before.id, step.event)
    return step.after


async def _append(tx: Tx, escalation_id: int, event: Event) -> None:
    await tx.execute(
        _INSERT_EVENT,
        {
            "workspace_id": tx.workspace_id,
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


# Made once, and into the tables, past the ORM's bookkeeping for objects: a form waits for these.
_INSERT_CASE = insert(table_of(EscalationRow))
_INSERT_EVENT = insert(table_of(EventRow))


@cache
def _count(dialect: str) -> Executable:
    # `+ 0` keeps both databases from walking down all cases by number; the index of unfinished ones has few.
    case = table_of(EscalationRow).c
    twin = (
        select(func.max(case.id + 0))
        .where(
            case.workspace_id == bindparam("twin_workspace"),
            case.team_id == bindparam("twin_team"),
            case.ticket_key == bindparam("twin_ticket"),
            case.state.in_(UNFINISHED_WRITTEN_OUT),
        )
        .scalar_subquery()
    )
    statement = insert_for(dialect, CounterRow)
    last_id = statement.table.c.last_id
    return statement.on_conflict_do_update(
        index_elements=["workspace_id"], set_={"last_id": last_id + 1}
    ).returning(last_id, twin)

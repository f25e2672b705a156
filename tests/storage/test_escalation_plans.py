"""However many cases are closed or other people's, a list reads only what it shows: SQLite says how it would find it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from storage import escalations
from storage.database import Database, Tx
from tests.cast import ALICE, BILLING, WORKSPACE
from tests.patience import PATIENT

Read = Callable[[Tx], Awaitable[object]]

READS: dict[str, tuple[Read, str]] = {
    "unclaimed": (
        lambda tx: escalations.list_unclaimed(tx, [BILLING], limit=1),
        "ix_escalations_unfinished (workspace_id=? AND team_id=?)",
    ),
    "raised": (
        lambda tx: escalations.list_raised(tx, ALICE.id, limit=1),
        "(workspace_id=? AND raised_by=?)",
    ),
    "owned": (
        lambda tx: escalations.list_owned(tx, ALICE.id, limit=1),
        "(workspace_id=? AND owner_id=?)",
    ),
    "children": (lambda tx: escalations.list_children(tx, 1), "(workspace_id=? AND parent_id=?)"),
    "one": (lambda tx: escalations.lock(tx, 1), "(workspace_id=? AND id=?)"),
    "timeline": (
        lambda tx: escalations.timeline(tx, 1),
        "(workspace_id=? AND escalation_id=?)",
    ),
}


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


@pytest.mark.parametrize("name", READS)
async def test_only_what_is_shown_is_read(sqlite: Database, name: str) -> None:
    read, index = READS[name]
    said: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "FROM escalation" in statement:
            said.append((statement, parameters))

    event.listen(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    async with sqlite.read(WORKSPACE) as tx:
        await read(tx)
    event.remove(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    assert said
    for statement, parameters in said:
        async with sqlite.across() as connection:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan = [str(row[-1]) for row in rows]
        assert not [step for step in plan if step.startswith("SCAN")], plan
        assert [step for step in plan if index in step], plan
        assert not [step for step in plan if step.endswith("(workspace_id=?)")], plan

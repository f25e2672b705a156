"""Cases that hang together: who is locked with whom, and that none of it reads more rows the more cases there are."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event

from storage import escalations
from storage.database import Database
from tests import casebook
from tests.cast import BILLING, WORKSPACE
from tests.patience import PATIENT
from tests.services.escalations.linked import asked

Statement = tuple[str, Any]


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


async def test_one_case_is_read_whoever_is_locked_with_it(db: Database) -> None:
    await asked(db, times=2)
    async with db.write(WORKSPACE) as tx:
        for number in (1, 2, 3):
            held = await escalations.lock(tx, number)
            assert (
                held == await casebook.case(db, number) == await escalations.lock_alone(tx, number)
            )
        assert await escalations.lock(tx, 99) is None
        assert [one.id for one in await escalations.list_children(tx, 1, lock=True)] == [2, 3]
        assert await escalations.list_children(tx, 2) == []
        first = await escalations.first_line(tx, 2)
        assert first
        assert first.why == "Where is parcel 77?"
        assert await escalations.first_line(tx, 99) is None


async def test_nothing_of_another_workspace_is_found(db: Database) -> None:
    await asked(db)
    case = await casebook.case(db)
    async with db.write("T0EMPTY") as tx:
        assert await escalations.lock(tx, 2) is None
        assert await escalations.first_line(tx, 2) is None
        assert await escalations.list_children(tx, 1) == []
        assert await escalations.list_mergeable(tx, case, [BILLING], "", "", limit=9) == []


async def test_each_is_found_by_its_index(sqlite: Database) -> None:
    said: list[Statement] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "FROM escalation" in statement:
            said.append((statement, parameters))

    event.listen(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    async with sqlite.write(WORKSPACE) as tx:
        await escalations.lock(tx, 1)
        await escalations.lock_alone(tx, 1)
        await escalations.list_children(tx, 1, lock=True)
        await escalations.first_line(tx, 1)
    event.remove(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    keys = [
        *("id=?", "id=?", "parent_id=?", "escalation_id=? AND version=?"),
    ]
    for (statement, parameters), key in zip(said, keys, strict=True):
        async with sqlite.across() as connection:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [str(row[-1]) for row in rows]
        read = [step for step in steps if "escalation" in step]
        assert read
        assert all(key in step for step in read), steps

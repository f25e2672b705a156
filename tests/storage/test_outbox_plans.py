"""However much waits, a turn of delivery reads only the heads of lanes: SQLite says how it would find them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.outbox import claiming, keeping, looking
from tests.cast import NOON, WORKSPACE
from tests.patience import PATIENT

Statement = tuple[str, Any]
INDEX = "ix_outbox_waiting"


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


@pytest.fixture
async def heard(sqlite: Database) -> list[Statement]:
    """The statements of a turn, as the database gets them."""
    said: list[Statement] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "outbox" in statement:
            said.append((statement, parameters))

    event.listen(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    async with sqlite.across() as connection:
        await looking.workspaces_waiting(connection, NOON)
    async with sqlite.write(WORKSPACE) as tx:
        await claiming.lock_free_lanes(tx, now=NOON, limit=16, window=20)
        await claiming.waiting_in(tx, ["C1", "C2"], now=NOON, window=20)
        await keeping.dead_letters(tx)
    event.remove(sqlite.engine.sync_engine, "before_cursor_execute", hear)
    return said


async def test_what_waits_is_found_through_its_own_index(
    sqlite: Database, heard: list[Statement]
) -> None:
    assert len(heard) == 4
    for statement, parameters in heard:
        plan = await _plan(sqlite, statement, parameters)
        assert not [step for step in plan if step.startswith("SCAN outbox")], plan
        by_key = [step for step in plan if "outbox" in step and "autoindex" in step]
        assert all("seq=?" in step for step in by_key), "it reads all that was ever said there"
    turns = [await _plan(sqlite, *one) for one in heard[:3]]
    assert all(any(INDEX in step for step in plan) for plan in turns)


async def _plan(db: Database, statement: str, parameters: Any) -> list[str]:
    async with db.across() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [str(row[-1]) for row in rows]

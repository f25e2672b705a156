"""However many timers wait for their time, the tick reads only the next one: SQLite says how it would find it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from storage import timers
from storage.database import Database
from storage.timers import Timer
from tests.cast import WORKSPACE
from tests.patience import PATIENT

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
INDEX = "timers USING INDEX ix_timers_next (workspace_id=? AND not_before<?)"


async def test_the_next_timer_is_found_through_an_index(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    heard: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "DELETE FROM timers" in statement:
            heard.append((statement, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, *(Timer("k", str(n), NOW + timedelta(days=1)) for n in range(50)))
        await timers.put(tx, Timer("k", "due", NOW))
        assert await timers.claim_due(tx, NOW) == Timer("k", "due", NOW)
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)
    [(statement, parameters)] = heard
    async with db.across() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [str(row[-1]) for row in rows]
    await db.close()
    assert [step for step in plan if INDEX in step.replace("COVERING ", "")], plan
    # What is found is one row, and looking through it is no scan.
    scans = [step for step in plan if step.startswith("SCAN") and step != "SCAN due"]
    assert not scans, plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan

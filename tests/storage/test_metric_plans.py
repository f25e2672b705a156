"""However many facts there are, a day, a digest and a change of an import read only their own: both databases say how."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage.database import Database, Tx
from storage.metrics import facts, held, holding, imports, rollups
from tests.cast import BILLING, WORKSPACE
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.plans import Statement, hearing, plans, reads_all
from tests.services.floor import furnish
from tests.services.metrics.store import FIRST, bring, fact, roll

DAY = FIRST.isoformat()
DAYS = 40
A_DAY = 25
TABLES = ("metric_facts", "metric_rollups", "metric_stale_days", "metric_imports", "metric_import_days")  # fmt: skip
Read = Callable[[Tx], Awaitable[object]]


async def what_holds(tx: Tx) -> None:
    async for _some in holding.of_day(tx, DAY):
        pass


async def what_holds_of_a_team(tx: Tx) -> None:
    async for _some in holding.of_day(tx, DAY, [BILLING]):
        pass


async def what_is_shared(tx: Tx) -> None:
    [newest] = await imports.latest(tx, most=1)
    await facts.is_shared(tx, newest, DAY)


async def what_others_say(tx: Tx) -> None:
    [newest] = await imports.latest(tx, most=1)
    await facts.said_by_others(tx, newest)


async def days_of_keys(tx: Tx) -> None:
    [newest] = await imports.latest(tx, most=1)
    await facts.days_of_keys(tx, newest.feed_id, ["k1", "k2"])


async def what_is_said_of_keys(tx: Tx) -> None:
    [newest] = await imports.latest(tx, most=1)
    await held.of_keys(tx, newest.feed_id, ["k1", "k2"])


A_DAY_OF_FACTS = (
    "metric_facts USING INDEX ix_metric_facts_workspace_id_day (workspace_id=? AND day=?)"
)
A_KEY = "USING INDEX sqlite_autoindex_metric_facts_1 (workspace_id=? AND feed_id=? AND key=?)"
READS: dict[str, tuple[Read, tuple[str, ...]]] = {
    "the facts of a day that hold": (what_holds, (A_DAY_OF_FACTS, A_KEY)),
    "and of a team": (what_holds_of_a_team, (A_DAY_OF_FACTS, A_KEY)),
    "a day that other files speak of": (
        what_is_shared,
        ("ix_metric_facts_workspace_id_day (workspace_id=? AND day=?)", "AND key=? AND number=?)"),
    ),
    "how much other files say": (
        what_others_say,
        ("metric_import_days_1 (workspace_id=? AND number=?)",),
    ),
    "days of some keys": (days_of_keys, (A_KEY,)),
    "what is known of some keys": (what_is_said_of_keys, (A_KEY,)),
    "the roll-ups of a team": (
        lambda tx: rollups.read(tx, [BILLING], "person", FIRST, FIRST + timedelta(days=6)),
        ("(workspace_id=? AND team_id=? AND slice=? AND day>? AND day<?)",),
    ),
    "days to roll up": (
        lambda tx: rollups.stale_between(tx, FIRST, FIRST),
        ("(workspace_id=? AND day>? AND day<?)",),
    ),
    "the days of an import": (
        lambda tx: facts.days_of(tx, 1),
        ("metric_import_days_1 (workspace_id=? AND number=?)",),
    ),
}
KEYED = "(feed_id)::text"
ON_POSTGRESQL: dict[str, tuple[Read, tuple[str, ...]]] = {
    "the facts of a day that hold": (
        what_holds,
        ("ix_metric_facts_workspace_id_day", "SubPlan", "using pk_metric_facts", KEYED),
    ),
    "a day that other files speak of": (
        what_is_shared,
        ("ix_metric_facts_workspace_id_day", "SubPlan", "using pk_metric_facts", KEYED),
    ),
    "days of some keys": (days_of_keys, ("using pk_metric_facts", KEYED)),
    "what is known of some keys": (what_is_said_of_keys, ("using pk_metric_facts", KEYED)),
    "days to roll up": (
        lambda tx: rollups.stale_between(tx, FIRST, FIRST),
        ("pk_metric_stale_days", "day >="),
    ),
    "the days of an import": (
        lambda tx: facts.days_of(tx, 1),
        ("pk_metric_import_days", "number = 1"),
    ),
}


async def filled(db: Database) -> None:
    """Two files that speak of the same keys, rolled up."""
    await furnish(db)
    some = [
        fact(f"k{at}", FIRST + timedelta(days=at % DAYS), person=f"P{at % 9}", contacts=1)
        for at in range(DAYS * A_DAY)
    ]
    await bring(db, some)
    await bring(db, some[:10])
    await roll(db)


@pytest.mark.parametrize("name", READS)
async def test_only_what_is_wanted_is_read(sqlite: Database, name: str) -> None:
    read, steps = READS[name]
    await filled(sqlite)
    for plan in await plans(sqlite, await asked_by(sqlite, read)):
        assert not reads_all(plan), plan
        for step in steps:
            assert [one for one in plan if step in one.replace("COVERING ", "")], (step, plan)


async def test_the_next_day_is_the_last_of_an_index(sqlite: Database) -> None:
    [plan] = await plans(sqlite, await asked_by(sqlite, rollups.next_stale))
    assert plan == ["SEARCH metric_stale_days USING INDEX sqlite_autoindex_metric_stale_days_1 (workspace_id=?)"]  # fmt: skip


@pytest.mark.parametrize("name", ON_POSTGRESQL)
async def test_on_postgresql_too(fresh_database: FreshDatabase, name: str) -> None:
    """However few rows there are here, it is asked how it would find them among many."""
    read, steps = ON_POSTGRESQL[name]
    db = Database(await fresh_database("postgresql"), PATIENT)
    await filled(db)
    [(statement, parameters)] = await asked_by(db, read)
    async with db.across() as connection:
        await connection.exec_driver_sql("ANALYZE")
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        rows = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        plan = "\n".join(str(row[0]) for row in rows)
    await db.close()
    for step in steps:
        assert step in plan, plan
    assert "Hash" not in plan, plan


async def asked_by(db: Database, read: Read) -> list[Statement]:
    with hearing(db, *TABLES) as said:
        async with db.read(WORKSPACE) as tx:
            await read(tx)
    return [one for one in said if "FROM metric_imports" not in one[0].split("WHERE")[0]]

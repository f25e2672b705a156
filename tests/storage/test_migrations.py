"""The schema: one head, equal to the models on both databases, safe to run from many at once, and reversible."""

import asyncio
import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import CannotStart
from bot.rules.teams import Team
from storage import teams
from storage.database import Database
from storage.migrate import config, migrate, pending
from storage.models import metadata
from tests.cast import WORKSPACE


def test_there_is_one_head_and_numbers_follow_each_other() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == 1
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{n:04}" for n in range(1, len(revisions) + 1)]


async def test_the_migrated_schema_equals_the_models(db: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with db.across() as connection:
        assert await connection.run_sync(differences) == []


async def test_down_and_up_again(db: Database) -> None:
    await migrate(db, "base")
    async with db.across() as connection:
        tables = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert tables == ["alembic_version"]
    await migrate(db)
    assert await pending(db) == []


async def test_several_replicas_may_start_at_once(db: Database) -> None:
    await migrate(db, "base")
    assert (await pending(db))[0] == "0001"
    await asyncio.gather(*[migrate(db) for _ in range(4)])
    assert await pending(db) == []


async def test_a_newer_database_is_refused(db: Database) -> None:
    async with db.maintaining() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotStart, match="newer than this Baton"):
        await migrate(db)


def test_every_table_belongs_to_a_workspace() -> None:
    for table in metadata.sorted_tables:
        assert next(iter(table.primary_key)).name == "workspace_id", table.name
        for key in table.foreign_key_constraints:
            assert "workspace_id" in {column.name for column in key.columns}, table.name


async def test_working_days_become_business_hours_and_go_back(db: Database) -> None:
    """Nothing counted by them, so the team stays open around the clock, and its days wait in the form."""
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, "t1", "Billing"))
    await migrate(db, "0004")
    async with db.maintaining() as connection:
        await connection.execute(
            text("""UPDATE teams SET working_days = '["sun", "mon"]' WHERE id = 't1'""")
        )
    await migrate(db)
    async with db.read(WORKSPACE) as tx:
        hours = (await teams.get(tx, "t1")).hours
    assert hours.always_open
    assert set(hours.week) == {"sun", "mon"}
    await migrate(db, "0004")
    async with db.maintaining() as connection:
        kept = await connection.scalar(text("SELECT working_days FROM teams WHERE id = 't1'"))
    assert sorted(json.loads(kept) if isinstance(kept, str) else kept) == ["mon", "sun"]

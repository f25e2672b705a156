"""The loop that brings in Baton's own numbers: it looks at once, and stops when it is asked to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DatabaseGone
from schedules.harvests import Harvests
from storage import workspaces
from storage.database import Database
from storage.metrics import imports
from tests import casebook
from tests.cast import ALICE, BOB, NOON, WORKSPACE
from tests.clock import MovableClock
from tests.schedules.running import running, until
from tests.services.metrics.store import read
from tests.thanks import thank


async def test_it_looks_at_every_workspace_that_there_is(sqlite: Database) -> None:
    await casebook.set_up(sqlite)
    async with sqlite.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id="U0BATON")
    await thank(sqlite, BOB, ALICE)
    loop = Harvests(sqlite, MovableClock())
    assert not loop.is_busy
    async with running(loop.run):
        await until(lambda: loop.is_busy)
        await until(lambda: not loop.is_busy)
        assert sum(one.sums["kudos"] for one in (await read(sqlite)).values()) == 1000
    async with sqlite.read(WORKSPACE) as tx:
        assert len(await imports.latest(tx, most=9)) == 1


async def test_a_clock_that_was_a_year_ahead_for_a_moment_stops_nothing(sqlite: Database) -> None:
    await casebook.set_up(sqlite)
    async with sqlite.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id="U0BATON")
    clock = MovableClock()
    loop = Harvests(sqlite, clock)
    for away in (365, -365):
        clock.jump(days=away)
        await thank(sqlite, BOB, ALICE, at=NOON)
        await loop.look_everywhere()
    assert sum(one.sums["kudos"] for one in (await read(sqlite)).values()) == 2000


class AwayDatabase(Database):
    """It cannot be reached."""

    @asynccontextmanager
    async def across(self) -> AsyncIterator[AsyncConnection]:
        async with super().across() as connection:
            yield connection
            raise DatabaseGone("It is away.")


async def test_a_database_that_is_gone_ends_nothing(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    gone = AwayDatabase(sqlite_url)
    await Harvests(gone, MovableClock()).look_everywhere()
    await gone.close()
    assert "wait for the database" in caplog.text

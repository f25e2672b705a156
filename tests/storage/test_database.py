"""Transactions: committed together or not at all, one workspace each, and honest when the database is gone."""

import asyncio

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, CannotStart, DatabaseGone
from storage import inbox
from storage.database import Database
from storage.inbox import InboxRow
from tests.cast import NOON, WORKSPACE


async def keys(db: Database) -> list[str]:
    async with db.read(WORKSPACE) as tx:
        return list(await tx.scalars(select(InboxRow.key).order_by(InboxRow.key)))


async def test_a_transaction_commits_at_its_end(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await inbox.check_new(tx, "a", now=NOON)
    assert await keys(db) == ["a"]


async def test_a_transaction_that_raises_leaves_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.write(WORKSPACE) as tx:
            await inbox.check_new(tx, "a", now=NOON)
            _ = 1 // 0
    assert await keys(db) == []


async def test_the_same_request_twice_is_heard_once(db: Database) -> None:
    async def hear() -> None:
        async with db.write(WORKSPACE) as tx:
            await inbox.check_new(tx, "a", now=NOON)

    outcomes = await asyncio.gather(*[hear() for _ in range(10)], return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(AlreadyHeard) == 9
    assert outcomes.count(None) == 1


async def test_wakes_ring_after_the_commit_and_not_after_a_rollback(db: Database) -> None:
    seen: list[list[str]] = []
    rung = asyncio.Event()
    db.on_commit("delivery", rung.set)
    async with db.write(WORKSPACE) as tx:
        tx.wakes.add("delivery")
        seen.append([])
        assert not rung.is_set()
    assert rung.is_set()
    rung.clear()
    with pytest.raises(ZeroDivisionError):
        async with db.write(WORKSPACE) as tx:
            tx.wakes.add("delivery")
            _ = 1 // 0
    assert not rung.is_set()


async def test_many_writers_at_once_wait_for_each_other(db: Database) -> None:
    async def hear(n: int) -> None:
        async with db.write(WORKSPACE) as tx:
            await inbox.check_new(tx, f"{n:03}", now=NOON)

    await asyncio.gather(*[hear(n) for n in range(50)])
    assert len(await keys(db)) == 50


async def test_a_database_that_cannot_be_reached_is_named_so(tmp_path: object) -> None:
    for url in (
        f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/baton.db",
        "postgresql+asyncpg://nobody@127.0.0.1:1/none",
    ):
        database = Database(url)
        with pytest.raises(DatabaseGone):
            async with database.read(WORKSPACE) as tx:
                await tx.scalars(select(InboxRow.key))
        await database.close()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(CannotStart, match="Write a file"):
        Database("sqlite+aiosqlite://")

"""Digests are worked out before their timer's transaction: nobody waits for it, and what comes in meanwhile is neither lost nor told twice."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, event

from bot.rules.metrics.digest.posts import Post
from bot.services.metrics.digest import beforehand, correcting, digesting
from bot.services.metrics.store import rolling
from bot.services.ticking import Fire, ReadFirst, fire_due
from bot.views.metrics import ids
from schedules.metrics import FIRE
from storage.database import Database, Tx
from storage.metrics import digests as stored
from storage.metrics import imports
from storage.timers import Timer
from tests import casebook
from tests.cast import NOON, WORKSPACE
from tests.conftest import FreshDatabase
from tests.services.metrics.digests import EIGHT, live, make, places, rate, said, set_up
from tests.services.metrics.store import CLOCK, bring, fact
from tests.services.standups.queue import cards_waiting

A_MINUTE = timedelta(minutes=1)
MONDAY = NOON.date()

Meanwhile = Callable[[int], Awaitable[None]]


def interrupted(fire: Fire, meanwhile: Meanwhile) -> Fire:
    """The same, but each time that something was read, something else happens before it is written."""
    read_before = 0

    async def fired(tx: Tx, timer: Timer, now: datetime) -> None:
        try:
            await fire(tx, timer, now)
        except ReadFirst as first:
            asked = first

            async def read(db: Database) -> object:
                nonlocal read_before
                found = await asked.read(db)
                await meanwhile(read_before)
                read_before += 1
                return found

            raise ReadFirst(read) from None

    return fired


async def tell(db: Database, meanwhile: Meanwhile) -> Post:
    """What is told at eight, if that happens between reading and writing."""
    fires = {**FIRE, digesting.DIGEST: interrupted(digesting.fire, meanwhile)}
    assert await fire_due(db, WORKSPACE, fires, EIGHT) == 1
    [(subject, _channel)] = await cards_waiting(db, ids.DIGEST)
    async with db.read(WORKSPACE) as tx:
        post = await stored.find_post(tx, subject)
    assert post
    return post


async def roll(db: Database, now: datetime = EIGHT) -> None:
    while await rolling.roll_next(db, CLOCK, now=now):
        pass


async def ready(db: Database) -> None:
    """The digest of tomorrow morning tells 80 of 100 ratings."""
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 80, 100)
    await roll(db, NOON)


async def test_nothing_is_added_up_where_others_wait(db: Database) -> None:
    heard: set[tuple[bool, str]] = set()

    def hear(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        writes = bool(connection.get_execution_options().get("writes"))
        heard.update(
            (writes, one) for one in ("metric_rollups", "metric_facts") if one in statement
        )

    await ready(db)
    await rate(db, MONDAY, 10, 100, person="Late")
    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    await live(db, EIGHT)
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)
    assert heard == {(False, "metric_rollups"), (False, "metric_facts")}
    assert "CSAT: 45 % of 200" in await said(db)


@pytest.mark.parametrize("is_rolled_up", [False, True])
async def test_what_comes_in_between_reading_and_writing_is_told(
    db: Database, *, is_rolled_up: bool
) -> None:
    """Nobody would look at the post for it any more: it was not there yet when the day was rolled up."""

    async def meanwhile(before: int) -> None:
        if before == 0:
            await bring(db, [fact("late", MONDAY, ratings=100)], feed="Late")
            if is_rolled_up:
                await roll(db)

    await ready(db)
    post = await tell(db, meanwhile)
    assert post.told["csat"] == (40, None)
    await roll(db)
    await live(db, EIGHT + 2 * A_MINUTE)
    assert len(await places(db)) == 1
    assert "Corrected" not in (told := await said(db))
    assert "CSAT: 40 % of 200" in told


async def test_what_never_stops_coming_in_is_told_as_it_is_in_the_end(db: Database) -> None:
    async def meanwhile(before: int) -> None:
        await bring(db, [fact(f"late{before}", MONDAY, ratings=100)], feed=f"Late {before}")
        await roll(db)

    await ready(db)
    post = await tell(db, meanwhile)
    assert post.told["csat"] == (80 / (1 + beforehand.TRIES), None)
    assert len(await places(db)) == 1


async def test_what_comes_in_afterwards_corrects_it(db: Database) -> None:
    async def nothing(_before: int) -> None:
        pass

    await ready(db)
    post = await tell(db, nothing)
    assert post.told["csat"] == (80, None)
    await bring(db, [fact("late", MONDAY, ratings=100)], feed="Late")
    await roll(db)
    assert correcting.CORRECT in await casebook.timers(db)
    await live(db, EIGHT + A_MINUTE)
    assert "CSAT was 80 %, is 40 %." in await said(db)


async def test_while_facts_come_in_the_timer_is_let_go(fresh_database: FreshDatabase) -> None:
    """Who brings them may wait for a day that is rolled up, and who rolls it up for the timer."""
    db = Database(await fresh_database("postgresql"))
    await ready(db)
    async with db.write(WORKSPACE) as tx:
        feed_id = next(iter(await imports.versions(tx)))
        await imports.change_feed(tx, feed_id)
        assert await fire_due(db, WORKSPACE, FIRE, EIGHT) == 1
        assert await places(db) == []
    await live(db, EIGHT + timedelta(seconds=1))
    assert len(await places(db)) == 1
    await db.close()

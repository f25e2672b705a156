"""Two replicas look at once, somebody answers meanwhile, the process dies at any statement: everything once all the same."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from bot.app import FIRE
from bot.people import Role
from bot.rules.people import Profile
from bot.rules.standups import RoundState, SeatState
from bot.services.standups import LOOK, look
from bot.services.ticking import Busy, fire_due
from storage import members, people, standups
from storage.database import Database
from storage.timers import Timer
from tests.cast import ALICE, BEN, BILLING, BOB, WORKSPACE
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import furnish
from tests.services.standups.clockwork import (
    EVE,
    HOUR,
    MINUTE,
    NINE,
    STANDUP,
    add,
    asks,
    live,
    next_due,
    rounds,
    said,
    states,
    the_round,
    told,
    wake_up,
)

CLOSE = NINE + 2 * HOUR
EVERYBODY = [ALICE.id, BEN.id, BOB.id]


async def _look(db: Database, now: datetime) -> None:
    async with db.write(WORKSPACE) as tx:
        await look(tx, Timer(LOOK, STANDUP.id, now), now)


async def test_two_looks_at_once_ask_once(db: Database) -> None:
    await furnish(db)
    await add(db, replace(STANDUP, channel="C0DAILY"))
    await live(db, EVE)
    for now in (NINE, NINE + 96 * MINUTE, CLOSE):
        looks = (_look(db, now) for _ in range(3))
        done = await asyncio.gather(*looks, return_exceptions=True)
        assert None in done
        assert all(one is None or isinstance(one, Busy) for one in done)
    assert await asks(db) == EVERYBODY
    assert [len(await told(db, one)) for one in (ALICE, BEN, BOB)] == [1, 1, 1]
    assert (await the_round(db)).state is RoundState.CLOSED


async def test_two_replicas_tick_at_once(db: Database) -> None:
    await furnish(db)
    await add(db)
    await live(db, EVE)
    await asyncio.gather(*(fire_due(db, WORKSPACE, FIRE, NINE) for _ in range(3)))
    assert await asks(db) == EVERYBODY
    assert await next_due(db) == NINE + 96 * MINUTE


async def test_whoever_answers_is_not_waited_for(fresh_database: FreshDatabase) -> None:
    """A look that waited could be waited for by the answer in turn. It comes again in a second."""
    db = Database(await fresh_database("postgresql"), PATIENT)
    await furnish(db)
    await add(db)
    await live(db, NINE)
    async with db.write(WORKSPACE) as tx:
        await standups.lock_round(tx, (await the_round(db)).id)
        await fire_due(db, WORKSPACE, FIRE, CLOSE)
        assert (await the_round(db)).state is RoundState.OPEN
    await wake_up(db, CLOSE)
    assert (await the_round(db)).state is RoundState.OPEN
    await wake_up(db, CLOSE + MINUTE)
    assert (await the_round(db)).state is RoundState.CLOSED
    await db.close()


@pytest.mark.parametrize("moment", ["opening", "closing", "missed"])
async def test_dying_at_every_statement(db: Database, database_url: str, moment: str) -> None:
    await furnish(db)
    await add(db, replace(STANDUP, channel="C0DAILY"))
    lived, now = {
        "opening": (EVE, NINE),
        "closing": (CLOSE - MINUTE, CLOSE),
        "missed": (EVE, CLOSE),
    }[moment]
    await live(db, lived)
    before = len(await rounds(db)), Counter(await said(db))
    deaths = 0
    for statement in (*range(4, 30, 6), AT_COMMIT):
        process = Database(database_url, PATIENT)
        try:
            with dying(process, statement):
                await fire_due(process, WORKSPACE, FIRE, now)
        except Died:
            deaths += 1
        await process.close()
        survived = (len(await rounds(db)), Counter(await said(db))) != before
        if survived:
            break
    assert deaths > 3
    await wake_up(db, now)
    after = Counter(await said(db))
    assert (after - before[1]).most_common(1)[0][1] == 1
    expected = {
        "opening": (RoundState.OPEN, SeatState.ASKED),
        "closing": (RoundState.CLOSED, SeatState.SILENT),
        "missed": (RoundState.MISSED, SeatState.NOT_ASKED),
    }[moment]
    assert (await the_round(db)).state is expected[0]
    assert set((await states(db)).values()) == {expected[1]}
    assert await asks(db) == ([] if moment == "missed" else EVERYBODY)


@contextmanager
def _counted(db: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        statements.append(sql)

    engine = db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)


async def test_two_hundred_people_cost_as_many_statements_as_three(db: Database) -> None:
    await furnish(db)
    await add(db)
    await live(db, EVE)
    counts = []
    for day, more in ((0, 0), (1, 200)):
        crowd = [f"U1{number:03}" for number in range(more)]
        async with db.write(WORKSPACE) as tx:
            await people.save(tx, *(Profile(one, name=one, updated=1) for one in crowd))
            await members.add(tx, BILLING, Role.AGENT, crowd)
        found = []
        for minutes in (0, 96, 120):
            with _counted(db) as statements:
                await _look(db, NINE + day * 24 * HOUR + minutes * MINUTE)
            found.append(len(statements))
        counts.append(found)
    assert len(await states(db, 1)) == 203
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30

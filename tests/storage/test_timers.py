"""Timers as rows: set, moved, cancelled, claimed once."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from storage import timers
from storage.database import Database
from storage.timers import Timer, TimerRow
from tests.cast import NOON, OTHER_WORKSPACE, WORKSPACE

MINUTE = timedelta(minutes=1)


async def put(db: Database, *given: Timer) -> None:
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, *given)


async def rows(db: Database) -> dict[str, TimerRow]:
    async with db.read(WORKSPACE) as tx:
        return {row.kind + row.step: row for row in await tx.scalars(select(TimerRow))}


async def test_a_timer_that_is_set_again_is_moved_and_begins_anew(db: Database) -> None:
    await put(db, Timer("warn", "e1", NOON), Timer("warn", "e1", NOON, step="2"))
    async with db.write(WORKSPACE) as tx:
        await timers.put_off(tx, Timer("warn", "e1", NOON), until=NOON + MINUTE, error="Boom")
    await put(db, Timer("warn", "e1", NOON + 2 * MINUTE))
    moved = (await rows(db))["warn"]
    assert (moved.due_at, moved.not_before, moved.attempts, moved.last_error) == (
        NOON + 2 * MINUTE,
        NOON + 2 * MINUTE,
        0,
        None,
    )
    assert set(await rows(db)) == {"warn", "warn2"}


async def test_the_same_timer_twice_in_one_call_is_set_once(db: Database) -> None:
    await put(db, Timer("warn", "e1", NOON), Timer("warn", "e1", NOON + MINUTE))
    assert (await rows(db))["warn"].due_at == NOON + MINUTE


async def test_cancelling_forgets_these_kinds_of_this_subject(db: Database) -> None:
    await put(db, Timer("warn", "e1", NOON), Timer("breach", "e1", NOON), Timer("warn", "e2", NOON))
    async with db.write(WORKSPACE) as tx:
        await timers.cancel(tx, "e1", "warn", "nothing")
        await timers.cancel(tx, "e3", "warn")
    async with db.read(WORKSPACE) as tx:
        left = [tuple(row) for row in await tx.execute(select(TimerRow.kind, TimerRow.subject))]
    assert sorted(left) == [("breach", "e1"), ("warn", "e2")]


async def test_nothing_to_set_is_no_statement(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx)
        assert tx.wakes == set()


async def test_the_longest_overdue_is_claimed_first_and_once(db: Database) -> None:
    await put(
        db, Timer("b", "1", NOON), Timer("a", "1", NOON - MINUTE), Timer("c", "1", NOON + MINUTE)
    )
    claimed = []
    for _ in range(3):
        async with db.write(WORKSPACE) as tx:
            claimed.append(await timers.claim_due(tx, NOON))
    assert [timer and timer.kind for timer in claimed] == ["a", "b", None]


async def test_ten_claim_at_once_and_each_timer_is_had_by_one(db: Database) -> None:
    await put(db, *[Timer("warn", f"e{n}", NOON) for n in range(10)])

    async def claim() -> str | None:
        async with db.write(WORKSPACE) as tx:
            timer = await timers.claim_due(tx, NOON)
            return timer.subject if timer else None

    claimed = await asyncio.gather(*[claim() for _ in range(20)])
    assert sorted(filter(None, claimed)) == [f"e{n}" for n in range(10)]


async def test_a_timer_that_was_moved_meanwhile_is_not_put_off(db: Database) -> None:
    await put(db, Timer("warn", "e1", NOON + MINUTE))
    async with db.write(WORKSPACE) as tx:
        await timers.put_off(tx, Timer("warn", "e1", NOON), until=NOON + 9 * MINUTE, error="Boom")
    assert (await rows(db))["warn"].not_before == NOON + MINUTE


async def test_workspaces_that_have_something_due(db: Database) -> None:
    async with db.write(OTHER_WORKSPACE) as tx:
        await timers.cancel(tx, "LEAK-subject", "LEAK-kind")
    await put(db, Timer("warn", "e1", NOON))
    async with db.across() as connection:
        assert await timers.workspaces_due(connection, NOON - MINUTE) == []
        assert await timers.workspaces_due(connection, NOON) == [WORKSPACE]


async def test_a_timer_is_hastened_and_never_put_off(db: Database) -> None:
    later, sooner = Timer("warn", "e1", NOON + 2 * MINUTE), Timer("warn", "e1", NOON)
    for given, kept in ((later, later), (sooner, sooner), (later, sooner)):
        async with db.write(WORKSPACE) as tx:
            await timers.hasten(tx, given)
        assert (await rows(db))["warn"].due_at == kept.due_at


async def test_one_that_is_tried_again_later_is_not_hastened(db: Database) -> None:
    """It says since when it was due, and waits for its turn."""
    await put(db, Timer("warn", "e1", NOON))
    async with db.write(WORKSPACE) as tx:
        await timers.put_off(tx, Timer("warn", "e1", NOON), until=NOON + MINUTE, error="Boom")
        await timers.hasten(tx, Timer("warn", "e1", NOON))
    found = (await rows(db))["warn"]
    assert (found.due_at, found.not_before, found.attempts) == (NOON, NOON + MINUTE, 1)

"""Firing: each timer once, in a transaction with its effect; a failing one is moved away and the others go on."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.errors import DatabaseGone
from bot.services import ticking
from bot.services.ticking import ReadFirst
from storage import inbox, timers
from storage.database import Database, Tx
from storage.inbox import InboxRow
from storage.timers import Timer, TimerRow
from tests.cast import NOON, WORKSPACE

MINUTE = timedelta(minutes=1)


async def put(db: Database, *given: Timer) -> None:
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, *given)


async def left(db: Database) -> dict[str, TimerRow]:
    async with db.read(WORKSPACE) as tx:
        return {row.subject: row for row in await tx.scalars(select(TimerRow))}


async def effects(db: Database) -> list[str]:
    async with db.read(WORKSPACE) as tx:
        return list(await tx.scalars(select(InboxRow.key).order_by(InboxRow.key)))


async def leave_a_mark(tx: Tx, timer: Timer, now: datetime) -> None:
    await inbox.check_new(tx, f"{timer.kind} {timer.subject}", now=now)


async def fail(tx: Tx, timer: Timer, now: datetime) -> None:
    await inbox.check_new(tx, "half done", now=now)
    raise ZeroDivisionError


FIRES = {"warn": leave_a_mark, "fail": fail}


async def fire(db: Database, now: datetime = NOON) -> int:
    return await ticking.fire_due(db, WORKSPACE, FIRES, now, chance=lambda: 0.5)


async def test_what_is_due_fires_once_and_is_gone(db: Database) -> None:
    await put(db, Timer("warn", "1", NOON), Timer("warn", "2", NOON + MINUTE))
    assert await fire(db) == 1
    assert await fire(db) == 0
    assert (await effects(db), set(await left(db))) == (["warn 1"], {"2"})


async def test_the_longest_overdue_fires_first(db: Database) -> None:
    fired = []

    async def note(_tx: Tx, timer: Timer, _now: datetime) -> None:
        fired.append(timer.subject)

    await put(db, *[Timer("note", str(n), NOON - n * MINUTE) for n in range(3)])
    assert await ticking.fire_due(db, WORKSPACE, {"note": note}, NOON) == 3
    assert fired == ["2", "1", "0"]


async def test_a_timer_may_set_itself_again(db: Database) -> None:
    async def again(tx: Tx, timer: Timer, now: datetime) -> None:
        await timers.put(tx, Timer(timer.kind, timer.subject, now + MINUTE))

    await put(db, Timer("again", "1", NOON))
    assert await ticking.fire_due(db, WORKSPACE, {"again": again}, NOON) == 1
    assert (await left(db))["1"].due_at == NOON + MINUTE


async def test_a_timer_that_raises_leaves_nothing_and_the_others_fire(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await put(db, Timer("fail", "1", NOON - MINUTE), Timer("warn", "2", NOON))
    assert await fire(db) == 2
    assert await effects(db) == ["warn 2"]
    failed = (await left(db))["1"]
    assert (failed.attempts, failed.last_error, failed.due_at) == (
        1,
        "ZeroDivisionError",
        NOON - MINUTE,
    )
    assert failed.not_before == NOON + timedelta(seconds=1)
    assert "A timer of kind fail failed" in caplog.text


async def test_it_is_tried_again_later_and_later_and_never_given_up(db: Database) -> None:
    await put(db, Timer("fail", "1", NOON))
    now, waits = NOON, []
    for _ in range(11):
        await fire(db, now)
        waits.append(int(((await left(db))["1"].not_before - now).total_seconds()))
        now = (await left(db))["1"].not_before
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


async def test_a_kind_that_nobody_knows_is_put_off_likewise(db: Database) -> None:
    await put(db, Timer("unknown", "1", NOON), Timer("warn", "2", NOON))
    assert await fire(db) == 2
    assert (await left(db))["1"].last_error == "KeyError"
    assert await effects(db) == ["warn 2"]


async def test_a_database_that_is_gone_is_no_fault_of_the_timer(db: Database) -> None:
    async def gone(_tx: Tx, _timer: Timer, _now: datetime) -> None:
        raise OSError

    await put(db, Timer("gone", "1", NOON))
    with pytest.raises(DatabaseGone):
        await ticking.fire_due(db, WORKSPACE, {"gone": gone}, NOON)
    assert (await left(db))["1"].attempts == 0


async def test_four_replicas_fire_each_timer_once(db: Database) -> None:
    await put(db, *[Timer("warn", f"{n:02}", NOON) for n in range(40)])
    counts = await asyncio.gather(*[fire(db) for _ in range(4)])
    assert sum(counts) == 40
    assert await effects(db) == [f"warn {n:02}" for n in range(40)]


async def test_only_this_workspace_fires(db: Database) -> None:
    await put(db, Timer("warn", "1", NOON))
    assert await ticking.fire_due(db, "T0OTHER", FIRES, NOON) == 0
    assert WORKSPACE in await ticking.workspaces_due(db, now=NOON)


async def test_what_takes_long_is_read_while_others_may_write(db: Database) -> None:
    """The timer is fired anew with what was read, and what it had done before it asked is undone."""

    async def read(db: Database) -> object:
        async with db.write(WORKSPACE) as tx:
            await inbox.check_new(tx, "others write", now=NOON)
        return "found"

    async def ask(tx: Tx, timer: Timer, now: datetime) -> None:
        await inbox.check_new(tx, f"with {timer.read}", now=now)
        if timer.read is None:
            raise ReadFirst(read)

    await put(db, Timer("ask", "one", NOON), Timer("mark", "two", NOON))
    fires = {"ask": ask, "mark": leave_a_mark}
    assert await ticking.fire_due(db, WORKSPACE, fires, NOON) == 2
    assert await effects(db) == ["mark two", "others write", "with found"]
    assert await left(db) == {}


async def test_reading_that_fails_is_tried_again_later_and_the_others_fire(db: Database) -> None:
    async def read(_db: Database) -> object:
        raise RuntimeError

    async def ask(_tx: Tx, _timer: Timer, _now: datetime) -> None:
        raise ReadFirst(read)

    await put(db, Timer("ask", "one", NOON), Timer("mark", "two", NOON))
    fires = {"ask": ask, "mark": leave_a_mark}
    assert await ticking.fire_due(db, WORKSPACE, fires, NOON) == 2
    assert await effects(db) == ["mark two"]
    assert (await left(db))["one"].last_error == "RuntimeError"

"""The tick: at once when a timer was set, each second otherwise, and careful with a clock that jumps."""

import asyncio
from datetime import datetime, timedelta

import pytest

from schedules.tick import Tick
from storage import timers
from storage.database import Database, Tx
from storage.timers import Timer
from tests.cast import NOON, OTHER_WORKSPACE, WORKSPACE
from tests.schedules.running import running, until


class Hands:
    """A wall clock and a monotonic one, each moved by hand."""

    def __init__(self) -> None:
        self.wall, self.passed = NOON, 100.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.passed

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.passed += seconds


@pytest.fixture
async def quiet(db: Database) -> Database:
    """Without the canary's own timer."""
    async with db.write(OTHER_WORKSPACE) as tx:
        await timers.cancel(tx, "LEAK-subject", "LEAK-kind")
    return db


class Ticking:
    """A Tick whose timers only leave their subject in `fired`."""

    def __init__(self, db: Database) -> None:
        self.hands, self.fired = Hands(), list[str]()
        self.tick = Tick(db, self.hands, {"note": self.note})
        self.db = db

    async def note(self, _tx: Tx, timer: Timer, _now: datetime) -> None:
        self.fired.append(timer.subject)

    async def put(self, subject: str, due_at: datetime, workspace_id: str = WORKSPACE) -> None:
        async with self.db.write(workspace_id) as tx:
            await timers.put(tx, Timer("note", subject, due_at))


async def test_the_loop_can_be_woken(quiet: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schedules.tick.TICK_SECONDS", 3600.0)  # by itself it looks too late
    ticking = Ticking(quiet)
    async with running(ticking.tick.run):
        await asyncio.sleep(0.05)
        await ticking.put("1", NOON)
        quiet.wake("tick")
        await until(lambda: ticking.fired == ["1"])


async def test_each_workspace_is_served(quiet: Database) -> None:
    ticking = Ticking(quiet)
    await ticking.put("1", NOON)
    await ticking.put("2", NOON, "T0OTHER")
    assert await ticking.tick.tick() == 2
    assert sorted(ticking.fired) == ["1", "2"]


async def test_a_clock_that_jumps_far_forward_must_be_confirmed(
    quiet: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ticking = Ticking(quiet)
    await ticking.put("1", NOON + timedelta(minutes=10))
    assert await ticking.tick.tick() == 0
    ticking.hands.wall += timedelta(minutes=20)
    assert await ticking.tick.tick() == 0
    assert "The clock has jumped by 1200 s" in caplog.text
    ticking.hands.pass_by(1)
    assert await ticking.tick.tick() == 1


async def test_a_jump_that_is_put_right_has_fired_nothing(quiet: Database) -> None:
    ticking = Ticking(quiet)
    await ticking.put("1", NOON + timedelta(minutes=10))
    await ticking.tick.tick()
    for minutes in (20, -20):
        ticking.hands.wall += timedelta(minutes=minutes)
        assert await ticking.tick.tick() == 0
    ticking.hands.pass_by(1)
    assert await ticking.tick.tick() == 0


async def test_time_that_passed_for_both_clocks_is_no_jump(quiet: Database) -> None:
    ticking = Ticking(quiet)
    await ticking.put("1", NOON + timedelta(minutes=10))
    await ticking.tick.tick()
    ticking.hands.pass_by(1200)
    assert await ticking.tick.tick() == 1


async def test_a_database_that_is_gone_ends_a_tick_and_not_the_loop(
    quiet: Database, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert await Tick(nowhere, Hands(), {}).tick() == 0
    assert "The timers wait for the database" in caplog.text
    await nowhere.close()

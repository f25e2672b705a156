"""Processes are killed while a hostile Slack refuses, resets, loses answers: 0 lost, 0 said twice, 0 out of order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import pytest

from bot.clock import RealClock
from storage import outbox
from storage.database import Database
from storage.outbox import Note
from tests.cast import WORKSPACE
from tests.conftest import FreshDatabase
from tests.fakes.web_api import (
    OK,
    RATE_LIMIT,
    RESET_BEFORE,
    STORE_THEN_500,
    STORE_THEN_RESET,
    FakeWebApi,
    fake_web_api,
)
from tests.patience import PATIENT
from tests.schedules import crash_worker
from tests.schedules.crash_worker import FastClock

WORKER = [sys.executable, "-m", crash_worker.__name__]


@dataclass
class Load:
    workers: int
    messages: int
    channels: int
    kills: int
    seconds: float
    seed: int = 1
    killed: int = 0
    running: list[asyncio.subprocess.Process] = field(default_factory=list)


def hostile(random: Random) -> FakeWebApi:
    """2 % are refused for now, 2 % arrive and are reset, 1 % arrive and look failed, 1 % never arrive."""
    faults = {RATE_LIMIT: 2, STORE_THEN_RESET: 2, STORE_THEN_500: 1, RESET_BEFORE: 1}

    def fault(method: str, _payload: object) -> str:
        wanted = [OK, *faults] if method == "chat.postMessage" else [OK, RATE_LIMIT, RESET_BEFORE]
        weights = [94, *faults.values()] if method == "chat.postMessage" else [96, 2, 2]
        return random.choices(wanted, weights)[0]

    return FakeWebApi(fault=fault)


async def start(load: Load, database_url: str, slack: FakeWebApi, began: datetime) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = await asyncio.create_subprocess_exec(
        *WORKER,
        database_url,
        slack.url,
        began.isoformat(),
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
    )
    load.running.append(process)


@asynccontextmanager
async def workers(
    load: Load, database_url: str, slack: FakeWebApi, began: datetime
) -> AsyncIterator[None]:
    for _ in range(load.workers):
        await start(load, database_url, slack, began)
    try:
        yield
    finally:
        for process in load.running:
            process.kill()
            await process.wait()


async def kill_one(load: Load, random: Random) -> None:
    process = load.running.pop(random.randrange(len(load.running)))
    process.kill()
    await process.wait()
    load.killed += 1


async def stored(slack: FakeWebApi, number: int) -> None:
    while sum(map(len, slack.messages.values())) < number:  # noqa: ASYNC110 - others do the work
        await asyncio.sleep(0.002)


async def say_everything(db: Database, load: Load, clock: FastClock) -> None:
    """A few at a time, so that there is something to do all the while."""
    for n in range(0, load.messages, 10):
        notes = [
            Note(f"n{m}", f"C{m % load.channels}", f"{m:05}")
            for m in range(n, min(n + 10, load.messages))
        ]
        async with db.write(WORKSPACE) as tx:
            await outbox.say(tx, *notes, now=clock.now())
        await asyncio.sleep(0.05)


async def run(load: Load, database_url: str) -> FakeWebApi:
    random, began = Random(load.seed), RealClock().now()  # noqa: S311 - a test that can be repeated
    db, clock = Database(database_url, PATIENT), FastClock(began)
    async with fake_web_api(hostile(random)) as slack:
        async with workers(load, database_url, slack, began), asyncio.timeout(load.seconds):
            saying = asyncio.create_task(say_everything(db, load, clock))
            for kill in range(load.kills):
                await stored(slack, load.messages * (kill + 1) // (load.kills + 2))
                await kill_one(load, random)
                await start(load, database_url, slack, began)
            await saying
            await stored(slack, load.messages)
            await asyncio.sleep(0.3)  # a second copy would follow soon
        await db.close()
        return slack


def check(load: Load, slack: FakeWebApi) -> None:
    for channel in range(load.channels):
        wanted = [f"{n:05}" for n in range(load.messages) if n % load.channels == channel]
        assert slack.texts(f"C{channel}") == wanted
    assert load.killed == load.kills


async def test_a_short_war(fresh_database: FreshDatabase) -> None:
    load = Load(workers=2, messages=100, channels=10, kills=3, seconds=60)
    check(load, await run(load, await fresh_database("postgresql")))


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_long_war(fresh_database: FreshDatabase, seed: int) -> None:
    load = Load(workers=4, messages=1500, channels=30, kills=31, seconds=300, seed=seed)
    check(load, await run(load, await fresh_database("postgresql")))


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_long_war_on_sqlite(fresh_database: FreshDatabase) -> None:
    """One process at a time, as SQLite wants it."""
    load = Load(workers=1, messages=400, channels=10, kills=15, seconds=200)
    check(load, await run(load, await fresh_database("sqlite")))

"""The clock as the page moves it: by a length, to a moment, as a film, and not at all where it may not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.clock import MovableClock, Stop
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import Json
from tests.sandbox.test_clock import MINUTE, NOON, Fired, sleeper


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, clock=MovableClock(NOON)) as sandbox:
        yield sandbox


async def ask(slack: Sandbox, body: Any = None) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session:
        verb = "GET" if body is None else "POST"
        async with session.request(verb, f"{slack.url}/sandbox/clock", json=body) as answer:
            return answer.status, await answer.json()


async def test_the_page_moves_it(slack: Sandbox) -> None:
    slack.clock.offer(lambda now: [Stop("the end of the shift", now + 300 * MINUTE)])
    fired: Fired = []
    clock = slack.clock.travel.clock
    alarm = asyncio.create_task(sleeper(clock, NOON + 10 * MINUTE, "alarm", fired))
    await asyncio.sleep(0)
    status, found = await ask(slack)
    assert status == 200
    assert (found["movable"], found["rate"], found["travelling"]) == (True, 1.0, False)
    assert found["next_due"] == (NOON + 10 * MINUTE).isoformat()
    assert [one["title"] for one in found["stops"]] == ["the end of the shift"]

    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{slack.url}/sandbox/inspect") as watching,
    ):
        status, told = await ask(slack, {"forward": 900})
        assert (status, told["travelling"]) == (200, True)
        slack.clock.say("Something was said.")
        frames: list[Json] = []
        while not frames or frames[-1]["travelling"] or len(frames) < 2:
            frame = await watching.receive_json(timeout=5)
            frames += [frame["clock"]] if frame["type"] == "clock" else []
    assert datetime.fromisoformat(frames[-1]["now"]) >= NOON + 15 * MINUTE
    assert frames[-1]["said"][-1]["text"] == "Something was said."
    await alarm
    assert fired == [(NOON + 10 * MINUTE, "alarm")]
    _, found = await ask(slack, {"to": "2026-03-03T08:55:00+02:00"})
    await slack.until(lambda: not slack.clock.travel.is_under_way)
    assert slack.clock.now() >= datetime(2026, 3, 3, 6, 55, tzinfo=UTC)


async def test_the_page_plays_and_stops(slack: Sandbox) -> None:
    until = (NOON + timedelta(hours=10)).isoformat()
    status, told = await ask(slack, {"play": {"until": until, "seconds": 600}})
    assert (status, told["until"]) == (200, until)
    assert told["rate"] == pytest.approx(60, rel=0.1)
    status, refused = await ask(slack, {"forward": 60})
    assert status == 409
    assert refused["error"].startswith("The clock is on its way to 2026-03-02 22:00 UTC")
    status, told = await ask(slack, {"stop": True})
    assert (status, told["travelling"], told["rate"]) == (200, False, 1.0)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        [],
        {"forward": -1},
        {"forward": "soon"},
        {"forward": True},
        {"forward": float("inf")},
        {"to": "tomorrow"},
        {"to": "2026-03-01T00:00:00+00:00"},
        {"to": "2026-03-05T00:00:00"},
        {"play": {"until": "2026-03-05T00:00:00+00:00", "seconds": -5}},
        {"play": {"seconds": 5}},
        {"forward": 1, "to": "2026-03-05T00:00:00+00:00"},
        {"stop": False},
    ],
)
async def test_what_cannot_be_understood_is_refused_with_a_sentence(
    slack: Sandbox, asked: Any
) -> None:
    status, refused = await ask(slack, asked)
    assert status == 400
    assert refused["error"].endswith(".")


async def test_the_machines_own_clock_cannot_be_moved() -> None:
    async with Sandbox(SEED, MANIFEST) as slack:
        assert (await ask(slack))[1]["movable"] is False
        status, refused = await ask(slack, {"forward": 60})
        assert status == 409
        assert "cannot be moved" in refused["error"]
        with pytest.raises(LookupError, match="MovableClock"):
            _ = slack.clock


async def test_who_begins_to_watch_hears_what_is_due_next(slack: Sandbox) -> None:
    clock = slack.clock.travel.clock
    alarm = asyncio.create_task(sleeper(clock, NOON + 10 * MINUTE, "alarm", []))
    await asyncio.sleep(0)
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{slack.url}/sandbox/inspect") as watching,
    ):
        found: Json = {}
        while not found.get("next_due"):
            frame = await watching.receive_json(timeout=5)
            found = frame["clock"] if frame["type"] == "clock" else found
    assert found["next_due"] == (NOON + 10 * MINUTE).isoformat()
    alarm.cancel()


async def test_who_waits_does_not_sit_out_what_is_near(slack: Sandbox) -> None:
    fired: Fired = []
    clock = slack.clock.travel.clock
    near, far = NOON + timedelta(minutes=1), NOON + timedelta(hours=5)
    alarms = [asyncio.create_task(sleeper(clock, one, str(one), fired)) for one in (near, far)]
    slack.clock.skip(minutes=2)
    await slack.until(lambda: fired)
    assert fired == [(near, str(near))]
    with pytest.raises(AssertionError, match="in vain"):
        await slack.until(alarms[1].done, within=0.2)
    assert clock.now() < near + MINUTE
    alarms[1].cancel()

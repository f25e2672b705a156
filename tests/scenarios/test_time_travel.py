"""Stories in which hours pass in a moment: what falls due on the way happens in its order, at its time, and once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.driver.places import Message
from tests.scenarios.escalating import SUMMARY, TICKET, raise_case
from tests.scenarios.stage import Stage


def said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


@asynccontextmanager
async def watched(stage: Stage) -> AsyncIterator[None]:
    """As by pages, which ask again and again what is due next while the clock is moved."""

    async def watch() -> None:
        while True:
            await stage.slack.clock.travel.next_due()

    watching = [asyncio.create_task(watch()) for _ in range(3)]
    yield
    for one in watching:
        one.cancel()


async def test_an_hour_in_one_move_warns_and_calls_each_at_its_time(stage: Stage) -> None:
    urgent = "Critical · an owner within 10 minutes"
    slow = await raise_case(stage, **{SUMMARY: "Slow refund", TICKET: "1"})
    fast = await raise_case(
        stage, **{SUMMARY: "Fast refund", TICKET: "2", "How urgent is it?": urgent}
    )
    began = stage.clock.now()
    async with watched(stage):
        await stage.slack.clock.forward(hours=1)
    assert timedelta(hours=1) <= stage.clock.now() - began < timedelta(hours=1, minutes=1)

    notes = sorted([*slow.thread, *fast.thread], key=lambda one: one.ts)
    passed = [(said_at(one) - began).total_seconds() / 60 for one in notes]
    assert passed == pytest.approx([0, 0, 7.5, 10, 20, 22.5, 30, 30, 40, 60], abs=0.2)
    slow_ones = [(said_at(one) - began).total_seconds() / 60 for one in slow.thread]
    assert slow_ones == pytest.approx([0, 22.5, 30, 60], abs=0.2)
    said = [one.text for one in stage.slack.clock.said]
    assert next(one for one in said if "still needs an owner" in one).startswith("Baton in #")

"""A workspace with a file goes on after a restart: with events that nobody took, and with response urls."""

from pathlib import Path

import aiohttp
import pytest

from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock, deliveries


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


async def test_events_that_were_not_taken_are_brought_when_they_are_due(file: Path) -> None:
    clock = HandClock()
    async with Sandbox(SEED, MANIFEST, path=file, clock=clock) as slack:
        await slack.person("alice").says("billing", "hello")
        await slack.until(lambda: len(deliveries(slack, "events_api")) == 2)
        [first, second] = deliveries(slack, "events_api")
        assert (first.retry, second.retry) == (None, 1)
        await slack.until(lambda: slack.core.delivery.on_its_way == 0)
    async with Sandbox(SEED, MANIFEST, path=file, clock=clock) as slack:
        assert len(slack.core.undelivered) == 1
        assert deliveries(slack, "events_api") == []
        clock.move(minutes=1)
        await slack.until(lambda: deliveries(slack, "events_api"))
        [third] = deliveries(slack, "events_api")
        assert (third.retry, third.answer["retry_reason"]) == (2, "connection_failed")
        assert third.sent == first.sent
        clock.move(minutes=5)
        await slack.until(lambda: len(slack.core.undelivered) == 0)
    async with Sandbox(SEED, MANIFEST, path=file, clock=clock) as slack:
        assert len(slack.core.undelivered) == 0


async def test_a_response_url_keeps_what_is_left_of_its_uses_and_time(file: Path) -> None:
    clock, statuses = HandClock(), []
    async with Sandbox(SEED, MANIFEST, path=file, clock=clock) as slack:
        url = slack.core.response_urls.issue("U0ALICE", "C0BILLING")
        late = slack.core.response_urls.issue("U0ALICE", "C0BILLING")
        statuses += [await respond(slack, url) for _ in range(3)]
    async with Sandbox(SEED, MANIFEST, path=file, clock=clock) as slack:
        statuses += [await respond(slack, url) for _ in range(3)]
        assert len(slack.person("alice").ephemerals) == 2  # ephemerals are not kept, as in Slack
        clock.move(minutes=31)
        assert await respond(slack, late) == "expired_url"
    assert statuses == ["ok"] * 5 + ["used_url"]


async def respond(slack: Sandbox, url: str) -> str:
    """Use a url that was given before the workspace moved to another port."""
    address = f"{slack.url}/response/{url.rpartition('/')[2]}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, json={"text": "x"}) as response,
    ):
        if response.content_type == "application/json":
            return str((await response.json())["error"])
        return await response.text()

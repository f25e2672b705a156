"""Slack's own limits: how often each method may be called in a minute of the workspace's time."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults.tiers import BURST, PER_MINUTE
from sandbox.server import Sandbox
from sandbox.web_api.registry import METHODS
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock, refused


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, clock=clock) as sandbox:
        sandbox.faults.start("tiers")
        yield sandbox


def test_every_method_has_a_limit() -> None:
    assert set(METHODS) <= set(PER_MINUTE)
    assert set(PER_MINUTE.values()) == {1, 20, 50, 100, 300}


async def test_a_method_is_limited_by_the_minute_of_the_workspace(
    slack: Sandbox, client: AsyncWebClient, clock: HandClock
) -> None:
    for _ in range(20):
        await client.users_list()
    clock.move(seconds=25)
    with refused("ratelimited") as caught:
        await client.users_list()
    assert caught.value.response.headers["Retry-After"] == "35"
    await client.users_info(user="U0ALICE")  # each method by itself
    clock.move(seconds=34)
    with refused("ratelimited"):
        await client.users_list()
    clock.move(seconds=1)
    await client.users_list()


async def test_a_channel_takes_a_message_a_second_and_a_short_burst(
    slack: Sandbox, client: AsyncWebClient, clock: HandClock
) -> None:
    for _ in range(BURST):
        await client.chat_postMessage(channel="C0BILLING", text="x")
    with refused("ratelimited") as caught:
        await client.chat_postMessage(channel="C0BILLING", text="x")
    assert caught.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C0GENERAL", text="x")
    clock.move(seconds=1)
    await client.chat_postMessage(channel="C0BILLING", text="x")
    with refused("ratelimited"):
        await client.chat_postMessage(channel="C0BILLING", text="x")
    assert len(slack.channel("billing").messages) == BURST + 1


async def test_one_method_alone_can_be_limited(client: AsyncWebClient, slack: Sandbox) -> None:
    slack.faults.clear()
    slack.faults.start("tiers", "apps.connections.open")
    await client.apps_connections_open(app_token=slack.app_token)
    with refused("ratelimited"):
        await client.apps_connections_open(app_token=slack.app_token)
    for _ in range(21):
        await client.users_list()
    [fault] = slack.faults.active
    assert fault.struck == 1

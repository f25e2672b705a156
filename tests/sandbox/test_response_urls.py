"""Response urls: five answers in thirty minutes, to one person unless all are meant."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock, deliveries
from tests.sandbox.throwaway_app import card


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, clock=clock) as sandbox:
        yield sandbox


async def respond(url: str, **body: object) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status


def from_command(slack: Sandbox) -> str:
    return slack.core.response_urls.issue("U0ALICE", "C0BILLING")


async def test_it_is_for_one_person_by_default_and_five_times(slack: Sandbox) -> None:
    url = from_command(slack)
    for number in range(5):
        assert await respond(url, text=str(number)) == 200
    assert await respond(url, text="six") == 404
    assert [one.text for one in slack.person("alice").ephemerals] == list("01234")
    assert not slack.channel("billing").messages


async def test_it_ends_after_thirty_minutes(slack: Sandbox, clock: HandClock) -> None:
    url = from_command(slack)
    clock.move(minutes=31)
    assert await respond(url, text="late") == 404


async def test_it_speaks_to_all_and_in_a_thread(slack: Sandbox) -> None:
    url = from_command(slack)
    await respond(url, text="all", response_type="in_channel")
    message = slack.channel("billing").last
    await respond(url, text="reply", response_type="in_channel", thread_ts=message.ts)
    assert [one.text for one in message.thread] == ["reply"]


async def test_nothing_to_say_is_an_error(slack: Sandbox) -> None:
    assert await respond(from_command(slack)) == 500
    async with aiohttp.ClientSession() as session:
        for data in ("", "text=hello", "[]"):
            async with session.post(from_command(slack), data=data) as response:
                assert response.status == 400
                assert (await response.json())["error"] == "invalid_payload"


async def test_a_refusal_says_why(slack: Sandbox, clock: HandClock) -> None:
    used, late = from_command(slack), from_command(slack)
    for _ in range(5):
        await respond(used, text="x")
    clock.move(minutes=30)
    assert await respond(late, text="just in time") == 200
    async with aiohttp.ClientSession() as session:
        async with session.post(used, json={"text": "x"}) as response:
            assert await response.json() == {"ok": False, "error": "used_url"}
        clock.move(seconds=1)
        async with session.post(late, json={"text": "x"}) as response:
            assert await response.json() == {"ok": False, "error": "expired_url"}


async def test_an_answer_to_a_thread_stays_in_it(slack: Sandbox, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C0BILLING", text="parent")
    reply = await client.chat_postMessage(
        channel="C0BILLING", text="card", blocks=card("card"), thread_ts=parent["ts"]
    )
    thread = str(parent["ts"])
    url = slack.core.response_urls.issue("U0ALICE", "C0BILLING", reply["ts"], thread_ts=thread)
    await respond(url, text="whispered")
    await respond(url, text="to all", response_type="in_channel")
    await respond(url, replace_original=True, text="done")
    [whisper] = slack.person("alice").ephemerals
    assert whisper.raw["thread_ts"] == thread
    billing = slack.channel("billing")
    assert [one.text for one in billing.messages] == ["parent", "to all"]
    assert [one.text for one in billing.messages[0].thread] == ["done"]


async def test_a_message_is_replaced_and_deleted(slack: Sandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="C0BILLING", text="card", blocks=card("card"))
    url = slack.core.response_urls.issue("U0BOB", "C0BILLING", sent["ts"])
    await respond(url, replace_original=True, text="done")
    message = slack.channel("billing").last
    assert (message.text, message.buttons) == ("done", [])
    await respond(url, delete_original=True)
    assert not message.exists


async def test_an_ephemeral_is_replaced_and_deleted(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(
        channel="C0BILLING", user="U0ALICE", text="card", blocks=card("card")
    )
    alice = slack.person("alice")
    url = slack.core.response_urls.issue(
        "U0ALICE", "C0BILLING", alice.ephemerals[0].ts, ephemeral=True
    )
    await respond(url, replace_original=True, text="done")
    assert [one.text for one in alice.ephemerals] == ["done"]
    await respond(url, delete_original=True)
    assert not alice.ephemerals


async def test_clicks_on_ephemerals_carry_no_message(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    await client.chat_postEphemeral(
        channel="C0BILLING", user="U0ALICE", text="card", blocks=card("card")
    )
    alice = slack.person("alice")
    whisper = alice.ephemerals[0]
    await alice.click(whisper, "Claim")
    await slack.until(lambda: "Claimed" in whisper.text)
    [click] = deliveries(slack, "interactive")
    assert click.sent["container"]["is_ephemeral"] is True
    assert "message" not in click.sent

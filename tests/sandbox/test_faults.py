"""Where a test interferes: before, after the effect, instead of the answer, and in deliveries."""

import asyncio

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json

TO_BILLING: Json = {"channel": "C0BILLING", "text": "x"}


async def test_a_dropped_call_did_nothing_or_everything(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.drop("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**TO_BILLING)
    assert not slack.channel("billing").messages
    slack.faults.drop("chat.postMessage", "stored")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**TO_BILLING)
    assert len(slack.channel("billing").messages) == 1
    await client.chat_postMessage(**TO_BILLING)


async def test_another_answer_is_given_as_often_as_asked(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    body = {"ok": False, "error": "ratelimited"}
    slack.faults.reply("chat.postMessage", 429, {"Retry-After": "7"}, body, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(**TO_BILLING)
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(**TO_BILLING)
    assert len(slack.channel("billing").messages) == 1


async def test_something_is_done_at_each_moment(slack: Sandbox, client: AsyncWebClient) -> None:
    seen: list[tuple[str, int]] = []
    billing = slack.channel("billing")

    def note(name: str) -> None:
        seen.append((name, len(billing.messages)))

    async def later(_: Json) -> None:
        await asyncio.sleep(0)
        note("stored")

    slack.faults.on("chat.postMessage", "before", do=lambda _: note("before"))
    slack.faults.on("chat.postMessage", "stored", do=later)
    slack.faults.on("chat.postMessage", "answered", do=lambda _: note("answered"))
    await client.chat_postMessage(**TO_BILLING)
    await slack.until(lambda: len(seen) == 3)
    assert seen == [("before", 0), ("stored", 1), ("answered", 1)]


async def test_a_rule_may_be_for_some_calls_only(slack: Sandbox, client: AsyncWebClient) -> None:
    seen: list[str] = []
    slack.faults.on(
        "*", do=lambda args: seen.append(args["text"]), where=lambda args: args.get("text") == "b"
    )
    for text in "abc":
        await client.chat_postMessage(channel="C0BILLING", text=text)
    assert seen == ["b"]


async def test_a_delivery_that_is_dropped_fails(slack: Sandbox, app: AsyncApp) -> None:
    slack.faults.drop("delivery.slash_commands")
    alice = slack.person("alice")
    assert (await alice.slash("/say", "x")).error == "dispatch_failed"
    assert (await alice.slash("/say", "x")).ok


async def test_waiting_in_vain_says_what_passed(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(**TO_BILLING)
    with pytest.raises(AssertionError, match=r"(?s)no rain.*chat.postMessage → ok"):
        await slack.until(lambda: False, within=0.05, saying="no rain")
    assert slack.calls("chat.postMessage")[-1]["text"] == "x"

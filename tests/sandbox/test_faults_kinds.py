"""Each kind of fault, as the app and the people meet it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import NoSuchFault
from sandbox.log import LogEntry
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import Json, deliveries, refused
from tests.sandbox.throwaway_app import heard_by

TO_BILLING: Json = {"channel": "C0BILLING", "text": "x"}


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, ack_timeout=1.0) as sandbox:
        yield sandbox


def struck(slack: Sandbox, kind: str) -> list[LogEntry]:
    return [one for one in slack.log if one.fault == kind]


def said(slack: Sandbox) -> int:
    return len(slack.channel("billing").messages)


async def test_a_connection_is_lost_before_or_after(slack: Sandbox, client: AsyncWebClient) -> None:
    for kind, there in (("drop_before", 0), ("drop_stored", 1)):
        slack.faults.start(kind, "chat.postMessage", times=1)
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(**TO_BILLING)
        assert said(slack) == there
        assert len(struck(slack, kind)) == 1
    assert slack.faults.active == []


async def test_an_internal_error_and_a_refused_token_do_nothing(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.start("server_error", "chat.postMessage", times=1)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(**TO_BILLING)
    assert caught.value.response.status_code == 500
    fault = slack.faults.start("refuse_token", error="token_revoked")
    for call in (client.auth_test(), client.chat_postMessage(**TO_BILLING)):
        with refused("token_revoked"):
            await call
    await client.api_test()  # needs no token
    slack.faults.stop(fault.id)
    await client.chat_postMessage(**TO_BILLING)
    assert said(slack) == 1


async def test_a_call_without_an_answer_ends_when_the_fault_does(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    fault = slack.faults.start("hang", "chat.postMessage")
    asking = asyncio.ensure_future(client.chat_postMessage(**TO_BILLING))
    await slack.until(lambda: struck(slack, "hang"))
    assert not asking.done()
    slack.faults.stop(fault.id)
    with pytest.raises(aiohttp.ClientError):
        await asking
    assert said(slack) == 0


async def test_a_caller_who_gives_up_is_not_held_on_to(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.start("hang", "chat.postMessage", times=1)
    asking = asyncio.ensure_future(client.chat_postMessage(**TO_BILLING))
    await slack.until(lambda: struck(slack, "hang"))
    asking.cancel()
    await client.chat_postMessage(**TO_BILLING)
    assert said(slack) == 1


async def test_who_is_kept_waiting_is_let_go_when_all_is_switched_off(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.start("hang", "chat.postMessage", times=1)
    asking = asyncio.ensure_future(client.chat_postMessage(**TO_BILLING))
    await slack.until(lambda: struck(slack, "hang"))
    assert slack.faults.active == []
    slack.faults.clear()
    with pytest.raises(aiohttp.ClientError):
        await asking


async def test_a_slow_call_is_answered_all_the_same(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.faults.start("slow", "chat.postMessage", times=1, seconds=0.05)
    await client.chat_postMessage(**TO_BILLING)
    [entry] = struck(slack, "slow")
    assert entry.took >= 0.05


async def test_a_slow_call_is_let_go_when_the_fault_ends(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    fault = slack.faults.start("slow", "chat.postMessage", seconds=3600)
    asking = asyncio.ensure_future(client.chat_postMessage(**TO_BILLING))
    await slack.until(lambda: fault.struck == 1)
    slack.faults.clear()
    await asking


async def test_a_response_url_fails_like_a_call(slack: Sandbox) -> None:
    url = slack.core.response_urls.issue("U0ALICE", "C0BILLING")
    alice = slack.person("alice")
    async with aiohttp.ClientSession() as session:
        slack.faults.start("rate_limited", "response_url", times=1, retry_after=3)
        async with session.post(url, json={"text": "x"}) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "3")
        assert alice.ephemerals == []
        slack.faults.start("drop_stored", "response_url", times=1)
        with pytest.raises(aiohttp.ClientError):
            await session.post(url, json={"text": "x"})
    assert [one.text for one in alice.ephemerals] == ["x"]
    [limited, dropped] = [one for one in slack.log if one.kind == "response_url"]
    assert (limited.error, dropped.error) == ("ratelimited", "fault: dropped")
    assert (dropped.person, dropped.channel) == ("U0ALICE", "C0BILLING")


@pytest.mark.parametrize(
    ("kind", "error", "heard"),
    [
        ("drop_before", "dispatch_failed", 0),
        ("drop_stored", "dispatch_failed", 1),
        ("server_error", "http_service_error", 0),
        ("hang", "operation_timeout", 0),
        ("lose_ack", "operation_timeout", 1),
    ],
)
async def test_a_command_that_does_not_come_through_is_told_to_who_gave_it(
    kind: str, error: str, heard: int, slack: Sandbox, app: AsyncApp
) -> None:
    slack.faults.start(kind, "slash_commands", times=1)
    alice = slack.person("alice")
    assert (await alice.slash("/say", "x", channel="billing")).error == error
    assert error in alice.ephemerals[-1].text
    assert len(heard_by(app)) == heard
    assert (await alice.slash("/say", "x")).ok
    assert len(deliveries(slack, "slash_commands")) == 2  # never brought again
    assert [one.fault for one in deliveries(slack, "slash_commands")] == [kind, ""]


async def test_a_form_a_button_and_a_shortcut_whose_acks_are_lost_are_shown_to_have_failed(
    slack: Sandbox, app: AsyncApp
) -> None:
    alice = slack.person("alice")
    await alice.slash("/form", channel="billing")
    form = await alice.fill({"What is wrong?": "Fire"})
    slack.faults.start("lose_ack", "interactive")
    assert (await form.submit()).error == "operation_timeout"
    assert form.value_of("What is wrong?") == "Fire"
    message = await slack.channel("billing").wait_for(text="Fire")
    assert not (await alice.click(message, "Claim")).ok
    assert not (await alice.shortcut("Start")).ok
    assert [one.rpartition(" (")[0].partition(" failed: ")[0] for one in alice.failures] == [
        "“Raise”",
        "“Claim”",
        "“Start”",
    ]
    assert all("gave no answer in time" in one for one in alice.failures)
    assert [one.retry for one in deliveries(slack, "interactive")] == [None] * 3


async def test_a_lost_ack_brings_an_event_again(slack: Sandbox, app: AsyncApp) -> None:
    slack.faults.start("lose_ack", "events_api", times=1)
    await slack.person("alice").says("billing", "hello")
    await slack.until(lambda: len(heard_by(app)) == 2)
    assert len({one["event_id"] for one in heard_by(app)}) == 1
    [first, second] = deliveries(slack, "events_api")
    assert (first.ok, first.retry, first.fault) == (False, None, "lose_ack")
    assert (second.ok, second.retry, second.answer["retry_reason"]) == (True, 1, "http_timeout")


async def test_what_is_delivered_twice_is_answered_once(slack: Sandbox, app: AsyncApp) -> None:
    slack.faults.start("twice", times=1)
    answer = await slack.person("alice").slash("/say", "x")
    await slack.until(lambda: len(deliveries(slack, "slash_commands")) == 2)
    assert (answer.ok, answer.text) == (True, "x")
    first, second = heard_by(app)
    assert first == second
    assert [one.fault for one in deliveries(slack, "slash_commands")] == ["twice", "twice"]


async def test_faults_leave_alone_what_they_do_not_strike(slack: Sandbox, app: AsyncApp) -> None:
    await slack.person("alice").slash("/say", "x")  # Bolt asks once who it is
    for kind in ("rate_limited", "refuse_token"):
        slack.faults.start(kind)
    for kind in ("twice", "lose_ack"):
        slack.faults.start(kind, "interactive")
    assert (await slack.person("alice").slash("/say", "x")).ok
    assert len(heard_by(app)) == 2


@pytest.mark.parametrize("reason", ["cut", "warning", "refresh_requested", "link_disabled"])
async def test_all_sockets_are_closed_and_the_app_comes_back(
    reason: str, slack: Sandbox, client: AsyncWebClient
) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        slack.faults.start("close_sockets", reason=reason)
        message = await socket.receive()
        if reason != "cut":
            assert message.json() == {
                "type": "disconnect",
                "reason": reason,
                "debug_info": {"host": "sandbox"},
            }
            message = await socket.receive()
        assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
        await slack.until(lambda: not slack.core.connected)
    assert slack.faults.active == []


def test_a_fault_that_there_is_not_says_which_there_are(slack: Sandbox) -> None:
    with pytest.raises(NoSuchFault, match="only rate_limited, tiers"):
        slack.faults.start("flood")

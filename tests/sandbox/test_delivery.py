"""Bringing things to the app: sockets, signed HTTP, three seconds, and again when it does not answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http_delivery import sign
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, SEED
from tests.sandbox.helpers import HandClock, Json, deliveries
from tests.sandbox.throwaway_app import build, heard_by


async def test_a_missed_ack_is_seen_by_the_person(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    result = await alice.slash("/slow", channel="billing")
    assert result.error == "operation_timeout"
    assert alice.ephemerals[-1].text == '/slow failed with the error "operation_timeout"'


async def test_without_an_app_a_command_fails_at_once(slack: Sandbox) -> None:
    alice = slack.person("alice")
    result = await alice.slash("/say", "x")
    assert result.error == "dispatch_failed"
    assert "dispatch_failed" in alice.ephemerals[-1].text


async def test_a_click_that_nobody_answers_is_shown_in_red(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    await client.chat_postMessage(
        channel="C0BILLING", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    alice = slack.person("alice")
    result = await alice.click(slack.channel("billing").last, "Go")
    assert not result.ok
    assert alice.failures == [result.text]


async def test_reconnecting_when_asked_loses_nothing(slack: Sandbox, app: AsyncApp) -> None:
    first = slack.core.socket_mode.sockets[0]
    slack.core.socket_mode.ask_to_reconnect()
    await slack.until(lambda: slack.core.connected and first not in slack.core.socket_mode.sockets)
    assert (await slack.person("alice").slash("/say", "still here")).text == "still here"


@asynccontextmanager
async def served(endpoint: object) -> AsyncIterator[str]:
    """A web server with one route on a free port."""
    application = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])  # type: ignore[arg-type]
    config = uvicorn.Config(application, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/slack/events"
    server.should_exit = True
    await serving


@pytest.fixture
async def http_app(slack: Sandbox, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """The throw-away app behind Starlette; Bolt checks every signature."""
    bolt = build(client, signing_secret=slack.signing_secret)
    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async with served(endpoint) as url:
        slack.deliver_to(url)
        yield bolt


async def test_http_delivery_is_signed_as_bolt_expects(slack: Sandbox, http_app: AsyncApp) -> None:
    alice = slack.person("alice")
    assert await slack.verify_request_url()
    assert (await alice.slash("/say", "hello")).text == "hello"
    await alice.slash("/form", channel="billing")
    refused = await alice.fill({"What is wrong?": "bad"}).submit()
    assert refused.errors == {"what": "Say more."}
    assert (await alice.fill({"What is wrong?": "Fire"}).submit()).ok
    message = await slack.channel("billing").wait_for(text="Fire")
    await alice.click(message, "Claim")
    await slack.until(lambda: "Claimed" in message.text)
    said = await alice.says("billing", "an event")
    await slack.until(
        lambda: any(one.get("event", {}).get("ts") == said.ts for one in heard_by(http_app))
    )
    assert not alice.failures


async def test_a_wrong_secret_is_refused_by_bolt(slack: Sandbox, http_app: AsyncApp) -> None:
    slack.app.signing_secret = "another"
    assert (await slack.person("alice").slash("/say", "hello")).error == "http_client_error"


def test_the_signature_is_the_documented_one() -> None:
    body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J"
    signed = sign("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, body)
    assert signed.startswith("v0=")
    assert len(signed) == 67


async def test_an_event_is_brought_again_with_the_same_id() -> None:
    clock = HandClock()
    seen: list[tuple[str, str, str]] = []

    async def endpoint(request: Request) -> Response:
        body = await request.json()
        headers = request.headers
        retry = headers.get("x-slack-retry-num", ""), headers.get("x-slack-retry-reason", "")
        seen.append((body["event_id"], *retry))
        return Response(status_code=200 if len(seen) > 3 else 500)

    async with Sandbox(SEED, MANIFEST, clock=clock) as slack, served(endpoint) as url:
        slack.deliver_to(url)
        await slack.person("alice").says("billing", "hello")
        await slack.until(lambda: len(seen) == 2)
        clock.move(seconds=61)
        await slack.until(lambda: len(seen) == 3)
        clock.move(minutes=5)
        await slack.until(lambda: len(seen) == 4)
        clock.move(minutes=60)
        await slack.until(lambda: len(slack.core.tasks) == 0)
    assert len({event_id for event_id, _, _ in seen}) == 1
    assert [retry for _, *retry in seen] == [["", ""]] + [[str(n), "http_error"] for n in (1, 2, 3)]


async def test_an_app_may_refuse_the_retries() -> None:
    async def endpoint(_: Request) -> Response:
        return Response(status_code=500, headers={"x-slack-no-retry": "1"})

    async with Sandbox(SEED, MANIFEST) as slack, served(endpoint) as url:
        slack.deliver_to(url)
        await slack.person("alice").says("billing", "hello")
        await slack.until(lambda: deliveries(slack, "events_api"))
        await slack.until(lambda: len(slack.core.tasks) == 0)
        assert len(deliveries(slack, "events_api")) == 1


async def test_an_unanswered_envelope_is_repeated_over_the_socket(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        await slack.person("alice").says("billing", "hello")
        first: Json = await socket.receive_json()
        again: Json = await socket.receive_json()
        assert first["payload"]["event_id"] == again["payload"]["event_id"]
        assert first["envelope_id"] != again["envelope_id"]
        assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
        assert again["retry_reason"] == "http_timeout"


async def test_events_come_only_from_where_the_app_is(slack: Sandbox, app: AsyncApp) -> None:
    bob = slack.person("bob")
    await bob.says("secret", "nobody hears")
    await bob.says("leads", "the app hears")
    await slack.until(lambda: heard_by(app))
    assert [one["event"]["text"] for one in heard_by(app)] == ["the app hears"]
    [body] = heard_by(app)
    assert body["event"]["channel_type"] == "group"
    assert body["authorizations"][0]["user_id"] == slack.app.bot_user_id
    assert body["type"] == "event_callback"


async def test_a_redelivery_may_be_hurried(slack: Sandbox, client: AsyncWebClient) -> None:
    await slack.person("alice").says("billing", "while nobody was there")
    await slack.until(lambda: len(deliveries(slack, "events_api")) == 2)
    bolt = build(client)
    handler: Any = AsyncSocketModeHandler(bolt, slack.app_token)
    await handler.connect_async()
    await slack.until_connected()
    slack.redeliver()
    await slack.until(lambda: heard_by(bolt))
    assert heard_by(bolt)[0]["event"]["text"] == "while nobody was there"
    await handler.close_async()


async def test_two_redirects_are_followed_and_no_more(slack: Sandbox) -> None:
    left: list[int] = []

    async def endpoint(request: Request) -> Response:
        if left:
            left.pop()
            return Response(status_code=307, headers={"location": "/slack/events"})
        return Response(content="arrived")

    async with served(endpoint) as url:
        slack.deliver_to(url)
        alice = slack.person("alice")
        left += [1, 2]
        assert (await alice.slash("/say", "x")).text == "arrived"
        left += [1, 2, 3]
        assert (await alice.slash("/say", "x")).error == "http_client_error"
        left.clear()
        await alice.says("billing", "x")
        await slack.until(lambda: deliveries(slack, "events_api"))
        left += [1, 2, 3]
        await alice.says("billing", "y")
        await slack.until(lambda: len(deliveries(slack, "events_api")) == 3)
        assert deliveries(slack, "events_api")[-1].answer["retry_reason"] == "too_many_redirects"

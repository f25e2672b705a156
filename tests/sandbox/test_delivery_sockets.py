"""Socket Mode's connections: tickets, how many there may be, how they are told to go, and how they age."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from sandbox.socket_mode import MOST
from tests.sandbox.helpers import Json, deliveries

Socket = aiohttp.ClientWebSocketResponse


class Lines:
    """An app's connections, opened by hand."""

    def __init__(
        self, session: aiohttp.ClientSession, slack: Sandbox, client: AsyncWebClient
    ) -> None:
        self.session, self.slack, self.client = session, slack, client

    async def address(self) -> str:
        answer = await self.client.apps_connections_open(app_token=self.slack.app_token)
        return str(answer["url"])

    async def open(self, more: str = "") -> tuple[Socket, Json]:
        """A connection and the first frame on it."""
        socket = await self.session.ws_connect(await self.address() + more)
        return socket, await socket.receive_json(timeout=5)


@pytest.fixture
async def lines(slack: Sandbox, client: AsyncWebClient) -> AsyncIterator[Lines]:
    async with aiohttp.ClientSession() as session:
        yield Lines(session, slack, client)


async def answer(socket: Socket, payload: Json | None = None) -> Json:
    """Acknowledge the next envelope."""
    envelope: Json = await socket.receive_json(timeout=5)
    await socket.send_json(
        {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
    )
    return envelope


async def test_a_ticket_opens_one_connection_soon(slack: Sandbox, lines: Lines) -> None:
    address = await lines.address()
    socket = await lines.session.ws_connect(address)
    await socket.receive_json()
    slack.core.socket_mode.ticket_lives = 0
    for refused in (address, f"{slack.url}/socket", await lines.address()):
        async with lines.session.get(refused) as response:
            assert response.status == 403


async def test_an_app_has_ten_connections_at_most(slack: Sandbox, lines: Lines) -> None:
    opened = [await lines.open() for _ in range(MOST)]
    assert [hello["num_connections"] for _, hello in opened] == list(range(1, MOST + 1))
    one_more, frame = await lines.open()
    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")
    assert (await one_more.receive()).type is aiohttp.WSMsgType.CLOSE
    assert len(slack.core.socket_mode.sockets) == MOST
    await opened[0][0].close()
    await slack.until(lambda: len(slack.core.socket_mode.sockets) == MOST - 1)
    _, frame = await lines.open()
    assert frame["type"] == "hello"


async def test_each_socket_gets_its_share_and_no_envelope_goes_to_two(
    slack: Sandbox, lines: Lines
) -> None:
    sockets = [(await lines.open())[0] for _ in range(3)]
    alice = slack.person("alice")
    heard: list[str] = []
    for _ in range(2):
        asked = [asyncio.ensure_future(alice.slash("/say", str(n))) for n in range(3)]
        envelopes = [await answer(socket, {"text": "hi"}) for socket in sockets]
        assert [(await one).text for one in asked] == ["hi"] * 3
        heard += [one["envelope_id"] for one in envelopes]
        assert {one["payload"]["text"] for one in envelopes} == {"0", "1", "2"}
    assert len(set(heard)) == 6


async def test_who_is_told_to_go_may_finish_but_gets_nothing_new(
    slack: Sandbox, lines: Lines
) -> None:
    slack.core.socket_mode.warned_before = 0.05
    old, _ = await lines.open()
    asked = asyncio.ensure_future(slack.person("alice").slash("/say", "begun"))
    envelope = await old.receive_json()
    slack.core.socket_mode.ask_to_reconnect()
    assert (await old.receive_json())["reason"] == "refresh_requested"
    new, _ = await lines.open()
    await old.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "done"}})
    assert (await asked).text == "done"
    asked = asyncio.ensure_future(slack.person("alice").slash("/say", "next"))
    await answer(new)
    assert (await asked).ok
    assert (await old.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_a_connection_lasts_an_hour_and_is_warned(slack: Sandbox, lines: Lines) -> None:
    _, hello = await lines.open()
    assert hello["debug_info"]["approximate_connection_time"] == 3600
    _, hello = await lines.open("&debug_reconnects=true")
    assert hello["debug_info"]["approximate_connection_time"] == 360
    slack.core.socket_mode.lasts, slack.core.socket_mode.warned_before = 0.06, 0.03
    short, _ = await lines.open()
    for reason in ("warning", "refresh_requested"):
        assert (await short.receive_json(timeout=5))["reason"] == reason
    assert (await short.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_what_is_no_ack_is_no_ack(slack: Sandbox, lines: Lines) -> None:
    socket, _ = await lines.open()
    asked = asyncio.ensure_future(slack.person("alice").slash("/say", "x"))
    envelope = await socket.receive_json()
    for text in ("", "[]", "{}", '{"envelope_id": "another"}', '{"envelope_id": ["x"]}'):
        await socket.send_str(text)
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "yes"}})
    assert (await asked).text == "yes"


async def test_what_a_lost_connection_carried_fails_at_once_and_events_come_again(
    slack: Sandbox, lines: Lines
) -> None:
    first, _ = await lines.open()
    await slack.person("alice").says("billing", "hello")
    envelope = await first.receive_json()
    await lines.open()
    await first.close()
    await slack.until(lambda: len(deliveries(slack, "events_api")) >= 1)
    [failed, *_] = deliveries(slack, "events_api")
    assert failed.error == "dispatch_failed"
    assert failed.sent["event_id"] == envelope["payload"]["event_id"]

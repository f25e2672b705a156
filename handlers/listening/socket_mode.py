"""Over Socket Mode: Baton opens the connection, so it needs no public address.

The next connection is opened before the last one is left, and each answer goes back the way its question came: when
Slack exchanges the connection, about once an hour, nobody notices (docs/decisions/0008-our-own-socket-mode.md).
"""

import asyncio
import json
from logging import getLogger

from aiohttp import ClientSession, ClientWebSocketResponse, ClientWSTimeout, WSMsgType
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import CannotStart
from handlers.authorize import UNREACHABLE, is_refusal
from handlers.clients import code_of
from handlers.listening.in_hand import InHand, NotTaking

log = getLogger(__name__)

HEARTBEAT_SECONDS = 10  # a connection that answers no ping within half of this is given up
HELLO_SECONDS = 10
GOODBYE_SECONDS = 2
SHORTEST_WAIT, LONGEST_WAIT = 0.1, 30.0  # seconds between two tries, when the last was short
STEADY_SECONDS = 10  # a connection that lasted so long was a good one: the next is opened at once
LEAVE_SECONDS = 10  # how long the connection that Slack wants closed may still finish its answers


class SocketListener:
    """Keeps one connection to Slack at all times, and two while they change over."""

    def __init__(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        app_token: str,
        in_hand: InHand,
        session: ClientSession,
    ) -> None:
        self.app, self.client, self.app_token = app, client, app_token
        self.in_hand, self.session = in_hand, session
        self._connections: set[_Connection] = set()
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def is_connected(self) -> bool:
        return any(one.is_open for one in self._connections)

    async def run(self) -> None:
        """Listen until cancelled. Raises CannotStart if Slack says that the token is worth nothing."""
        loop, wait = asyncio.get_running_loop(), SHORTEST_WAIT
        try:
            while True:
                started = loop.time()
                connection = await self._connect()
                if connection is not None:
                    self._leave_all_but(connection)
                    await connection.until_told_to_leave()
                if loop.time() - started > STEADY_SECONDS:
                    wait = SHORTEST_WAIT
                    continue
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        finally:
            for task in self._leaving:
                task.cancel()
            await asyncio.gather(*(one.close() for one in set(self._connections)))

    async def _connect(self) -> "_Connection | None":
        try:
            answer = await self.client.apps_connections_open(app_token=self.app_token)
            connection = await _Connection.open(self, str(answer["url"]))
        except SlackApiError as error:
            _check_useful(error)
            log.warning("Slack gives no connection: %s", code_of(error))
            return None
        except UNREACHABLE as error:
            log.warning("Slack cannot be reached (%s); trying again", type(error).__name__)
            return None
        self._connections.add(connection)
        log.info("Connected to Slack")
        return connection

    def _leave_all_but(self, newest: "_Connection") -> None:
        for old in self._connections - {newest}:
            task = asyncio.create_task(self._leave(old))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _leave(self, old: "_Connection") -> None:
        await old.finish(LEAVE_SECONDS)
        self._connections.discard(old)


class _Connection:
    """One WebSocket, from its hello to its end, with the answers that it still owes."""

    def __init__(self, listener: SocketListener, socket: ClientWebSocketResponse) -> None:
        self.listener, self.socket = listener, socket
        self._leave = asyncio.Event()
        self._owed: set[asyncio.Task[None]] = set()
        self._reading = asyncio.create_task(self._read(), name="socket mode")

    @classmethod
    async def open(cls, listener: SocketListener, url: str) -> "_Connection":
        """Connect and wait for Slack's hello: before it, nothing is delivered."""
        async with asyncio.timeout(HELLO_SECONDS):
            socket = await listener.session.ws_connect(
                url,
                heartbeat=HEARTBEAT_SECONDS,
                timeout=ClientWSTimeout(ws_close=GOODBYE_SECONDS),
                max_msg_size=0,
                proxy=listener.client.proxy,
            )
            hello = await socket.receive()
        if hello.type != WSMsgType.TEXT:
            await socket.close()
            raise ConnectionResetError("Slack closed the connection before its hello.")
        return cls(listener, socket)

    @property
    def is_open(self) -> bool:
        return not self.socket.closed

    async def until_told_to_leave(self) -> None:
        """Return when the connection broke, or when Slack said that it will close it."""
        await self._leave.wait()

    async def finish(self, seconds: float) -> None:
        """Give the answers that are owed, then close."""
        if self._owed:
            await asyncio.wait(self._owed, timeout=seconds)
        await self.close()

    async def close(self) -> None:
        await self.socket.close()
        self._reading.cancel()

    async def _read(self) -> None:
        try:
            async for message in self.socket:
                if message.type == WSMsgType.TEXT:
                    self._take(json.loads(message.data))
        finally:
            self._leave.set()

    def _take(self, frame: dict[str, object]) -> None:
        if frame.get("type") == "disconnect":
            log.info("Slack asks for a new connection (%s)", frame.get("reason"))
            self._leave.set()
            return
        request = SocketModeRequest.from_dict(frame)
        if request is not None:
            # Reading never waits for the work: pings must be answered while the handlers are busy.
            task = asyncio.create_task(self._answer(request))
            self._owed.add(task)
            task.add_done_callback(self._owed.discard)

    async def _answer(self, request: SocketModeRequest) -> None:
        try:
            async with self.listener.in_hand.one():
                answer = await run_async_bolt_app(self.listener.app, request)
                if answer.status == 200:  # without an answer, Slack sends an event again
                    await self.socket.send_str(json.dumps(_reply(request, answer)))
        except NotTaking:
            return
        except ConnectionError:
            log.warning("A connection was gone before its answer; what was asked is done")


def _reply(request: SocketModeRequest, answer: BoltResponse) -> dict[str, object]:
    reply: dict[str, object] = {"envelope_id": request.envelope_id}
    if answer.body:
        is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
        reply["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
    return reply


def _check_useful(error: SlackApiError) -> None:
    if is_refusal(error):
        raise CannotStart(
            f"Slack refuses SLACK_APP_TOKEN ({code_of(error)}). Make an app-level token with connections:write under "
            "Basic Information, and write it into .env."
        )

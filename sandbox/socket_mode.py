"""Socket Mode: the app's WebSockets, and each envelope to one of them until it is acknowledged."""

import asyncio
import contextlib
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from sandbox.app import AppUnderTest
from sandbox.delivery import DeliveryFailed, Kind, Retry
from sandbox.kinds import Json
from sandbox.log import Seen
from sandbox.tasks import Tasks
from sandbox.workspace import Workspace

MOST = 10
# All in real seconds: connections live in the machine's time, whatever the workspace's clock says.
LASTS = 3600
LASTS_WHEN_DEBUGGED = 360
WARNED_BEFORE = 10
TICKET_LIVES = 30
PING_EVERY = 30


@dataclass(eq=False)
class Line:
    """One connection of the app's."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def cut(self) -> None:
        """Break it without the words that end a connection."""
        if self.transport is not None:
            self.transport.abort()


@dataclass
class SocketMode:
    workspace: Workspace
    app: AppUnderTest
    tasks: Tasks
    # Those that things are brought over; one that was asked to go gets nothing new.
    sockets: list[Line] = field(default_factory=list)
    lasts: float = LASTS
    ticket_lives: float = TICKET_LIVES
    # How long a socket that was told to go may still answer what it was brought.
    warned_before: float = WARNED_BEFORE
    _tickets: dict[str, float] = field(default_factory=dict)
    _waiting: dict[str, tuple[Line, asyncio.Future[Json]]] = field(default_factory=dict)
    _turn: int = 0

    def issue_ticket(self) -> str:
        """For one connection, soon."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = _now() + self.ticket_lives
        return ticket

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        self._check_ticket(request.query.get("ticket", ""))
        socket = web.WebSocketResponse(heartbeat=PING_EVERY)
        await socket.prepare(request)
        line = Line(socket, request.transport)
        if len(self.sockets) >= MOST:
            await self._tell(line, "too_many_websockets")
            await socket.close()
            return socket
        debugged = request.query.get("debug_reconnects") == "true"
        lasts = min(self.lasts, LASTS_WHEN_DEBUGGED) if debugged else self.lasts
        self.sockets.append(line)
        self.workspace.changed("app", None, connected=True)
        ageing = self.tasks.start(self._age(line, lasts))
        try:
            await self._converse(line, lasts)
        finally:
            ageing.cancel()
            self._gone(line)
        return socket

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        if not self.sockets:
            raise DeliveryFailed("dispatch_failed", "connection_failed")
        self._turn += 1
        line = self.sockets[self._turn % len(self.sockets)]
        envelope = _envelope(kind, payload, retry)
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (line, answered)
        try:
            await line.socket.send_json(envelope)
            return await answered
        except ConnectionError as error:
            raise DeliveryFailed("dispatch_failed", "connection_failed") from error
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to come back, as Slack does about once an hour, and close it after a while."""
        for line in list(self.sockets):
            self.tasks.start(self._retire(line, reason))

    def close_all(self, how: str) -> None:
        """At once: "cut" without a word, else after a `disconnect` frame with that reason."""
        for line in list(self.sockets):
            self.tasks.start(self._close(line, how))

    async def stop(self) -> None:
        for line in list(self.sockets):
            await self._close(line, "refresh_requested")

    async def _age(self, line: Line, lasts: float) -> None:
        await asyncio.sleep(max(lasts - self.warned_before, 0))
        await self._tell(line, "warning")
        await asyncio.sleep(min(self.warned_before, lasts))
        await self._retire(line, "refresh_requested")

    async def _retire(self, line: Line, reason: str) -> None:
        self._take_out(line)
        await self._tell(line, reason)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.warned_before):
                await line.gone.wait()
        await line.socket.close()

    async def _close(self, line: Line, how: str) -> None:
        if how == "cut":
            line.cut()
            return
        await self._tell(line, how)
        await line.socket.close()

    async def _tell(self, line: Line, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._note("disconnect", frame)
        with contextlib.suppress(ConnectionError):
            await line.socket.send_json(frame)

    async def _converse(self, line: Line, lasts: float) -> None:
        hello = self._hello(lasts)
        self._note("hello", hello)
        await line.socket.send_json(hello)
        async for message in line.socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _hello(self, lasts: float) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": int(lasts),
            },
            "connection_info": {"app_id": self.app.id},
        }

    def _acknowledge(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        envelope_id = str(frame.get("envelope_id", "")) if isinstance(frame, dict) else ""
        _, answered = self._waiting.get(envelope_id, (None, None))
        if answered is not None and not answered.done():
            answered.set_result(frame.get("payload") or {})

    def _gone(self, line: Line) -> None:
        self._take_out(line)
        line.gone.set()
        self._note("closed", {"code": line.socket.close_code})
        for carrier, answered in list(self._waiting.values()):
            if carrier is line and not answered.done():
                answered.set_exception(DeliveryFailed("dispatch_failed", "connection_failed"))

    def _take_out(self, line: Line) -> None:
        if line in self.sockets:
            self.sockets.remove(line)
            self.workspace.changed("app", None, connected=bool(self.sockets))

    def _check_ticket(self, ticket: str) -> None:
        """Raises 403 unless it was issued a moment ago and not used yet."""
        expires = self._tickets.pop(ticket, 0)
        self._tickets = {one: at for one, at in self._tickets.items() if at > _now()}
        if expires < _now():
            raise web.HTTPForbidden(text="Ask apps.connections.open for an address first.")

    def _note(self, name: str, frame: Json) -> None:
        at = self.workspace.clock.now().isoformat()
        left = {"ok": True, "sockets": len(self.sockets)}
        self.workspace.note(Seen(at, "socket", name, frame, left, took=0))


def _envelope(kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": secrets.token_hex(16),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.number if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope


def _now() -> float:
    return asyncio.get_running_loop().time()

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
from sandbox.workspace import Workspace

MOST = 10
CONNECTION_LASTS = 3600


@dataclass
class SocketMode:
    workspace: Workspace
    app: AppUnderTest
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json]]] = field(
        default_factory=dict
    )
    _turn: int = 0

    def issue_ticket(self) -> str:
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="Ask apps.connections.open for an address first.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        if len(self.sockets) >= MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.sockets.append(socket)
        self.workspace.changed("app", None, connected=True)
        try:
            await self._converse(socket)
        finally:
            self._gone(socket)
        return socket

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        if not self.sockets:
            raise DeliveryFailed("dispatch_failed", "connection_failed")
        self._turn += 1
        socket = self.sockets[self._turn % len(self.sockets)]
        envelope_id = secrets.token_hex(16)
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, answered)
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry.number if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        try:
            await socket.send_json(envelope)
            return await answered
        except ConnectionError as error:
            raise DeliveryFailed("dispatch_failed", "connection_failed") from error
        finally:
            self._waiting.pop(envelope_id, None)

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to come back, as Slack does about once an hour."""
        for socket in list(self.sockets):
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    async def stop(self) -> None:
        await self.ask_to_reconnect()
        for socket in list(self.sockets):
            await socket.close()

    async def _converse(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(self._hello())
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(json.loads(message.data))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_LASTS,
            },
            "connection_info": {"app_id": self.app.id},
        }

    def _acknowledge(self, frame: Json) -> None:
        _, answered = self._waiting.get(frame.get("envelope_id", ""), (None, None))
        if answered is not None and not answered.done():
            answered.set_result(frame.get("payload") or {})

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self.sockets.remove(socket)
        for carrier, answered in list(self._waiting.values()):
            if carrier is socket and not answered.done():
                answered.set_exception(DeliveryFailed("dispatch_failed", "connection_failed"))
        self.workspace.changed("app", None, connected=bool(self.sockets))

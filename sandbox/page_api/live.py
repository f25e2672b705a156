"""The live line to one page: what changes is pushed, to those who may see it."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from sandbox.core import Core
from sandbox.kinds import Change, Json
from sandbox.page_api import shown

MESSAGES = {"message", "message_changed"}


@dataclass
class Live:
    core: Core
    me: str
    # Waiting frames by what they replace: five changes of the stack are one frame.
    waiting: dict[object, Callable[[], Json]] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, change: Change) -> None:
        if change.audience is not None and self.me not in change.audience:
            return
        key, frame = self._frame(change)
        if frame is None:
            return
        self.waiting.pop(key, None)
        self.waiting[key] = frame
        self.wake.set()

    async def send_to(self, socket: web.WebSocketResponse) -> None:
        # A page that is closed while it is told something has simply gone.
        with contextlib.suppress(ConnectionError):
            while True:
                await self.wake.wait()
                self.wake.clear()
                frames, self.waiting = self.waiting, {}
                for frame in frames.values():
                    await socket.send_json(frame())

    def _frame(self, change: Change) -> tuple[object, Callable[[], Json] | None]:
        core, me, kind, body = self.core, self.me, change.kind, change.body
        if kind in MESSAGES:
            return object(), lambda: {
                "type": kind,
                "channel": body["channel"],
                "message": shown.message(me, body["message"]),
            }
        if kind in {"message_deleted", "failed", "app"}:
            return object(), lambda: {"type": kind, **body}
        snapshots: dict[str, Callable[[], object]] = {
            "conversations": lambda: shown.conversations(core, me),
            "views": lambda: shown.views(core, me),
            "people": lambda: shown.people(core),
        }
        if kind == "home":
            return kind, lambda: {"type": kind, "view": core.views.home(me)}
        if kind in snapshots:
            return kind, lambda: {"type": kind, kind: snapshots[kind]()}
        return kind, None


class Line(Protocol):
    """Hears every change of the workspace, and sends on what one page should know."""

    def hear(self, change: Change) -> None: ...

    async def send_to(self, socket: web.WebSocketResponse) -> None: ...


async def live(core: Core, me: str, request: web.Request) -> web.WebSocketResponse:
    return await hold(core, Live(core, me), request)


async def hold(core: Core, line: Line, request: web.Request) -> web.WebSocketResponse:
    """Open a WebSocket for this line and keep it until the page goes."""
    socket = web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    core.workspace.listeners.append(line.hear)
    core.pages.add(socket)
    sender = core.tasks.start(line.send_to(socket))
    try:
        async for _ in socket:
            pass
    finally:
        core.workspace.listeners.remove(line.hear)
        core.pages.discard(socket)
        sender.cancel()
    return socket

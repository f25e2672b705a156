"""`/sandbox/inspect`: a WebSocket that tells whoever watches what the sandbox itself does."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.core import Core
from sandbox.kinds import Change, Json
from sandbox.page_api.live import hold

# Frames kept for a page that does not read; it asks for what it missed by the entries' numbers.
MOST_WAITING = 1000

Greeting = Callable[[Core], Json]
GREETINGS: list[Greeting] = []


def publish(core: Core, frame: Json) -> None:
    """Send a frame such as `{"type": "clock", …}` to everybody who watches."""
    core.workspace.changed("inspect", frozenset(), frame=frame)


def greeting(frame: Greeting) -> Greeting:
    """Register what a new watcher is told first: a function from the core to a frame."""
    GREETINGS.append(frame)
    return frame


@greeting
def _faults(core: Core) -> Json:
    return {"type": "faults", "active": core.faults.shown()}


def _frame(core: Core, change: Change) -> Json | None:
    match change.kind:
        case "log":
            return {"type": "log", "entry": change.body["entry"].brief()}
        case "faults":
            return _faults(core)
        case "inspect":
            return dict(change.body["frame"])
    return None


@dataclass
class Watcher:
    core: Core
    waiting: deque[Json] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, change: Change) -> None:
        frame = _frame(self.core, change)
        if frame is not None:
            self.waiting.append(frame)
            self.wake.set()

    async def send_to(self, socket: web.WebSocketResponse) -> None:
        # A page that is closed while it is told something has simply gone.
        with contextlib.suppress(ConnectionError):
            while True:
                await self.wake.wait()
                self.wake.clear()
                while self.waiting:
                    await socket.send_json(self.waiting.popleft())


async def watch(core: Core, request: web.Request) -> web.WebSocketResponse:
    watcher = Watcher(core)
    watcher.waiting.extend(frame(core) for frame in GREETINGS)
    watcher.wake.set()
    return await hold(core, watcher, request)

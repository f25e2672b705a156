"""One call or delivery on its way: the moments at which it can be interfered with, and what the log keeps of it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.kinds import Json
from sandbox.log import LogKind, Seen
from sandbox.workspace import Workspace

When = Literal["before", "stored", "answered"]


class Dropped(Exception):
    """The connection is to be cut without an answer."""


class Replied(Exception):
    """This answer is to be given instead of the real one."""

    def __init__(self, status: int, headers: dict[str, str], body: Json | str) -> None:
        super().__init__(f"{status}")
        self.status, self.headers, self.body = status, headers, body


class Held(Exception):
    """No answer is to be given at all, until whoever waits gives up or the fault is switched off."""

    def __init__(self, released: asyncio.Event) -> None:
        super().__init__("no answer")
        self.released = released

    async def wait(self, seconds: float) -> None:
        """As long as somebody waits in vain, or until the fault is switched off."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.released.wait()


@dataclass
class Passage:
    """Passes "before" it is handled, when its effect is "stored" but not answered, and when it is "answered"."""

    workspace: Workspace
    interfere: Callable[["Passage", When], Awaitable[None]]
    kind: LogKind
    name: str
    payload: Json
    retry: int | None = None
    # Whether a token is needed for it, which may be refused.
    by_token: bool = False
    # How often it is brought to the app.
    copies: int = 1
    # The kind of the first fault that struck it.
    fault: str = ""
    at_time: str = field(init=False)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.at_time = self.workspace.clock.now().isoformat()
        self.started = asyncio.get_running_loop().time()

    async def at(self, when: When) -> None:
        """Let the faults strike. Raises Dropped, Replied or Held."""
        await self.interfere(self, when)

    def note(self, answer: Json, person: str = "", channel: str = "") -> None:
        """Write it into the log, as ended."""
        took = asyncio.get_running_loop().time() - self.started
        seen = Seen(
            self.at_time,
            self.kind,
            self.name,
            self.payload,
            answer,
            took,
            self.retry,
            self.fault,
            person,
            channel,
        )
        self.workspace.note(seen)

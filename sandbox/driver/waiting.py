"""Waiting for something to become true, woken whenever anything in the workspace changes."""

import asyncio
import contextlib
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sandbox.clock import Travel
from sandbox.kinds import Change
from sandbox.workspace import Workspace

# A condition may look at what is outside the workspace, which wakes nobody (seconds).
LOOK_AGAIN = 0.05
TOLD = 12
T = TypeVar("T")


class Patience:
    def __init__(self, workspace: Workspace, travel: Travel | None = None) -> None:
        self._workspace, self._travel = workspace, travel
        self._waiting: set[asyncio.Event] = set()
        workspace.listeners.append(self._woken)

    async def until(
        self, condition: Callable[[], T | Awaitable[T]], within: float = 5.0, saying: str = ""
    ) -> T:
        event = asyncio.Event()
        self._waiting.add(event)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        try:
            while True:
                event.clear()
                result = condition()
                value = await result if inspect.isawaitable(result) else result
                if value:
                    return value
                left = deadline - loop.time()
                if left <= 0:
                    raise AssertionError(self._complaint(within, saying))
                await _wait(event, min(left, LOOK_AGAIN))
                if not event.is_set() and self._travel and self._travel.skips:
                    await self._travel.skip()
        finally:
            self._waiting.discard(event)

    def _woken(self, _: Change) -> None:
        for event in self._waiting:
            event.set()

    def _complaint(self, within: float, saying: str) -> str:
        lines = [f"Waited {within:g} s in vain: {saying or 'the condition never held'}."]
        lines.append("The last that passed between the workspace and the app:")
        for entry in list(self._workspace.log)[-TOLD:]:
            outcome = "ok" if entry.answer.get("ok") else entry.answer.get("error", "?")
            lines.append(f"  {entry.kind} {entry.name} → {outcome}  {str(entry.sent)[:160]}")
        return "\n".join(lines)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

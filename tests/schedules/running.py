"""Running a loop for as long as a test needs it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def running(loop: Callable[[asyncio.Event], Awaitable[None]]) -> AsyncIterator[asyncio.Event]:
    """The loop runs inside the block, and is asked to stop at its end. Its failure is the test's."""
    stop = asyncio.Event()
    task = asyncio.ensure_future(loop(stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


async def until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for is another program's state
            await asyncio.sleep(0.005)

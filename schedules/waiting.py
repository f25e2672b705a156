"""Waiting, for loops that can be woken."""

import asyncio


async def wait(event: asyncio.Event, seconds: float | None) -> None:
    """Until the event is set, or so many seconds have passed; with None, only for the event."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass


async def set_when(first: asyncio.Event, then: asyncio.Event) -> None:
    """Pass one event on to another."""
    await first.wait()
    then.set()

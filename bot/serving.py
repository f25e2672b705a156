"""The life of a bot: what starts in which order, what is waited for, and how it stops without losing anything."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from logging import getLogger
from typing import Any

from bot.app import Baton, build
from bot.clock import Clock
from bot.errors import CannotStart
from bot.settings import Settings
from storage.engines import SERVING, Patience

log = getLogger(__name__)

GARBAGE_THRESHOLDS = (
    20_000,
    20,
    20,
)  # a request makes some thousands of objects, nearly all of which die with it
LISTENERS_SECONDS = 10  # for what people are waiting for
LOOPS_SECONDS = 12  # longer than the time-out of a post, so that a stop makes no post unclear


def stop_on_signals(stopping: asyncio.Event) -> None:
    """The first SIGTERM or SIGINT stops gracefully, the second at once: what was begun is found again at the start."""

    def stop() -> None:
        if stopping.is_set():
            os._exit(130)
        stopping.set()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop)


def set_aside_what_stays() -> None:
    """For a process that does nothing else: what it holds now it holds to the end, and looking through that for garbage
    takes a tenth of a second each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, patience: Patience = SERVING
) -> AsyncIterator[Baton]:
    """A bot that listens and sends, until the block ends; `patience` is with its database. Raises CannotStart."""
    async with build(settings, clock, patience) as baton:
        serving = asyncio.create_task(serve(baton))
        ready = asyncio.create_task(until_ready(baton))
        try:
            await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                await serving
            yield baton
        finally:
            ready.cancel()
            baton.stopping.set()
            await serving


async def until_ready(baton: Baton) -> None:
    """Wait until nothing keeps it from being ready."""
    while await baton.problems():  # noqa: ASYNC110 - the reasons lie in three places, one of them the database
        await asyncio.sleep(0.02)


async def serve(baton: Baton) -> None:
    """Run until `baton.stopping` is set. What makes a part fail is raised after everything else has stopped."""
    await _open_address(baton)
    parts = [_start(loop(baton.stopping)) for loop in baton.loops]
    listening = _start(_listen(baton))
    stopping = _start(baton.stopping.wait())
    try:
        await asyncio.wait({*parts, listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        was_told = baton.stopping.is_set()
    finally:
        stopping.cancel()
        await _stop(baton, parts, listening)
    for part in (*parts, listening):
        if not part.cancelled():
            part.result()
    if not was_told:
        raise RuntimeError("A part of Baton has ended by itself.")


async def _open_address(baton: Baton) -> None:
    """Listen on HOST and PORT. In Socket Mode only monitors come there, so a taken port is no reason to stay away."""
    try:
        await baton.http.start()
    except CannotStart as problem:
        if baton.socket is None:
            raise
        log.warning("No health checks: %s", problem)
    else:
        log.info("Listening on http://%s:%d", baton.http.host, baton.http.port)


async def _listen(baton: Baton) -> None:
    workspace = await baton.authorize.learn()
    log.info("This is %s in workspace %s", workspace.bot_user_id, workspace.id)
    baton.in_hand.take()
    if baton.socket:
        await baton.socket.run()
    await baton.stopping.wait()


async def _stop(baton: Baton, parts: list[asyncio.Task[Any]], listening: asyncio.Task[Any]) -> None:
    """Readiness goes first, then nothing new is taken, then what is in hand is finished, then all is closed."""
    baton.stopping.set()
    baton.in_hand.stop_taking()
    log.info("Stopping: %d requests in hand", len(baton.in_hand))
    drained, _ = await asyncio.gather(
        baton.in_hand.drained(LISTENERS_SECONDS), _finished(parts, LOOPS_SECONDS)
    )
    if not drained:
        log.warning("Stopping although %d requests are not answered", len(baton.in_hand))
    listening.cancel()
    await asyncio.wait({listening})
    await baton.http.stop()
    log.info("Stopped")


async def _finished(parts: list[asyncio.Task[Any]], seconds: float) -> None:
    """Wait for the loops to end by themselves; those that do not are cancelled. Their leases run out."""
    if parts:
        _, late = await asyncio.wait(parts, timeout=seconds)
        for part in late:
            part.cancel()
        if late:
            await asyncio.wait(late)


def _start(part: Awaitable[Any]) -> asyncio.Task[Any]:
    return asyncio.ensure_future(part)

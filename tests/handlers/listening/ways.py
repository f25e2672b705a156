"""Both ways in, for the tests: the whole bot, listening through real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.app import Baton
from bot.clock import RealClock
from bot.serving import running
from handlers import manifest
from handlers.request import Reply, Request
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from tests.scenarios.stage import settings

WAYS = ("socket", "http")
MANIFEST = manifest.FILE
SEED = WorkspaceSeed(
    people=(Cast("alice"), Cast("bob")),
    channels=(ChannelSeed("general", ("alice", "bob"), has_app=True),),
)


@asynccontextmanager
async def listening(slack: Sandbox, database_url: str, way: str) -> AsyncIterator[Baton]:
    """The bot, ready, and Slack delivering to it over this way."""
    async with running(settings(slack, database_url, way), RealClock()) as bot:
        if way == "http":
            slack.deliver_to(f"http://127.0.0.1:{bot.http.port}/slack/events")
        yield bot


async def hello(request: Request) -> Reply:
    return Reply(text=f"hello {request.words}")


class Slow:
    """A handler that does not end before it is told to."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(self, _request: Request) -> Reply:
        self.begun.set()
        await self.may_end.wait()
        return Reply(text="done")


async def probe(bot: Baton, path: str) -> tuple[int, dict[str, Any]]:
    url = f"http://127.0.0.1:{bot.http.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as got:
        return got.status, await got.json()


async def until_reasons(bot: Baton, reasons: list[str]) -> None:
    """Wait until the monitor is told this, with the status that belongs to it."""
    wanted = (503 if reasons else 200, {"ready": not reasons, "reasons": reasons})
    async with asyncio.timeout(5):
        while await probe(bot, "/readyz") != wanted:  # noqa: ASYNC110 - it is asked as a monitor asks
            await asyncio.sleep(0.01)

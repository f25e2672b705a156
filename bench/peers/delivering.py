"""Getting messages out, as Baton's delivery does it or with bare Web API calls: prints how many a second."""

import asyncio
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import uvloop
from aiohttp import ClientSession, TCPConnector
from slack_sdk.web.async_client import AsyncWebClient

from bench.peers.job import TOKEN, Job, from_argument
from bench.peers.quiet import collect_less_garbage
from bench.slack import WORKSPACE
from bot.clock import RealClock
from bot.services import delivery
from bot.services.delivery import NO_LIMITS, Answer
from schedules.delivery import LANES, Delivery, WebApi
from storage import outbox
from storage.database import Database
from storage.outbox import Note

CHANNELS = 64
WARM_UP = 400
LONGEST = 120  # seconds, for all of it
TEXT = "*#4711* The customer waits for the money. Bob has it now; the customer expects an answer by 17:00."


class Counting:
    """A Sender that knows when so many calls came back."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._sender = WebApi(client)
        self._left = 0
        self.finished = asyncio.Event()

    def expect(self, number: int) -> None:
        self._left = number
        self.finished.clear()

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        answer = await self._sender.call(method, payload)
        self._left -= 1
        if not self._left:
            self.finished.set()
        return answer


def notes(number: int, name: str = "note") -> list[Note]:
    return [Note(f"{name}:{n}", f"C0CHANNEL{n % CHANNELS:02d}", TEXT) for n in range(number)]


async def baton(job: Job, client: AsyncWebClient) -> float:
    """Rows leased, sent, and recorded as sent, per second."""
    db = Database(job.database)
    sender, stop = Counting(client), asyncio.Event()
    loop = Delivery(db, RealClock(), lambda _workspace_id: sender, {}, limits=NO_LIMITS)
    running = asyncio.create_task(loop.run(stop))
    # The first time, statements are compiled and connections opened, as in any bot that has just started.
    await _deliver(db, sender, notes(WARM_UP, "first"))
    collect_less_garbage()
    took = await _deliver(db, sender, notes(job.number))
    stop.set()
    await running
    await db.close()
    return job.number / took


async def _deliver(db: Database, sender: Counting, said: list[Note]) -> float:
    """Seconds from the commit until all is recorded as sent."""
    sender.expect(len(said))
    async with db.write(WORKSPACE) as tx:
        await outbox.say(tx, *said, now=RealClock().now())
    begun = perf_counter()
    async with asyncio.timeout(LONGEST):
        await sender.finished.wait()
        await _until_recorded(db)
    return perf_counter() - begun


async def _until_recorded(db: Database) -> None:
    for _ in range(1000):
        if not any((await delivery.waiting(db, WORKSPACE)).values()):
            return
        await asyncio.sleep(0.005)
    raise TimeoutError("Some messages were sent and never recorded as sent.")


async def bare(job: Job, client: AsyncWebClient) -> float:
    """Calls per second, as many at once as Baton's delivery makes."""
    await _call(client, notes(WARM_UP))
    collect_less_garbage()
    return job.number / await _call(client, notes(job.number))


async def _call(client: AsyncWebClient, said: list[Note]) -> float:
    """Seconds until all were called."""
    waiting = iter(said)

    async def worker() -> None:
        for note in waiting:
            await client.chat_postMessage(channel=note.channel, text=note.text)

    begun = perf_counter()
    await asyncio.gather(*(worker() for _ in range(LANES)))
    return perf_counter() - begun


async def main(job: Job) -> None:
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        client = AsyncWebClient(TOKEN, base_url=job.slack_url, session=session, retry_handlers=[])
        rate = await (baton if job.database else bare)(job, client)
    print(rate)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(from_argument()))

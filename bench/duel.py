"""Two or more servers, one awake at a time, asked the same in turn."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from bench import load
from bench.findings import AtLeast, Below, Finding, Measure, Size, alternate, compared
from bench.peers.job import Job, Work
from bench.processes import Server, free_port, started
from bench.world import World

BURST_LIMIT = Below(1000, "ms")
MS = 1000

Request = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Duel:
    """`ours` and its peers by name. All sleep until they are asked, so that one's loops do not slow the other."""

    ours: Server
    peers: Mapping[str, Server]
    request: Request
    size: Size
    label: str

    async def warm_up(self) -> None:
        for server in (self.ours, *self.peers.values()):
            await self._loop(server, self.size.at_once, self.size.seconds)()
            server.pause()

    async def rates(self, at_once: int, targets: Mapping[str, AtLeast]) -> list[Finding]:
        """Answers per second, ours against each peer's. A peer that is far slower is asked for the same time."""
        found = await self._rounds(
            lambda one: self._loop(one, at_once, self.size.seconds), *self.peers
        )
        what = f"{self.label}, {at_once} at once" if at_once > 1 else f"{self.label}, one by one"
        return [
            compared(what, "per s", found[""], name, found[name], targets.get(name))
            for name in self.peers
        ]

    async def bursts(self, *names: str) -> list[Finding]:
        """The slowest hundredth of acks when everybody comes at once, against these peers, or against the first."""
        chosen = names or tuple(self.peers)[:1]
        found = await self._rounds(self._burst, *chosen)
        what = f"{self.label}, {self.size.burst} in one moment: p99"
        return [compared(what, "ms", found[""], name, found[name], BURST_LIMIT) for name in chosen]

    async def _rounds(
        self, measure: Callable[[Server], Measure], *names: str
    ) -> dict[str, list[float]]:
        chosen = {"": self.ours} | {name: self.peers[name] for name in names}
        measures = {name: measure(server) for name, server in chosen.items()}
        return await alternate(self.size.rounds, measures)

    def _loop(self, server: Server, at_once: int, seconds: float) -> Measure:
        async def measure() -> float:
            with awake(server):
                run = await load.closed_loop(
                    server.port, self.request, at_once=at_once, seconds=seconds
                )
            return run.rate

        return measure

    def _burst(self, server: Server) -> Measure:
        async def measure() -> float:
            with awake(server):
                run = await load.burst(server.port, self.request, at_once=self.size.burst)
            return run.quantile(0.99) * MS

        return measure


@contextmanager
def awake(server: Server) -> Iterator[None]:
    """It runs inside the block, and sleeps after it."""
    server.go_on()
    try:
        yield
    finally:
        server.pause()


@asynccontextmanager
async def bare(
    world: World, module: str, jobs: Mapping[str, Job]
) -> AsyncIterator[dict[str, Server]]:
    """Peers out of `bench/peers`, by name."""
    async with AsyncExitStack() as stack:
        yield {
            name: await stack.enter_async_context(
                started(
                    f"{module}-{job.port}",
                    job.arguments(f"bench.peers.{module}"),
                    job.port,
                    world.folder,
                )
            )
            for name, job in jobs.items()
        }


def job(world: World, work: Work, **more: Any) -> Job:
    return Job(free_port(), world.slack.url, work, **more)

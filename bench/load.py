"""Load: so many people at once who each ask, wait for the answer and ask again; or everybody at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

from bench.slack import HOST
from bench.wire import Answer, Line


class WrongAnswer(Exception):
    """The server refused what was measured, so that a number would mean nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """`rate` is answers per second; `seconds` are the latencies, sorted."""

    rate: float
    seconds: Sequence[float]

    def quantile(self, share: float) -> float:
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * share))]


async def closed_loop(
    port: int, request: Callable[[], bytes], *, at_once: int, seconds: float
) -> Run:
    """Keep `at_once` requests in hand for so long."""
    found: list[float] = []
    async with _lines(port, at_once) as lines:
        begun = perf_counter()
        await asyncio.gather(*(_keep_asking(one, request, begun + seconds, found) for one in lines))
        took = perf_counter() - begun
    return Run(len(found) / took, sorted(found))


async def burst(port: int, request: Callable[[], bytes], *, at_once: int) -> Run:
    """Everybody at the same moment, each on a connection that is open already."""
    async with _lines(port, at_once) as lines:
        prepared = [request() for _ in lines]
        begun = perf_counter()
        found = await asyncio.gather(
            *(_ask(line, one, begun) for line, one in zip(lines, prepared, strict=True))
        )
        took = perf_counter() - begun
    return Run(len(found) / took, sorted(found))


async def so_many(port: int, request: Callable[[], bytes], *, at_once: int, number: int) -> None:
    """Ask `number` times in all, `at_once` at a time."""
    turns = iter(range(number))

    async def ask(line: Line) -> None:
        for _ in turns:
            _checked(await line.ask(request()))

    async with _lines(port, at_once) as lines:
        await asyncio.gather(*(ask(one) for one in lines))


async def once(port: int, request: bytes) -> Answer:
    """One request."""
    async with _lines(port, 1) as lines:
        return _checked(await lines[0].ask(request))


async def _keep_asking(
    line: Line, request: Callable[[], bytes], until: float, found: list[float]
) -> None:
    while (begun := perf_counter()) < until:
        prepared = request()
        begun = perf_counter()
        _checked(await line.ask(prepared))
        found.append(perf_counter() - begun)


async def _ask(line: Line, request: bytes, begun: float) -> float:
    _checked(await line.ask(request))
    return perf_counter() - begun


@asynccontextmanager
async def _lines(port: int, number: int) -> AsyncIterator[list[Line]]:
    lines = [await Line.to(HOST, port) for _ in range(number)]
    try:
        yield lines
    finally:
        for one in lines:
            one.close()


def _checked(answer: Answer) -> Answer:
    """Only an empty answer is an acknowledgement: errors and refusals have words in them."""
    if answer.status != 200 or len(answer.body) > 2:
        raise WrongAnswer(f"{answer.status}: {answer.body[:500]!r}")
    return answer

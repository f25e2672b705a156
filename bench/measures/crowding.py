"""What thousands of open escalations cost: a tick of the clocks, a list, a dry run, ten people who claim the same case."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter

from bench.crowd import BEGAN, CLAIMERS, Crowd, crowded, wind
from bench.findings import Finding, Measure, Section, alone, alternate, compared
from bench.peers import clockwork
from bench.processes import on_server_core
from bench.slack import WORKSPACE
from bench.world import World
from bot.errors import Stale
from bot.people import Person
from bot.rules.escalations.listings import Filter
from bot.rules.severities import Severity
from bot.services import escalations, policies, ticking
from schedules.escalations import FIRE
from storage.database import Database

BARE = "bare SQL"
MS = 1000
ABOUT = """\
Inside one process, on a database with {cases:,} open escalations in {teams} teams. *A tick* finds {due:,} clocks that are due; each tells a
level of its policy in a transaction of its own. The bare SQL takes the same timers and writes the same rows (case, timeline, timer, lane,
card and note), on one connection, as durable; it knows beforehand whom to tell. *A list* is the first page and the number of all, for the
lead of one team, and for somebody who sees every team. *A dry run* follows the default policy. *Claims*: {claimers} people want the same case at
the same moment, until each of them has an answer; bare SQL compares and sets."""
GROWTH = """\
The same with ten times and a hundred times as many open escalations, in as many teams. What is measured is Baton alone; “peer” is the
smallest of them."""


Claims = Callable[[int], Awaitable[Sequence[bool]]]


@dataclass
class Bench:
    """One crowd, with Baton and bare SQL on it. Each round has a time of its own, and cases that nobody has yet.

    The first cases are those that are `due`, the last those that are claimed.
    """

    crowd: Crowd
    db: Database
    bares: Sequence[clockwork.Bare]
    due: int
    claims: int
    repeats: int
    _rounds: Iterator[int] = field(default_factory=lambda: count(1))
    _keys: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self._unclaimed = iter(range(self.crowd.cases, 0, -1))

    async def tick(self) -> float:
        """Clocks per second."""
        now = await self._wound()
        begun, fired = perf_counter(), 0
        while more := await ticking.fire_due(self.db, WORKSPACE, FIRE, now):
            fired += more
        assert fired == self.due, "Not every clock was due."
        return fired / (perf_counter() - begun)

    async def bare_tick(self) -> float:
        now = await self._wound()
        begun, fired = perf_counter(), 0
        while await clockwork.ring(self.bares[0], now, f"C0BARE{fired % self.crowd.teams:04}"):
            fired += 1
        assert fired == self.due
        return fired / (perf_counter() - begun)

    def lists(self, person: Person) -> Measure:
        async def measure() -> float:
            begun = perf_counter()
            for _ in range(self.repeats):
                shelf = await escalations.list_cases(self.db, person, Filter(), now=BEGAN)
                assert shelf.leaf.items
            return (perf_counter() - begun) / self.repeats * MS

        return measure

    def bare_lists(self, person: Person) -> Measure:
        async def measure() -> float:
            begun = perf_counter()
            for _ in range(self.repeats):
                assert await clockwork.list_page(self.bares[0], sorted(person.roles), person.id)
            return (perf_counter() - begun) / self.repeats * MS

        return measure

    async def dry_run(self) -> float:
        begun = perf_counter()
        for n in range(self.repeats):
            person = self.crowd.leads(n)[0]
            team_id = self.crowd.team_of(n)
            await policies.dry_run(self.db, person, team_id, Severity.LOW, at=BEGAN, now=BEGAN)
        return (perf_counter() - begun) / self.repeats * MS

    async def claim(self) -> float:
        """Milliseconds from the moment in which all press until each has an answer."""
        return await self._contested(self._claims)

    async def bare_claim(self) -> float:
        return await self._contested(self._bare_claims)

    async def _contested(self, claims: Claims) -> float:
        numbers = [next(self._unclaimed) for _ in range(self.claims)]
        begun = perf_counter()
        for number in numbers:
            assert sum(await claims(number)) == 1
        return (perf_counter() - begun) / self.claims * MS

    async def _claims(self, number: int) -> Sequence[bool]:
        return await asyncio.gather(
            *(self._claimed(number, person) for person in self.crowd.leads(number))
        )

    async def _claimed(self, number: int, person: Person) -> bool:
        try:
            key = f"claim-{next(self._keys)}"
            await escalations.claim(self.db, person, number, key=key, now=BEGAN)
        except Stale:
            return False
        return True

    async def _bare_claims(self, number: int) -> Sequence[bool]:
        return await asyncio.gather(
            *(
                clockwork.claim(bare, number, f"U0LEAD{n}", BEGAN, f"C0BARE{number}")
                for n, bare in enumerate(self.bares)
            )
        )

    async def _wound(self) -> datetime:
        now = BEGAN + timedelta(seconds=next(self._rounds) * 10)
        await wind(self.db, range(1, self.due + 1), now)
        return now


async def measure(world: World) -> Section:
    """Beside bare SQL, at one size."""
    size, found = world.size, list[Finding]()
    for kind in world.kinds:
        async with _bench(world, kind, size.crowd) as bench:
            found += await _beside_bare_sql(bench, kind, size.rounds)
    about = ABOUT.format(cases=size.crowd, teams=size.crowd_teams, due=size.due, claimers=CLAIMERS)
    return Section("Many open escalations", about, found)


async def measure_growth(world: World) -> Section:
    """Baton alone, at several sizes."""
    found = list[Finding]()
    for kind in world.kinds:
        least: Mapping[str, Sequence[float]] = {}
        for cases in world.size.grown:
            async with _bench(world, kind, cases) as bench:
                values = await alternate(world.size.rounds, _own(bench))
            least = least or values
            peer = f"with {world.size.grown[0]:,}"
            found += [
                compared(f"{kind}, {cases:,} cases: {what}", unit, values[what], peer, least[what])
                for what, unit in UNITS.items()
                if cases != world.size.grown[0]
            ]
    return Section("How the cost grows", GROWTH, found)


TICK, LIST, LIST_OF_ALL, DRY, CLAIM = (
    "a tick",
    "a lead's list",
    "a list of every team",
    "a dry run",
    f"{CLAIMERS} claims at once",
)
UNITS = {TICK: "clocks per s", LIST: "ms", LIST_OF_ALL: "ms", DRY: "ms", CLAIM: "ms"}


def _own(bench: Bench) -> dict[str, Measure]:
    return {
        TICK: bench.tick,
        LIST: bench.lists(bench.crowd.leads(1)[0]),
        LIST_OF_ALL: bench.lists(bench.crowd.observer()),
        DRY: bench.dry_run,
        CLAIM: bench.claim,
    }


def _bare(bench: Bench) -> dict[str, Measure]:
    return {
        TICK: bench.bare_tick,
        LIST: bench.bare_lists(bench.crowd.leads(1)[0]),
        LIST_OF_ALL: bench.bare_lists(bench.crowd.observer()),
        CLAIM: bench.bare_claim,
    }


async def _beside_bare_sql(bench: Bench, kind: str, rounds: int) -> list[Finding]:
    ours, bare, found = _own(bench), _bare(bench), list[Finding]()
    for what, unit in UNITS.items():
        name = f"{kind}: {what}"
        if what not in bare:
            values = await alternate(rounds, {"": ours[what]})
            found.append(alone(name, unit, values[""]))
            continue
        values = await alternate(rounds, {"": ours[what], BARE: bare[what]})
        found.append(compared(name, unit, values[""], BARE, values[BARE]))
    return found


@asynccontextmanager
async def _bench(world: World, kind: str, cases: int) -> AsyncIterator[Bench]:
    """A few more cases than that, to be claimed; everything warmed up once."""
    size = world.size
    spare = (size.rounds + 1) * size.claims * 2
    crowd = await crowded(world, kind, cases + spare, size.crowd_teams)
    with on_server_core():
        db = Database(crowd.url)
        try:
            async with clockwork.opened(crowd.url, CLAIMERS) as bares:
                bench = Bench(crowd, db, bares, 10, size.claims, size.looks)
                for measure in (*_own(bench).values(), *_bare(bench).values()):
                    await measure()
                bench.due = min(size.due, cases)
                yield bench
        finally:
            await db.close()

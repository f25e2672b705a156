"""How long a start takes, and how much memory is used then and after much work."""

from contextlib import AsyncExitStack

from bench import forms, load, rows, signing
from bench.duel import bare, job
from bench.findings import Finding, Measure, Section, alone, alternate, compared
from bench.peers.job import Job
from bench.processes import Server
from bench.world import AGENTS, Floor, World

BARE = "bare AsyncApp"
ABOUT_START = """\
From the start of the process until `/readyz` says yes: the settings read, the database open and up to date, the token known, and
the address open. The bare app opens its address and checks nothing."""
ABOUT_MEMORY = """\
The process's own memory and its share of what it shares (PSS), on SQLite: after the start, and after {number} escalations. The
bare app has written as many rows."""


async def measure_start(world: World) -> Section:
    floor = await world.floor("SQLite")

    def ours() -> Measure:
        async def measure() -> float:
            async with world.baton(floor) as server:
                return server.started_in

        return measure

    def theirs() -> Measure:
        async def measure() -> float:
            async with bare(world, "bolt", {BARE: job(world, "nothing")}) as peers:
                return peers[BARE].started_in

        return measure

    found = await alternate(world.size.rounds, {"": ours(), BARE: theirs()})
    line = compared("until ready", "s", found[""], BARE, found[BARE])
    return Section("Start", ABOUT_START, [line])


async def measure_memory(world: World) -> Section:
    floor = await world.floor("SQLite")
    path = rows.save(await rows.of_one_submission(world, "SQLite"), world.folder / "rows.json")
    theirs = job(world, "rows", rows=path, database=await world.empty("SQLite"))
    about = ABOUT_MEMORY.format(number=f"{world.size.submissions:,}")
    return Section("Memory", about, await _memory(world, floor, theirs))


async def _memory(world: World, floor: Floor, theirs: Job) -> list[Finding]:
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(world.baton(floor))
        peers = await stack.enter_async_context(bare(world, "bolt", {BARE: theirs}))
        view = await forms.opened_by(world.slack, ours, AGENTS[0])
        request = signing.requests(*(forms.filled_in(one, view) for one in AGENTS))
        found = _lines("after the start", ours, peers[BARE])
        for server in (ours, peers[BARE]):
            await load.so_many(
                server.port, request, at_once=world.size.at_once, number=world.size.submissions
            )
        return [*found, *_lines("after the work", ours, peers[BARE])]


def _lines(what: str, ours: Server, theirs: Server) -> list[Finding]:
    used, bare_used = ours.memory(), theirs.memory()
    if used is None or bare_used is None:  # only Linux says
        return []
    if not bare_used:
        return [alone(what, "MB", [used])]
    return [compared(what, "MB", [used], BARE, [bare_used])]

"""The whole path of a form: signed HTTP, the escalation stored with all its rows, acknowledged."""

from contextlib import AsyncExitStack

from bench import forms, rows, signing
from bench.duel import Duel, bare, job
from bench.findings import AtLeast, Finding, Section
from bench.load import WrongAnswer
from bench.measures.form import USUAL, duel
from bench.peers.writing import Rows
from bench.world import AGENTS, Floor, World

BARE = "bare AsyncApp, the same rows"
TARGETS = {BARE: AtLeast(0.5), USUAL: AtLeast(10)}
ABOUT = """\
The form arrives, signed; the escalation is stored with its timeline, its card, its message to the reporter and its timers; the
form is acknowledged. The bare app writes the same number of rows of the same sizes ({rows}) in one raw transaction, into tables
without any other index or constraint, and decides nothing: a pool of asyncpg, or one thread with `sqlite3`, as durable as Baton's. The
synchronous app acknowledges before it writes. Baton's delivery runs meanwhile, as it does in production."""


async def measure(world: World) -> Section:
    found: list[Finding] = []
    written: list[Rows] = []
    for kind in world.kinds:
        written = await rows.of_one_submission(world, kind)
        found += await _of(world, kind, written)
    said = ", ".join(f"{one.table.removeprefix('bare_')} {len(one.values)}" for one in written)
    return Section("A form that raises an escalation", ABOUT.format(rows=said), found)


async def _of(world: World, kind: str, written: list[Rows]) -> list[Finding]:
    path = rows.save(written, world.folder / "rows.json")
    floor = await world.floor(kind)
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(world.baton(floor))
        view = await forms.opened_by(world.slack, ours, AGENTS[0])
        theirs = {BARE: job(world, "rows", rows=path, database=await world.empty(kind))}
        peers = await stack.enter_async_context(bare(world, "bolt", theirs))
        if kind == "SQLite":
            usual = {USUAL: job(world, "rows", rows=path, database=await world.empty(kind))}
            peers |= await stack.enter_async_context(bare(world, "sync_bolt", usual))
        request = signing.requests(*(forms.filled_in(one, view) for one in AGENTS))
        found = await duel(Duel(ours, peers, request, world.size, kind), TARGETS)
    await _check_stored(floor)
    return found


async def _check_stored(floor: Floor) -> None:
    """A submission that was acknowledged and not stored would be fast, and worthless."""
    stored = await rows.count(floor, "escalations")
    heard = await rows.count(floor, "inbox")
    if not 0 < stored <= heard:
        raise WrongAnswer(f"{heard} requests were heard and {stored} escalations stored.")

"""The whole path of a slash command: signed HTTP, form opened, acknowledged."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from bench import forms, signing
from bench.duel import Duel, bare, job
from bench.findings import AtLeast, Finding, Section
from bench.world import AGENTS, World

BARE = "bare AsyncApp"
USUAL = "sync App behind Starlette"
TARGETS = {BARE: AtLeast(0.7), USUAL: AtLeast(10)}
ABOUT = """\
`/escalate` arrives, signed; the form is opened with `views.open`; the command is acknowledged. The bare app opens the same form,
and does nothing else: `AsyncApp` with `process_before_response`, one aiohttp session, uvicorn with uvloop and httptools. The
synchronous `App` behind Starlette's `SlackRequestHandler` is how most bots are written."""


async def measure(world: World) -> Section:
    found: list[Finding] = []
    for kind in world.kinds:
        found += await _of(world, kind)
    return Section("A slash command that opens a form", ABOUT, found)


async def _of(world: World, kind: str) -> list[Finding]:
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(world.baton(await world.floor(kind)))
        view = forms.save(await forms.opened_by(world.slack, ours, AGENTS[0]), world.folder)
        a_job = {BARE: job(world, "form", view=view)}
        peers = await stack.enter_async_context(bare(world, "bolt", a_job))
        if kind == world.kinds[0]:
            usual = {USUAL: job(world, "form", view=view)}
            peers |= await stack.enter_async_context(bare(world, "sync_bolt", usual))
        request = signing.requests(*(forms.open_form(one) for one in AGENTS))
        return await duel(Duel(ours, peers, request, world.size, kind), TARGETS)


async def duel(between: Duel, targets: Mapping[str, AtLeast]) -> list[Finding]:
    """One by one, many at once, and all at once."""
    await between.warm_up()
    one_by_one = await between.rates(1, targets)
    many = await between.rates(between.size.at_once, targets)
    return [*one_by_one, *many, *await between.bursts()]

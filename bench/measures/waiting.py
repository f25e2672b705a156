"""Which way of waiting for a listener is best."""

from contextlib import AsyncExitStack

from bench import forms, signing
from bench.duel import Duel, bare, job
from bench.findings import Finding, Section
from bench.slack import WORKSPACE
from bench.world import AGENTS, World
from bot.rules.escalations import Draft
from bot.rules.teams import Team
from bot.text import Text
from bot.views.escalations import form as views

BEFORE, EVENT, POLL = "run before the response", "told by an event", "looked for every 10 ms"
ABOUT = """\
Bare apps that open a form, alike but for how Bolt waits for the acknowledgement: `process_before_response`, which Baton uses and which
is “ours” here; a runner of our own that is told by an event; and Bolt's default."""


async def measure(world: World) -> Section:
    team = Team(WORKSPACE, "team", "Billing")
    view = forms.save(views.form([team], team, Draft(), Text()), world.folder)
    jobs = {
        BEFORE: job(world, "form", runner="before", view=view),
        EVENT: job(world, "form", runner="event", view=view),
        POLL: job(world, "form", runner="poll", view=view),
    }
    request = signing.requests(forms.open_form(AGENTS[0]))
    async with AsyncExitStack() as stack:
        peers = await stack.enter_async_context(bare(world, "bolt", jobs))
        ours = peers.pop(BEFORE)
        between = Duel(ours, peers, request, world.size, BEFORE)
        await between.warm_up()
        found: list[Finding] = [
            *await between.rates(1, {}),
            *await between.rates(world.size.at_once, {}),
            *await between.bursts(EVENT, POLL),
        ]
    return Section("How Bolt waits for an acknowledgement", ABOUT, found)

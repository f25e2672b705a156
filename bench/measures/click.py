"""How long it takes from a click to the card that shows it."""

import asyncio
from time import perf_counter
from typing import Any

from bench import forms, load, signing
from bench.findings import Below, Finding, Section, alone
from bench.processes import Server
from bench.signing import Template
from bench.slack import FakeSlack
from bench.world import AGENTS, LEADS, TEAMS, World
from bot.views.escalations import ids

Json = dict[str, Any]

AT_REST = Below(150, "ms")
ABOUT = """\
A lead's signed click on *Claim* leaves; the time until `chat.update` with the new card arrives at Slack. At rest: one click after
another, with a pause between them, and in all not more than Slack allows at once: so long as Baton keeps to Slack's limit for
`chat.update`, the fourteenth redraw within a few seconds waits."""
PATIENCE = 30  # seconds for the cards to be posted, or for one to be redrawn
PAUSE = 0.05
MS = 1000


async def measure(world: World) -> Section:
    found: list[Finding] = []
    for kind in world.kinds:
        found += await _of(world, kind)
    return Section("From a click to the card", ABOUT, found)


async def _of(world: World, kind: str) -> list[Finding]:
    taken: list[float] = []
    for _ in range(world.size.rounds):
        floor = await world.floor(kind, TEAMS)
        async with world.baton(floor) as server:
            cards = await _raise_cases(world, server)
            taken += [await _claim(world.slack, server, card) * MS for card in cards]
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    return [
        alone(f"{kind}, median of {len(taken)} clicks", "ms", taken, AT_REST),
        alone(f"{kind}, p95", "ms", [p95]),
    ]


async def _raise_cases(world: World, server: Server) -> list[Json]:
    """As many cases as there will be clicks, spread over the teams; their cards as they were posted."""
    slack = world.slack
    slack.kept.clear()
    slack.keep.add("chat.postMessage")
    for n in range(world.size.clicks):
        agent = AGENTS[n % TEAMS]
        view = await forms.opened_by(slack, server, agent)
        await load.once(server.port, signing.requests(forms.filled_in(agent, view))())
    async with asyncio.timeout(PATIENCE):
        while len(cards := _cards(slack)) < world.size.clicks:
            slack.heard.clear()
            await slack.heard.wait()
    slack.keep.clear()
    await asyncio.sleep(1)  # the messages to the reporters go out meanwhile
    return cards


def _cards(slack: FakeSlack) -> list[Json]:
    return [one for one in slack.kept.get("chat.postMessage", []) if _claim_button(one)]


def _claim_button(message: Json) -> Json | None:
    buttons = (
        element
        for block in message.get("blocks") or []
        if block["type"] == "actions"
        for element in block["elements"]
    )
    return next((one for one in buttons if one["action_id"].startswith(ids.CLAIM)), None)


async def _claim(slack: FakeSlack, server: Server, card: Json) -> float:
    """Seconds from the click to the new card."""
    request = signing.requests(_click(card))()
    slack.updated.pop(card["ts"], None)
    begun = perf_counter()
    await load.once(server.port, request)
    async with asyncio.timeout(PATIENCE):
        while card["ts"] not in slack.updated:
            slack.heard.clear()
            await slack.heard.wait()
    await asyncio.sleep(PAUSE)
    return slack.updated[card["ts"]] - begun


def _click(card: Json) -> Template:
    button = _claim_button(card)
    assert button
    lead = LEADS[int(card["channel"].removeprefix("C0LEADS"))]
    message = {name: card[name] for name in ("channel", "ts", "blocks", "text")}
    return signing.click(lead, message, button)

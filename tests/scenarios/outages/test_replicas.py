"""Two bots on one PostgreSQL, in the same workspace: one card each, one owner each, one word each."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

from bot.serving import running
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from sandbox.server import Sandbox
from tests import canary
from tests.clock import MovableClock
from tests.conftest import FreshDatabase
from tests.scenarios.escalating import ANSWERS, SUMMARY, TICKET
from tests.scenarios.outages.acting import pass_time
from tests.scenarios.stage import MANIFEST, SEED, Stage, create_teams, settings

REPORTERS = ("alice", "olga", "nemo", "ada")
CASES = 20
SHARE = CASES // len(REPORTERS)


async def test_twenty_cases_raised_and_claimed_at_once(fresh_database: FreshDatabase) -> None:
    clock, url = MovableClock(), await fresh_database("postgresql")
    # All in one process: what takes long here is the test, and no reason to give up.
    slack = Sandbox(SEED, MANIFEST, clock=clock, ack_timeout=20)
    async with slack, AsyncExitStack() as stack:
        chosen = settings(slack, url, "socket")
        bots = [await stack.enter_async_context(running(chosen, clock)) for _ in range(2)]
        assert len(slack.core.socket_mode.sockets) == 2
        await create_teams(bots[0].db, slack, now=clock.now())

        stage = Stage(slack, bots[0], clock)
        reporters = [slack.person(name) for name in REPORTERS]
        await asyncio.gather(*(raise_some(one, SHARE) for one in reporters))
        await pass_time(stage, lambda: len(cards(slack)) >= CASES, step=1)

        leads = [slack.person(name) for name in ("bob", "ben", "mara")]
        await all_claim_all(leads, cards(slack))
        await pass_time(stage, lambda: all("Owner: " in one.text for one in cards(slack)), step=1)
        await pass_time(stage, lambda: sum(len(one.dm) for one in reporters) >= 2 * CASES, step=1)

        assert len(cards(slack)) == CASES
        for one in reporters:
            said = Counter("taken" if "has taken" in told.text else "raised" for told in one.dm)
            assert said == {"taken": SHARE, "raised": SHARE}
        canary.check_silent(slack)


async def all_claim_all(leads: list[Actor], wanted: list[Message]) -> None:
    """Card by card, every lead clicks at the same moment: all of them race for every one."""
    for card in wanted:
        clicks = [lead.click(card, "Claim") for lead in leads]
        assert all(result.ok for result in await asyncio.gather(*clicks))
    told_off = [one.text for lead in leads for one in lead.ephemerals]
    assert len(told_off) == len(wanted) * (len(leads) - 1)
    assert all("a moment before you" in one for one in told_off)


async def raise_some(reporter: Actor, count: int) -> None:
    for n in range(count):
        await reporter.slash("/escalate")
        wanted = ANSWERS | {SUMMARY: f"Case {n} of {reporter.name}", TICKET: f"{reporter.name}-{n}"}
        team = {"Team": "Billing"} if "Team" in reporter.modal.labels else {}
        result = await reporter.fill({**team, **wanted}).submit()
        while reporter.modals:  # a busy machine: nothing was saved, the form is still there
            assert reporter.modal.title == "Not done"
            await reporter.modal.close()
            result = await reporter.modal.submit()
        assert result.ok, result


def cards(slack: Sandbox) -> list[Message]:
    return [one for one in slack.channel("billing-leads").messages if "Case " in one.text]

"""What these stories have in common: time that runs ahead, and what Alice and Bob do."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from sandbox.driver.places import Message
from storage.outbox.rows import LaneRow
from tests.scenarios.escalating import ANSWERS, SUMMARY, TICKET
from tests.scenarios.stage import Stage

Condition = Callable[[], bool]


async def pass_time(stage: Stage, until: Condition, *, step: float = 60) -> None:
    """Let the clock jump ahead until it is so, but not while Slack is being called: calls take next to no time."""
    async with asyncio.timeout(40):
        while not until():
            stage.forward(seconds=step)
            await asyncio.sleep(0.01)
            while await _is_calling(stage):  # noqa: ASYNC110 - the reason lies in the database
                await asyncio.sleep(0.005)


async def _is_calling(stage: Stage) -> bool:
    held = select(LaneRow.name).where(
        LaneRow.workspace_id == stage.slack.team_id, LaneRow.leased_until > stage.clock.now()
    )
    async with stage.baton.db.across() as connection:
        return (await connection.execute(held)).first() is not None


def after(stage: Stage, **length: float) -> Condition:
    end = stage.clock.now() + timedelta(**length)
    return lambda: stage.clock.now() >= end


async def escalate(stage: Stage, summary: str) -> None:
    """Alice fills in the form and sends it."""
    alice = stage.person("alice")
    await alice.slash("/escalate", channel="billing")
    assert (await alice.fill(ANSWERS | {SUMMARY: summary, TICKET: summary}).submit()).ok


async def give_back(stage: Stage, card: Message) -> None:
    bob = stage.person("bob")
    await bob.click(card, "Return")
    why: dict[str, object] = {
        "Why does it go back?": "Some information is missing",
        "What should they know or add?": "Which bank?",
    }
    assert (await bob.fill(why).submit()).ok

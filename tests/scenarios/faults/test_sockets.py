"""Slack closes every socket: Baton comes back by itself, and what was on its way is neither lost nor done twice."""

import asyncio

import pytest

from sandbox.kinds import Json
from tests.scenarios.escalating import ANSWERS, SUMMARY, raise_case, shows, told
from tests.scenarios.outages.acting import after, pass_time
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.parametrize("stage", ["socket"], indirect=True)


async def close_all(stage: Stage, reason: str) -> None:
    """Close them, and wait until Baton is back on another."""
    lines = stage.slack.core.socket_mode.sockets
    old = list(lines)
    stage.slack.faults.start("close_sockets", reason=reason)
    await stage.slack.until(lambda: lines and not set(lines) & set(old), saying="a new socket")


@pytest.mark.parametrize("reason", ["cut", "warning", "refresh_requested", "link_disabled"])
async def test_baton_comes_back_and_works_on(reason: str, stage: Stage) -> None:
    bob = stage.person("bob")
    card = await raise_case(stage)
    await close_all(stage, reason)
    assert (await bob.click(card, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")
    await told(stage, stage.person("alice"), "has taken")
    assert await stage.baton.problems() == []


async def test_what_was_on_its_way_is_done_once(stage: Stage) -> None:
    alice = stage.person("alice")
    await alice.slash("/escalate", channel="billing")
    form = await alice.fill(ANSWERS)

    async def close(_: Json) -> None:
        stage.slack.faults.start("close_sockets")
        await asyncio.sleep(0)

    # The form is stored and Baton's answer finds no line: Slack tells Alice so, and she sends it again.
    stage.slack.faults.on("delivery.interactive", "stored", do=close)
    stage.slack.faults.start("drop_stored", "interactive", times=1)
    assert (await form.submit()).error == "dispatch_failed"
    await stage.slack.until(lambda: not stage.slack.core.connected)
    await stage.slack.until_connected()
    assert (await form.submit()).ok
    assert not alice.modals
    await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))
    await pass_time(stage, after(stage, minutes=1), step=20)
    cards = [one for one in stage.channel("billing-leads").messages if one.buttons]
    assert len(cards) == len(alice.dm) == 1


async def test_what_happens_meanwhile_is_brought_afterwards(stage: Stage) -> None:
    """Baton is given no new connection for a while: events wait, and who clicks is told by Slack itself."""
    alice, bob, slack = stage.person("alice"), stage.person("bob"), stage.slack
    card = await raise_case(stage)
    refused = slack.faults.start("server_error", "apps.connections.open")
    slack.faults.start("close_sockets")
    await slack.until(lambda: not slack.core.connected)
    assert (await bob.click(card, "Claim")).error == "dispatch_failed"
    assert "could not be reached" in bob.failures[-1]
    await alice.opens_home()
    await slack.until(lambda: refused.struck and slack.core.delivery.on_its_way == 0)
    assert len(slack.core.undelivered) == 1
    slack.faults.clear()
    await slack.until_connected()
    stage.forward(seconds=61)
    await slack.until(lambda: alice.id in slack.core.views.homes)
    assert len(slack.core.undelivered) == 0
    assert (await bob.click(card, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")

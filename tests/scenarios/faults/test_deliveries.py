"""What people do comes to Baton twice, late, or not at all, or its answer is lost: it is done once, and nobody is left in the dark."""

import asyncio

import pytest

from sandbox.faults import Fault
from sandbox.log import LogEntry
from tests.scenarios.escalating import ANSWERS, SUMMARY, raise_case, shows, told, whispered
from tests.scenarios.faults.conftest import BOTH_TRANSPORTS
from tests.scenarios.outages.acting import after, pass_time
from tests.scenarios.stage import Stage

NOT_ARRIVED = {
    "drop_before": "dispatch_failed",
    "server_error": "http_service_error",
    "hang": "operation_timeout",
}
ANSWER_LOST = {"drop_stored": "dispatch_failed", "lose_ack": "operation_timeout"}


def fail(stage: Stage, kind: str, name: str, times: int = 1) -> Fault:
    """Let it fail. Where an answer never comes, nobody waits three real seconds for it."""
    return stage.slack.faults.start(kind, name, times).hurry()


def cards(stage: Stage) -> int:
    return len([one for one in stage.channel("billing-leads").messages if one.buttons])


def delivered(stage: Stage, name: str) -> list[LogEntry]:
    return [one for one in stage.slack.log if (one.kind, one.name) == ("delivery", name)]


@pytest.mark.parametrize("kind", NOT_ARRIVED)
async def test_what_did_not_arrive_is_done_when_it_is_done_again(kind: str, stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    error = NOT_ARRIVED[kind]

    fail(stage, kind, "slash_commands")
    assert (await alice.slash("/escalate", channel="billing")).error == error
    assert not alice.modals
    await alice.slash("/escalate", channel="billing")

    form = await alice.fill(ANSWERS)
    fail(stage, kind, "interactive")
    assert (await form.submit()).error == error
    assert form.is_open
    assert form.value_of(SUMMARY) == ANSWERS[SUMMARY]
    assert (await form.submit()).ok
    card = await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))

    fail(stage, kind, "interactive")
    assert not (await bob.click(card, "Claim")).ok
    assert len(bob.failures) == 1
    assert (await bob.click(card, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")
    assert cards(stage) == 1


@pytest.mark.parametrize(
    ("stage", "kind"), [("http", "drop_stored"), ("socket", "lose_ack")], indirect=["stage"]
)
async def test_what_was_done_although_nobody_heard_is_not_done_again(
    kind: str, stage: Stage
) -> None:
    alice, bob, ben = (stage.person(name) for name in ("alice", "bob", "ben"))
    error = ANSWER_LOST[kind]
    await alice.slash("/escalate", channel="billing")
    form = await alice.fill(ANSWERS)

    fail(stage, kind, "interactive")
    assert (await form.submit()).error == error
    assert (await form.submit()).ok  # the same form, sent again because it is still there
    assert not alice.modals
    card = await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))
    await told(stage, alice, "is with the leads")

    fail(stage, kind, "interactive")
    assert not (await bob.click(card, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")
    await told(stage, alice, "has taken")
    await pass_time(stage, after(stage, minutes=1), step=20)
    assert cards(stage) == 1
    assert len(alice.dm) == 2
    assert ben.ephemerals == bob.ephemerals == []


@BOTH_TRANSPORTS
async def test_what_comes_twice_at_once_is_done_once_and_nobody_notices(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    stage.slack.faults.start("twice")
    await alice.opens_home()
    await alice.slash("/escalate", channel="billing")
    assert alice.answer == ""
    assert len(alice.modals) == 1
    assert (await alice.fill(ANSWERS).submit()).ok
    card = await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))
    await bob.click(card, "Details")
    assert (await bob.click(card, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")
    await told(stage, alice, "has taken")
    await stage.slack.until(lambda: stage.slack.core.delivery.on_its_way == 0)
    await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)
    await pass_time(stage, after(stage, minutes=1), step=20)

    assert cards(stage) == 1
    assert len(alice.dm) == 2
    assert [one.text for one in (*alice.ephemerals, *bob.ephemerals)] == []
    assert alice.failures == bob.failures == []
    twice = [one for one in stage.slack.log if one.fault == "twice"]
    assert {one.name for one in twice} == {"events_api", "slash_commands", "interactive"}
    assert all(one.ok for one in twice)


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("http", "drop_before"),
        ("socket", "server_error"),
        ("http", "hang"),
        ("socket", "drop_stored"),
        ("http", "lose_ack"),
    ],
    indirect=["stage"],
)
async def test_an_event_comes_again_until_it_is_taken_and_is_done_once(
    kind: str, stage: Stage
) -> None:
    alice, slack = stage.person("alice"), stage.slack
    fault = fail(stage, kind, "events_api", times=3)
    await alice.opens_home()
    await slack.until(lambda: fault.struck == 2 and slack.core.delivery.on_its_way == 0)
    stage.forward(seconds=61)
    await slack.until(lambda: fault.struck == 3 and slack.core.delivery.on_its_way == 0)
    stage.forward(minutes=5)
    await slack.until(lambda: len(delivered(stage, "events_api")) == 4)
    await slack.until(lambda: alice.id in slack.core.views.homes)
    assert len(slack.core.undelivered) == 0
    assert [one.retry for one in delivered(stage, "events_api")] == [None, 1, 2, 3]
    assert len({one.sent["event_id"] for one in delivered(stage, "events_api")}) == 1
    drawn = len(slack.calls("views.publish"))
    assert drawn == 1 if kind in NOT_ARRIVED else drawn >= 1


async def test_who_is_brought_too_late_for_a_form_is_told_so(stage: Stage) -> None:
    alice, bob, slack = stage.person("alice"), stage.person("bob"), stage.slack
    card = await raise_case(stage)
    fault = slack.faults.start("slow", seconds=60)

    async def later(expected: int) -> None:
        await slack.until(lambda: fault.struck == expected)
        stage.clock.jump(seconds=4)
        fault.hurry()

    _, asked = await asyncio.gather(
        later(1), asyncio.ensure_future(alice.slash("/escalate", channel="billing"))
    )
    assert asked.ok
    assert "took too long" in alice.answer
    slack.faults.clear()
    fault = slack.faults.start("slow", seconds=60)
    await asyncio.gather(later(1), asyncio.ensure_future(bob.click(card, "Return")))
    await whispered(stage, bob, "took too long")
    slack.faults.clear()
    await bob.click(card, "Return")
    assert bob.modals
    await alice.slash("/escalate", channel="billing")
    assert alice.modals

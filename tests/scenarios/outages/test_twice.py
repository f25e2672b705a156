"""Slack delivers again what it has no answer for: it is done once, over both transports and at the same moment too."""

import asyncio

import pytest

from sandbox.delivery import Kind, Retry
from sandbox.kinds import Json
from tests.scenarios.conftest import EVERYWHERE
from tests.scenarios.escalating import ANSWERS, SUMMARY, TICKET, raise_case, shows, told
from tests.scenarios.stage import Stage

EVERY_WAY = pytest.mark.parametrize("stage", EVERYWHERE, indirect=True, ids="-".join)


def last_delivery(stage: Stage, kind: Kind) -> Json:
    return next(
        one.sent for one in reversed(stage.slack.log) if (one.kind, one.name) == ("delivery", kind)
    )


async def again(stage: Stage, kind: Kind, payload: Json, times: int = 3) -> None:
    """The same payload, several times at once."""
    retry = Retry(1, "http_timeout")
    deliver = stage.slack.core.delivery.deliver
    answers = await asyncio.gather(*(deliver(kind, payload, retry) for _ in range(times)))
    assert all(one.ok for one in answers), answers


def cards(stage: Stage) -> list[str]:
    messages = stage.channel("billing-leads").messages
    return [one.text for one in messages if "Refund not received" in one.text]


@EVERY_WAY
async def test_a_form_and_a_click_that_come_again_do_nothing(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await raise_case(stage)
    await again(stage, "interactive", last_delivery(stage, "interactive"))
    await bob.click(card, "Claim")
    await shows(stage, card, f"Owner: <@{bob.id}>")
    await again(stage, "interactive", last_delivery(stage, "interactive"))
    assert not bob.ephemerals, "the repeat of a claim that worked is no reason for a word"
    await told(stage, alice, "has taken")

    stage.forward(seconds=5)
    await raise_case(stage, **{SUMMARY: "Another matter", TICKET: "2"})
    await told(
        stage, alice, "#2 (Another matter)"
    )  # whatever the repeats had queued would be before
    assert len(cards(stage)) == 1
    assert [one.text.partition(" (")[0][-2:] for one in alice.dm] == ["#1", "#1", "#2"]


@EVERY_WAY
async def test_the_same_form_sent_three_times_at_once_is_one_case(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await alice.slash("/escalate", channel="billing")
    form = await alice.fill(ANSWERS)
    copies: list[asyncio.Task[None]] = []

    def copy(payload: Json) -> None:
        if payload["type"] == "view_submission":
            copies.append(asyncio.create_task(again(stage, "interactive", payload, times=2)))

    stage.slack.faults.on("delivery.interactive", do=copy)
    assert (await form.submit()).ok
    await asyncio.gather(*copies)
    await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))
    await bob.slash("/escalate", "list", channel="billing")
    assert "#1" in bob.answer
    assert "#2" not in bob.answer
    assert len(cards(stage)) == 1


async def test_an_event_whose_answer_was_lost_comes_again_and_is_done_once(stage: Stage) -> None:
    alice = stage.person("alice")
    stage.slack.faults.drop("delivery.events_api", "answered", times=2)
    await alice.opens_home()
    slack = stage.slack
    await slack.until(lambda: alice.id in slack.core.views.homes)
    slack.redeliver()
    await slack.until(lambda: not slack.faults.active)
    slack.redeliver()

    def delivered() -> int:
        return len(
            [one for one in slack.log if one.name == "events_api" and one.kind == "delivery"]
        )

    await slack.until(lambda: delivered() == 3)
    assert len(slack.calls("views.publish")) == 1

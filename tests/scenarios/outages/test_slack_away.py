"""Slack's Web API is away for a while: what is to be said waits, and is then said once and in order."""

from collections.abc import Callable, Sequence

import pytest

from sandbox.driver.places import Message
from sandbox.faults import ALWAYS
from tests.scenarios.conftest import EVERYWHERE
from tests.scenarios.escalating import SUMMARY, TICKET, raise_case, shows, whispered
from tests.scenarios.outages.acting import after, escalate, give_back, pass_time
from tests.scenarios.stage import Stage

WAYS_TO_SAY = (
    "chat.postMessage",
    "chat.update",
    "views.publish",
    "conversations.history",
    "conversations.replies",
    "conversations.open",
)


def answer_500(stage: Stage, methods: Sequence[str] = WAYS_TO_SAY) -> None:
    for method in methods:
        stage.slack.faults.reply(method, 500, times=ALWAYS)


def cut_the_line(stage: Stage, methods: Sequence[str] = WAYS_TO_SAY) -> None:
    for method in methods:
        stage.slack.faults.drop(method, times=ALWAYS)


def lose_the_answers(stage: Stage) -> None:
    """Slack takes what is said and cannot say so; nor can it be asked."""
    for method in WAYS_TO_SAY:
        stage.slack.faults.drop(method, "stored", times=ALWAYS)


def ask_to_wait(stage: Stage) -> None:
    stage.slack.faults.reply("chat.postMessage", 429, {"Retry-After": "30"}, times=ALWAYS)


OUTAGES = (answer_500, cut_the_line, lose_the_answers, ask_to_wait)


def _first_words(told: Message) -> str:
    """Which case, and how the sentence goes on."""
    return " ".join(told.text[told.text.index("#") :].split()[:4])


@pytest.mark.parametrize(
    ("stage", "outage"), list(zip(EVERYWHERE, OUTAGES, strict=True)), indirect=["stage"]
)
async def test_what_happens_while_slack_is_away_is_said_once_and_in_order(
    stage: Stage, outage: Callable[[Stage], None]
) -> None:
    alice, bob, leads = stage.person("alice"), stage.person("bob"), stage.channel("billing-leads")
    # with a day to the next word: however long Slack is away, the claim does not fall
    slow = {"How urgent is it?": "Low · an owner within 8 hours"}
    first = await raise_case(stage, **{SUMMARY: "First", TICKET: "1"} | slow)
    second = await raise_case(stage, **{SUMMARY: "Second", TICKET: "2"})
    await pass_time(stage, lambda: len(alice.dm) == 2, step=1)
    before = len(leads.messages)

    def cards() -> list[Message]:
        """The new ones."""
        return leads.messages[before:]

    outage(stage)
    await escalate(stage, "Third")
    await bob.click(first, "Claim")
    await give_back(stage, second)
    await escalate(stage, "Fourth")
    await pass_time(stage, after(stage, minutes=25))
    stage.slack.faults.clear()
    await pass_time(stage, lambda: len(cards()) == 2 and len(alice.dm) == 6, step=30)
    await pass_time(stage, lambda: all(len(card.thread) >= 2 for card in cards()), step=30)
    await pass_time(stage, lambda: "Some information is missing" in second.text, step=30)
    await pass_time(stage, after(stage, minutes=1), step=30)  # whatever might come twice has come

    assert [_first_words(one) for one in alice.dm] == [
        "#1 (First) is with",
        "#2 (Second) is with",
        "#3 (Third) is with",
        "#1 (First) and looks",
        "#2 (Second). Some information",
        "#4 (Fourth) is with",
    ]
    assert [one.text.splitlines()[0] for one in cards()] == [
        "Escalation #3, High: Third",
        "Escalation #4, High: Fourth",
    ]
    assert f"Owner: <@{bob.id}>" in first.text
    assert [len(card.thread) for card in (first, second)] == [1, 1]
    for (
        card
    ) in cards():  # how many clocks have rung by now depends on how long it took; none rings twice
        assert len({one.text for one in card.thread}) == len(card.thread) >= 2


@pytest.mark.parametrize("fault", [answer_500, cut_the_line])
async def test_who_clicks_while_slack_is_away_is_told_so_and_what_is_done_is_done(
    stage: Stage, fault: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    bob = stage.person("bob")
    card = await raise_case(stage)
    await bob.click(card, "Details")
    fault(stage, ("views.open", "views.push", "views.update"))
    assert (await bob.click(card, "Return")).ok
    await whispered(stage, bob, "Slack didn't answer Baton just now. Please try again in a minute.")
    assert (await bob.click(bob.modal, "Claim")).ok
    await shows(stage, card, f"Owner: <@{bob.id}>")
    assert len(bob.ephemerals) == 1
    assert not any(one.exc_info for one in caplog.records)

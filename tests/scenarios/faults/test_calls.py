"""Baton calls Slack and it goes wrong: what is to be said is said later, once and in order, and people know what is done."""

import re
from contextlib import suppress

import pytest
from aiohttp import ClientTimeout
from slack_sdk.errors import SlackApiError

from sandbox.driver.places import Message
from tests.scenarios.escalating import ANSWERS, SUMMARY, TICKET, raise_case, shows, whispered
from tests.scenarios.outages.acting import after, escalate, pass_time
from tests.scenarios.stage import Stage

POST = "chat.postMessage"
NO_SLACK = "Slack didn't answer Baton just now. Please try again in a minute."

NO_ENTRY = "Slack no longer lets Baton in, so this can't be done now. Please tell whoever looks after Baton."


def cards(stage: Stage) -> list[Message]:
    return [one for one in stage.channel("billing-leads").messages if "Escalation #" in one.text]


def numbers_of(told: Message) -> str:
    """Which case a message to a person is about."""
    found = re.search(r"#\d+ \([^)]*\)", told.text)
    return found[0] if found else told.text


def be_impatient(stage: Stage) -> None:
    """Baton gives Slack less real time to answer, so that nobody waits for a call that never ends."""
    for client in (stage.baton.clients.sending, stage.baton.clients.answering):
        assert client.session is not None
        client.session._timeout = ClientTimeout(total=0.3)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("rate_limited", {"retry_after": 120}),
        ("drop_before", {}),
        ("drop_stored", {}),
        ("hang", {}),
        ("server_error", {}),
        ("slow", {"seconds": 0.05}),
        ("refuse_token", {}),
    ],
)
async def test_what_could_not_be_said_is_said_once_and_in_order(
    kind: str, fields: dict[str, object], stage: Stage
) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    be_impatient(stage)
    target = "*" if kind == "refuse_token" else POST
    # The form needs Slack too: it is open before the token is refused.
    await alice.slash("/escalate", channel="billing")
    form = await alice.fill(ANSWERS | {SUMMARY: "First", TICKET: "1"})
    fault = stage.slack.faults.start(kind, target, times=2, **fields)
    assert (await form.submit()).ok
    await pass_time(stage, lambda: fault.is_over, step=5)
    await pass_time(stage, lambda: len(cards(stage)) == 1 and len(alice.dm) == 1, step=20)
    await escalate(stage, "Second")
    await pass_time(stage, lambda: len(cards(stage)) == 2 and len(alice.dm) == 2, step=20)
    await pass_time(stage, lambda: all(len(one.thread) >= 2 for one in cards(stage)), step=20)
    await pass_time(stage, after(stage, minutes=2), step=30)  # whatever might come twice has come

    assert [one.text.splitlines()[0] for one in cards(stage)] == [
        "Escalation #1, High: First",
        "Escalation #2, High: Second",
    ]
    assert [numbers_of(one) for one in alice.dm] == ["#1 (First)", "#2 (Second)"]
    for card in cards(stage):
        calls = [one.text for one in card.thread]
        assert len(calls) == len(set(calls))
        assert [("needs an owner by" in one, "Still waiting" in one) for one in calls[:2]] == [
            *((True, False), (False, True)),
        ]
    await bob.click(cards(stage)[0], "Claim")
    await shows(stage, cards(stage)[0], f"Owner: <@{bob.id}>")
    assert fault.struck == 2


@pytest.mark.parametrize(
    "kind", ["rate_limited", "drop_before", "hang", "server_error", "refuse_token"]
)
async def test_who_waits_for_a_form_is_told_and_what_was_decided_stays(
    kind: str, stage: Stage
) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await raise_case(stage)
    be_impatient(stage)
    target = "*" if kind == "refuse_token" else "views.open"
    fault = stage.slack.faults.start(kind, target)
    await alice.slash("/escalate", channel="billing")
    sentence = NO_ENTRY if kind == "refuse_token" else NO_SLACK
    assert alice.answer == sentence
    assert not alice.modals
    assert (await bob.click(card, "Return")).ok
    await whispered(stage, bob, sentence)
    stage.slack.faults.stop(fault.id)
    await bob.click(card, "Return")
    assert bob.modals
    await alice.slash("/escalate", channel="billing")
    assert (await alice.fill(ANSWERS | {SUMMARY: "Again", TICKET: "2"}).submit()).ok
    await pass_time(stage, lambda: len(cards(stage)) == 2, step=60)


async def test_a_form_that_opened_although_slack_could_not_say_so_is_a_form(stage: Stage) -> None:
    alice = stage.person("alice")
    stage.slack.faults.start("drop_stored", "views.open", times=1)
    await alice.slash("/escalate", channel="billing")
    assert alice.answer == NO_SLACK
    assert (await alice.fill(ANSWERS).submit()).ok
    await stage.channel("billing-leads").wait_for(text=str(ANSWERS[SUMMARY]))


async def test_a_private_word_that_cannot_be_said_loses_nothing(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    card = await raise_case(stage)
    # The card keeps its button for a while.
    stage.slack.faults.start("rate_limited", "chat.update", times=1, retry_after=60)
    await bob.click(card, "Claim")
    for kind in ("drop_before", "rate_limited", "server_error"):
        stage.slack.faults.start(kind, "response_url", times=1)
        assert (await ben.click(card, "Claim")).ok
    assert ben.ephemerals == []
    await ben.click(card, "Claim")
    await whispered(stage, ben, f"<@{bob.id}>")
    await pass_time(stage, lambda: "Owner" in card.words, step=20)
    assert f"Owner: <@{bob.id}>" in card.words


async def test_a_burst_keeps_within_slack_s_own_limits_and_loses_nothing(stage: Stage) -> None:
    fault = stage.slack.faults.start("tiers")
    for n in range(1, 9):
        await escalate(stage, f"Case {n}")
    alice = stage.person("alice")
    await pass_time(stage, lambda: len(cards(stage)) == 8 and len(alice.dm) == 8, step=1)
    await pass_time(stage, after(stage, minutes=1), step=10)
    assert [one.text.split(": ")[1].splitlines()[0] for one in cards(stage)] == [
        f"Case {n}" for n in range(1, 9)
    ]
    assert [numbers_of(one) for one in alice.dm] == [f"#{n} (Case {n})" for n in range(1, 9)]
    assert fault.struck == 0, "Baton keeps to a message a second and channel by itself"


async def test_who_is_over_slack_s_limit_waits_as_long_as_slack_says(stage: Stage) -> None:
    bob = stage.person("bob")
    card = await raise_case(stage)
    fault = stage.slack.faults.start("tiers", "chat.update")
    for _ in range(50):  # somebody else uses up the minute
        with suppress(SlackApiError):
            await stage.baton.clients.sending.chat_update(channel=card.channel, ts="1", text="x")
    assert fault.struck == 0
    assert (await bob.click(card, "Claim")).ok
    await stage.slack.until(lambda: fault.struck == 1)
    assert "Owner" not in card.words
    await pass_time(stage, lambda: f"Owner: <@{bob.id}>" in card.words, step=10)
    assert fault.struck == 1
    assert len(cards(stage)) == 1


async def test_several_troubles_at_once(stage: Stage) -> None:
    alice = stage.person("alice")
    faults = stage.slack.faults
    for kind, times in (("drop_stored", 1), ("server_error", 2), ("rate_limited", 1)):
        faults.start(kind, POST, times)
    faults.start("drop_before", "conversations.history", times=1)
    faults.start("server_error", "conversations.open", times=1)
    await escalate(stage, "The only one")
    await pass_time(stage, lambda: len(cards(stage)) == 1 and len(alice.dm) == 1, step=10)
    await pass_time(stage, after(stage, minutes=3), step=30)
    assert len(cards(stage)) == len(alice.dm) == 1

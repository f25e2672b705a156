"""Stories of escalations, told through the workspace: what people click and type, and what each of them reads."""

import asyncio
from datetime import timedelta

import pytest

from tests.scenarios.conftest import EVERYWHERE
from tests.scenarios.escalating import (
    ANSWERS,
    NEED,
    SUMMARY,
    TICKET,
    raise_case,
    shows,
    told,
    whispered,
)
from tests.scenarios.stage import Stage

EVERY_WAY = pytest.mark.parametrize("stage", EVERYWHERE, indirect=True, ids="-".join)


@EVERY_WAY
async def test_a_case_from_the_form_to_its_end(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await raise_case(stage)
    assert "Waiting for an owner · claim by" in card.text
    assert card.buttons == ["Claim", "Assign", "Return", "Details"]
    await told(stage, alice, f"is with the leads of Billing: <@U0BEN>, <@{bob.id}>")

    await bob.click(card, "Claim")
    await shows(stage, card, f"Owner: <@{bob.id}> since")
    at_work = ["Resolve", "Update", "Wait", "Hand over", "Return", "Details"]
    assert card.buttons == at_work
    await told(stage, alice, f"<@{bob.id}> has taken your escalation #1")

    await bob.click(card, "Resolve")
    answers: dict[str, object] = {
        "What was the cause?": "The bank was slow",
        "What was decided?": "Refund",
        "Amount": "25.50",
        "Currency": "EUR",
        "Could it have been solved without us?": "Yes, with a permission that can be given",
    }
    assert (await bob.fill(answers).submit()).ok
    assert not bob.modals
    await shows(stage, card, f"Resolved by <@{bob.id}>: Refund, €25.50")
    await told(stage, alice, "Decision: Refund, €25.50. Cause: The bank was slow")
    assert len(stage.channel("billing-leads").messages) <= 2, "the card is one message"


async def test_what_is_missing_is_asked_for_and_added(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await raise_case(stage)
    await bob.click(card, "Return")
    await bob.fill(
        {
            "Why does it go back?": "Some information is missing",
            "What should they know or add?": "Which bank?",
        }
    ).submit()
    await shows(stage, card, f"Returned to <@{alice.id}>: Some information is missing")
    asked = await told(stage, alice, "Which bank?")

    await alice.click(asked, "Add what is missing")
    assert alice.modal.value_of(SUMMARY) == "Refund not received"
    await alice.fill({"What was tried so far?": "Payment log; it is the Volksbank"}).submit()
    await shows(stage, card, "Waiting for an owner")
    added = f"<@{alice.id}> has added what was missing to #1."
    await stage.slack.until(lambda: any(added in one.text for one in card.thread))

    await bob.click(card, "Details")
    assert "Looked at the payment log → Payment log; it is the Volksbank" in bob.modal.text


async def test_a_settled_case_is_withdrawn_and_reopened(stage: Stage) -> None:
    alice = stage.person("alice")
    card = await raise_case(stage)
    await alice.click(await told(stage, alice, "is with the leads"), "Withdraw")
    await shows(stage, card, f"Withdrawn by <@{alice.id}>")
    await alice.click(await told(stage, alice, "is withdrawn"), "Reopen")
    await alice.fill({"What is still open?": "The refund bounced"}).submit()
    await shows(stage, card, "Waiting for an owner")
    await told(stage, alice, "is with the leads again")


async def test_a_form_with_wrong_fields_stays_open_with_everything_typed(stage: Stage) -> None:
    alice = stage.person("alice")
    await alice.slash("/escalate", channel="billing")
    yesterday = stage.clock.now() - timedelta(days=1)
    result = await alice.fill(ANSWERS | {SUMMARY: "Help", "By when?": yesterday}).submit()
    assert not result.ok
    assert alice.modal.errors == {
        SUMMARY: "Say in one line what is wrong, in a few words at least.",
        "By when?": "That time has passed. Choose one that is still to come, or leave it empty.",
    }
    assert alice.modal.value_of(SUMMARY) == "Help"
    assert alice.modal.value_of("What was tried so far?") == "Looked at the payment log"


async def test_the_same_ticket_is_noticed_beside_it_and_can_be_overruled(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await raise_case(stage)
    await bob.click(card, "Claim")
    await alice.slash("/escalate", channel="billing")
    await alice.fill(ANSWERS | {SUMMARY: "Now charged twice"}).submit()
    assert f"<@{bob.id}> has it, so ask there first." in alice.modal.text
    assert alice.modal.value_of(SUMMARY) == "Now charged twice"
    assert alice.modal.value_of(NEED) == "A decision"
    await alice.fill({"Same ticket": ["It is another matter: escalate it too"]}).submit()
    assert not alice.modals
    await stage.channel("billing-leads").wait_for(text="Now charged twice")


@EVERY_WAY
async def test_ten_click_claim_at_once(stage: Stage) -> None:
    leads = [stage.person(name) for name in ("bob", "ben", "mara")]
    card = await raise_case(stage)
    clicks = [lead.click(card, "Claim") for lead in (leads * 4)[:10]]
    assert all(one.ok for one in await asyncio.gather(*clicks))
    await shows(stage, card, "Owner:")
    [owner] = [one for one in leads if f"Owner: <@{one.id}>" in card.text]
    others = [one for one in leads if one is not owner]
    said = [one.text for lead in leads for one in lead.ephemerals]
    assert len(said) == 9
    for other in others:
        assert all(
            f"<@{owner.id}> claimed #1 a moment before you" in one.text for one in other.ephemerals
        )
    assert all("You already have #1" in one.text for one in owner.ephemerals)


async def test_a_click_on_an_old_card_is_answered_privately_and_the_card_is_mended(
    stage: Stage,
) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    card = await raise_case(stage)
    drawing = asyncio.Event()

    async def hold(_: object) -> None:
        await drawing.wait()

    stage.slack.faults.on("chat.update", do=hold)
    await bob.click(card, "Claim")
    assert "Claim" in card.buttons, "Slack has not drawn it yet"
    await ben.click(card, "Claim")
    await whispered(stage, ben, f"<@{bob.id}> claimed #1 a moment before you")
    drawing.set()
    await shows(stage, card, f"Owner: <@{bob.id}>")
    assert "Claim" not in card.buttons


async def test_somebody_of_another_team_is_refused_kindly(stage: Stage) -> None:
    charlie = stage.person("charlie")
    card = await raise_case(stage)
    await stage.person("bob").invites("billing-leads", charlie)
    await charlie.click(card, "Claim")
    await whispered(stage, charlie, "Only this team's leads and its manager can claim.")
    await charlie.click(card, "Details")
    await whispered(stage, charlie, "There is no escalation #1, or it isn't yours to see.")
    assert not charlie.modals
    assert "Waiting for an owner" in card.text


async def test_a_message_becomes_a_case_and_keeps_its_permalink(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    message = await bob.says("billing", "Jo Doe waits for the refund of #48213\nand is angry")
    assert (await alice.shortcut("Escalate this", message)).ok
    assert alice.modal.value_of(SUMMARY) == "Jo Doe waits for the refund of #48213"
    assert alice.modal.value_of(TICKET) == "#48213"
    more = {label: answer for label, answer in ANSWERS.items() if label not in {SUMMARY, TICKET}}
    await alice.fill(more).submit()
    card = await stage.channel("billing-leads").wait_for(text="Jo Doe waits")
    assert "|where it came up>" in card.text
    assert message.ts.replace(".", "") in card.text


async def test_the_words_of_the_command(stage: Stage) -> None:
    alice, bob, dan = (stage.person(name) for name in ("alice", "bob", "dan"))
    assert "`/escalate mine`" in (await alice.slash("/escalate", "help")).text
    usage = (await alice.slash("/escalate", "teh list")).text
    assert usage.startswith("I don't know “teh list”.")
    assert "Nothing is open" in (await bob.slash("/escalate", "list")).text
    await raise_case(stage)
    for person, words in ((bob, "list"), (alice, "LIST"), (alice, "mine")):
        answer = (await person.slash("/escalate", words)).text
        assert "*#1* High · Refund not received" in answer
    assert "no open case" in (await bob.slash("/escalate", "mine")).text
    await bob.slash("/escalate", "#1")
    assert bob.modal.title == "Escalation #1"
    hidden = (await dan.slash("/escalate", "1")).text
    missing = (await dan.slash("/escalate", "2")).text
    assert hidden.replace("#1", "#2") == missing


async def test_the_clock_warns_and_then_calls(stage: Stage) -> None:
    bob, ben, mara = (stage.person(name) for name in ("bob", "ben", "mara"))
    card = await raise_case(stage)
    await stage.slack.clock.forward(minutes=23)
    called, warned = card.thread
    assert f"<@{ben.id}> <@{bob.id}> #1 (Refund not received) needs an owner by" in called.text
    assert f"<@{ben.id}> <@{bob.id}> Still waiting for an owner: #1" in warned.text
    await stage.slack.clock.forward(minutes=8)
    assert len(card.thread) == 3
    assert f"<@{mara.id}> #1 (Refund not received) still needs an owner" in card.thread[2].text
    assert "Waiting for an owner since" in card.words
    assert "Level 2 was told" in card.words
    await bob.click(card, "Claim")
    await shows(stage, card, f"Owner: <@{bob.id}>")
    await stage.slack.clock.forward(minutes=50)
    assert len(card.thread) == 3


async def test_somebody_in_no_team_is_asked_which(stage: Stage) -> None:
    nemo = stage.person("nemo")
    await nemo.slash("/escalate")
    assert nemo.modal.value_of("Team") == "Billing"
    await nemo.fill({"Team": "Shipping", **ANSWERS}).submit()
    await stage.channel("shipping-leads").wait_for(text="Refund not received")
    await told(stage, nemo, "is with the leads of Shipping: <@U0CHARLIE>")


async def test_a_message_whose_link_cannot_be_had_still_becomes_a_case(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    message = await bob.says("billing", "Jo Doe waits for a refund")
    stage.slack.faults.drop("chat.getPermalink")
    assert (await alice.shortcut("Escalate this", message)).ok
    assert alice.modal.value_of(SUMMARY) == "Jo Doe waits for a refund"


async def test_another_team_brings_its_own_clocks_and_keeps_what_was_typed(stage: Stage) -> None:
    nemo = stage.person("nemo")
    await nemo.slash("/escalate")
    await nemo.fill({SUMMARY: "Parcel lost", NEED: "A decision"})
    await nemo.select(nemo.modal, "Team", "Shipping")
    await stage.slack.until(lambda: nemo.modal.value_of("Team") == "Shipping")
    assert nemo.modal.value_of(SUMMARY) == "Parcel lost"
    assert nemo.modal.value_of(NEED) == "A decision"


async def test_what_people_type_calls_nobody(stage: Stage) -> None:
    card = await raise_case(stage, **{"What was tried so far?": "<!channel> <@U0BOB> *now*"})
    assert "&lt;!channel&gt; &lt;@U0BOB&gt;" in card.text
    assert "<!channel>" not in card.words

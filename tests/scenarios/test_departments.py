"""Stories of cases that hang together: another department is asked, two are merged, one was with the wrong team."""

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.escalating import SUMMARY, TICKET, raise_case, shows, told
from tests.scenarios.stage import Stage

VERDICT: dict[str, object] = {
    "What was the cause?": "It lay in the depot",
    "What was decided?": "Explanation",
    "Could it have been solved without us?": "Yes, with practice",
}
QUESTION = "What do you need from them?"


async def from_details(person: Actor, card: Message, button: str) -> None:
    """Press a button of the details, which the card opens."""
    await person.click(card, "Details")
    await person.click(person.modal, button)


async def asked(stage: Stage) -> tuple[Message, Message]:
    """Bob owns Alice's case and asks Shipping; the two cards."""
    bob = stage.person("bob")
    first = await raise_case(stage)
    await bob.click(first, "Claim")
    await shows(stage, first, f"Owner: <@{bob.id}>")
    await from_details(bob, first, "Ask another department")
    assert bob.modal.value_of(SUMMARY) == "Refund not received"
    assert not (await bob.fill({"Which department?": "Shipping", QUESTION: "?"}).submit()).ok
    assert bob.modal.value_of("Which department?") == "Shipping"
    assert bob.modal.value_of(SUMMARY) == "Refund not received"
    answers: dict[str, object] = {QUESTION: "Where is parcel 77?", SUMMARY: "Parcel 77 never came"}
    assert (await bob.fill(answers).submit()).ok
    assert not bob.modals
    return first, await stage.channel("shipping-leads").wait_for(text="Parcel 77 never came")


async def test_another_department_is_asked_and_both_cards_agree(stage: Stage) -> None:
    bob, charlie = stage.person("bob"), stage.person("charlie")
    first, other = await asked(stage)
    assert f"Asked by Billing · #1 · owned by <@{bob.id}>" in other.words
    assert "Where is parcel 77?" in other.words
    await shows(stage, first, "Waits for Shipping · #2 · no owner yet")
    assert f"Owner: <@{bob.id}> · waits for another department" in first.words
    await told(stage, bob, f"is with the leads of Shipping: <@{charlie.id}>")

    await charlie.click(other, "Claim")
    await shows(stage, first, f"Waits for Shipping · #2 · owned by <@{charlie.id}>")
    await charlie.click(other, "Details")
    assert "*#1* Billing" in charlie.modal.text
    assert "48213" in charlie.modal.text, "what Bob sent them"
    assert (await charlie.slash("/escalate", "1")).text.startswith("There is no escalation #1")


async def test_an_answer_comes_back_to_who_asked(stage: Stage) -> None:
    alice, bob, charlie = (stage.person(name) for name in ("alice", "bob", "charlie"))
    first, other = await asked(stage)
    await charlie.click(other, "Claim")
    await shows(stage, other, f"Owner: <@{charlie.id}>")
    await charlie.click(other, "Resolve")
    assert (await charlie.fill(VERDICT | {"Did anyone make this easier?": ["dan"]}).submit()).ok
    await shows(stage, first, "Asked Shipping · #2 · resolved")
    assert f"Owner: <@{bob.id}>" in first.words
    assert "waits for another department" not in first.words
    answer = await told(stage, bob, "#1 (Refund not received) has its answer")
    assert "Cause: It lay in the depot" in answer.words
    assert len([one for one in bob.dm if "It lay in the depot" in one.words]) == 1
    await told(stage, alice, "The other department is done with #2")

    await bob.click(first, "Resolve")
    await bob.fill(VERDICT).submit()
    await shows(stage, other, "Asked by Billing · #1, which is closed")


async def test_the_same_matter_twice_is_merged_and_taken_apart_again(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    first = await raise_case(stage)
    second = await raise_case(stage, **{SUMMARY: "Charged twice", TICKET: "50001"})
    await from_details(bob, second, "Merge")
    assert not (await bob.fill({}).submit()).ok
    assert (await bob.fill({"As which case does it go on?": "#1 Refund not received"}).submit()).ok
    await shows(stage, second, "Goes on as #1")
    await shows(stage, first, f"<@{bob.id}> merged #2 into it")
    merged = await told(stage, alice, "goes on as #1")

    await alice.click(merged, "Open")
    await alice.click(alice.modal, "Reopen")
    await alice.fill({"What is still open?": "It is another matter"}).submit()
    await shows(stage, second, "Waiting for an owner")
    await shows(stage, first, f"<@{alice.id}> took #2 out of it again")


async def test_a_case_of_the_wrong_team_is_moved_by_its_reporter(stage: Stage) -> None:
    alice, bob, charlie = (stage.person(name) for name in ("alice", "bob", "charlie"))
    card = await raise_case(stage)
    await bob.click(card, "Return")
    await bob.fill(
        {
            "Why does it go back?": "Another team can help better",
            "What should they know or add?": "Shipping knows where it is",
            "Which field of the form would have told it?": "Category",
        }
    ).submit()
    await alice.click(
        await told(stage, alice, "has returned your escalation"), "Move to another team"
    )
    answers: dict[str, object] = {
        "To which team?": "Shipping",
        "Why is it theirs?": "The parcel is lost",
    }
    assert (await alice.fill(answers).submit()).ok
    there = await stage.channel("shipping-leads").wait_for(text="Refund not received")
    await shows(stage, card, "#1 is with Shipping now.")
    assert card.buttons == []
    assert "Jo Doe" not in card.words
    await told(stage, alice, f"Its leads there now: <@{charlie.id}>.")
    await charlie.click(there, "Claim")
    await shows(stage, there, f"Owner: <@{charlie.id}>")
    assert "Owner" not in card.words

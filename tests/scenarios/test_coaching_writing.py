"""A story of a lead who coaches from a message: the form, another kind with the text kept, the draft, and sharing it."""

from datetime import timedelta

from sandbox.driver.people import Actor
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage

SAID = "I told the customer that the refund takes five days, and they thanked me."


async def test_a_message_becomes_a_note_that_its_author_reads(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    message = await alice.says("billing", SAID)
    await bob.shortcut("Coach from this", message)
    assert bob.modal.value_of("About whom?") == alice.id
    assert SAID in str(bob.modal.value_of("Situation"))
    assert "/archives/" in str(bob.modal.value_of("What is it about?"))

    await another_kind_keeps_what_was_typed(bob)
    await what_is_wrong_keeps_the_form_open(stage, bob)
    assert "Draft" in bob.modal.title
    assert SAID in bob.modal.text
    assert f"Only <@{bob.id}> can read this until it is shared" in bob.modal.text
    await bob.click(bob.modal, "Share")
    assert "Shared with" in bob.modal.text
    heard = await told(stage, alice, "coaching note")
    assert SAID not in heard.words
    assert "Say the day" not in heard.words


async def another_kind_keeps_what_was_typed(bob: Actor) -> None:
    await bob.fill({"Behaviour": "You said how long it takes"})
    await bob.select(bob.modal, "What kind of note?", "One-to-one")
    assert SAID in str(bob.modal.value_of("How it is now"))
    assert bob.modal.value_of("Behaviour") == "You said how long it takes"
    await bob.select(bob.modal, "What kind of note?", "Praise")
    assert SAID in str(bob.modal.value_of("Situation"))


async def what_is_wrong_keeps_the_form_open(stage: Stage, bob: Actor) -> None:
    due = stage.clock.now().date() + timedelta(days=7)
    bad: dict[str, object] = {
        "Impact": "They did not call again",
        "What the agent will do": "Say the day by which it is there",
        "Who may read it?": "The agent, once you share it",
    }
    assert not (await bob.fill(bad).submit()).ok
    assert SAID in str(bob.modal.value_of("Situation"))
    assert (await bob.fill({"By when?": due}).submit()).ok

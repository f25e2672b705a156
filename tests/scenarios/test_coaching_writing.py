"""A story of a lead who coaches from a message: the form, another kind with the text kept, the draft, and sharing it."""

from datetime import timedelta

from bot.services.coaching import opening, writing
from sandbox.driver.people import Actor
from storage import people
from tests import cast
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage, choose_for

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


async def test_a_private_draft_is_changed_elsewhere_edited_and_thrown_away(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    assert "not among those whom you lead" in (await bob.slash("/coach", "@dan")).text
    assert "Only leads and managers" in (await alice.slash("/coach", "@alice")).text
    await bob.slash("/coach", "@alice praise")
    assert bob.modal.value_of("What kind of note?") == "Praise"
    only_me = "Only me: nobody else, ever, not even in an export"
    await bob.fill({"Situation": "Monday", "Who may read it?": only_me}).submit()
    assert "Share" not in bob.modal.buttons
    assert "This note is private" in bob.modal.text

    await bob.slash("/coach", "drafts")
    await bob.click(bob.modal, "Open")
    await bob.click(bob.modal, "Edit")
    form = bob.modal
    await changed_elsewhere(stage)
    await form.fill({"Behaviour": "You listened"}).submit()
    assert "changed meanwhile" in bob.modal.text
    assert form.value_of("Behaviour") == "You listened"

    await bob.slash("/coach", "drafts")
    await bob.click(bob.modal, "Open")
    await bob.click(bob.modal, "Discard")
    assert "The draft is gone" in bob.modal.text
    await bob.modal.close()
    assert "You have no drafts" in bob.modal.text
    assert alice.dm == []


async def changed_elsewhere(stage: Stage) -> None:
    """As from Bob's phone."""
    db, now = stage.baton.db, stage.clock.now()
    async with db.read(cast.WORKSPACE) as tx:
        bob = await people.get(tx, stage.person("bob").id)
    [note] = await writing.list_drafts(db, bob)
    _seen, draft = await opening.open_draft(db, bob, note.id, now=now)
    await writing.save_again(db, bob, note.id, draft, version=1, key="phone", now=now)


async def test_a_team_chooses_its_skills_and_whom_it_reports_to(stage: Stage) -> None:
    ada, bob = stage.person("ada"), stage.person("bob")
    await bob.slash("/baton")
    await choose_for(bob, "Coaching")
    skills = "Skills that notes are about"
    assert "Listening" in str(bob.modal.value_of(skills))
    assert not (await bob.fill({skills: "x" * 41}).submit()).ok
    assert (await bob.fill({skills: "Refunds\nChargebacks"}).submit()).ok
    await bob.slash("/coach", "@alice")
    await bob.fill({"Which skill?": "Chargebacks"})

    await ada.slash("/baton", "teams billing")
    await choose_for(ada, "Edit")
    assert (await ada.fill({"Reports to": "Shipping"}).submit()).ok
    await ada.slash("/baton", "teams shipping")
    await choose_for(ada, "Edit", "Shipping")
    assert not (await ada.fill({"Reports to": "Billing"}).submit()).ok
    assert "goes round in a circle" in ada.modal.errors["Reports to"]

"""A story through time: promised, reminded of the day before, overdue, in the inbox, carried over, done; then found again."""

from datetime import date, timedelta

from sandbox.driver.people import Actor
from tests.scenarios.escalating import told, whispered
from tests.scenarios.stage import Stage

WORDS = "Say the day by which the refund is there"
COME_BACK = "When do you want to come back to it?"
PROMISE = "What the agent will do"
DRAFT: dict[str, object] = {
    "Situation": "Monday's call",
    "Behaviour": "You said back what you understood",
    "Impact": "They did not call again",
    "Who may read it?": "The agent, once you share it",
}


def after(stage: Stage, days: int) -> date:
    return stage.clock.now().date() + timedelta(days=days)


async def shares(stage: Stage, bob: Actor, alice: Actor) -> None:
    """On a Monday: due on Thursday, to be followed up on Friday."""
    await bob.slash("/coach", "@alice praise")
    promised = {PROMISE: WORDS, "By when?": after(stage, 3), COME_BACK: after(stage, 4)}
    assert (await bob.fill(DRAFT | promised).submit()).ok
    await bob.click(bob.modal, "Share")
    await told(stage, alice, "has shared a coaching note with you")


async def test_a_commitment_is_reminded_of_overdue_carried_over_and_done(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await shares(stage, bob, alice)
    await stage.slack.clock.forward(days=1, hours=19)
    assert not [one for one in alice.dm if "is due on" in one.words]
    await stage.slack.clock.forward(hours=1)
    await told(stage, alice, "A commitment of your coaching is due on 5 Mar 2026.")
    await stage.slack.clock.forward(days=2)
    await told(stage, alice, "was due on 5 Mar 2026")
    await writes_the_next_note(stage, bob, alice)

    await alice.slash("/coach")
    assert "due on 13 Mar 2026" in alice.modal.text
    await alice.click(alice.modal, "Done")
    assert WORDS not in alice.modal.text
    await told(stage, bob, f"<@{alice.id}> has marked a commitment of your coaching as done.")
    for person in (alice, bob):
        assert not [one for one in person.dm if WORDS in str(one.raw)]
    await finds_them_again(alice, bob)


async def writes_the_next_note(stage: Stage, bob: Actor, alice: Actor) -> None:
    """From the word about the follow-up; what was promised goes on in it."""
    wanted = f"You wanted to come back to your coaching with <@{alice.id}>"
    follow_up = await told(stage, bob, wanted)
    await bob.slash("/coach")
    for words in ("Promised to you, and overdue", WORDS, "To follow up", "Shared two days ago"):
        assert words in bob.modal.text
    await bob.click(follow_up, "Write the note")
    await bob.select(bob.modal, "What kind of note?", "Praise")
    carried = {f"The agent: {WORDS}": after(stage, 7)}
    assert (await bob.fill(DRAFT | carried).submit()).ok
    await bob.click(bob.modal, "Share")
    await bob.slash("/coach")
    assert WORDS not in bob.modal.text
    assert "To follow up" not in bob.modal.text
    await bob.click(follow_up, "Done")
    await whispered(stage, bob, "followed up already")


async def finds_them_again(alice: Actor, bob: Actor) -> None:
    await bob.slash("/coach", "search understood")
    assert bob.modal.buttons.count("Read the note") == 2
    await bob.fill({"Person": "ben"}).submit()
    assert "Nothing found." in bob.modal.text
    assert not (
        await bob.fill({"When": "From one day to another", "Last day": "2026-03-02"}).submit()
    ).ok
    assert bob.modal.errors == {"First day": "Choose the first day."}
    await alice.slash("/coach")
    await alice.click(alice.modal, "Search")
    await alice.fill({"State": "Shared"}).submit()
    await alice.click(alice.modal, "Read the note")
    assert "Coaching note" in alice.modal.title
    assert WORDS in alice.modal.text

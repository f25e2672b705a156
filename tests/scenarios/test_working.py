"""Stories of a case that is worked on: forgotten and claimed anew, waiting, escalated further, followed, noted, rated."""

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.escalating import raise_case, shows, told, whispered
from tests.scenarios.stage import Stage

CAUSE: dict[str, object] = {
    "What was the cause?": "The bank was slow",
    "What was decided?": "Explanation",
    "Could it have been solved without us?": "No, it had to be escalated",
}


async def claimed(stage: Stage) -> Message:
    """Alice's case, which Bob has."""
    bob = stage.person("bob")
    card = await raise_case(stage)
    await bob.click(card, "Claim")
    await shows(stage, card, f"Owner: <@{bob.id}>")
    return card


def latest(person: Actor, words: str) -> Message:
    return [one for one in person.dm if words in one.text][-1]


async def test_claimed_and_forgotten_it_falls_and_is_claimed_anew(stage: Stage) -> None:
    alice, bob, ben = (stage.person(name) for name in ("alice", "bob", "ben"))
    card = await claimed(stage)
    await stage.slack.clock.forward(minutes=46)
    assert "Two lines are enough" in bob.dm[-1].text
    await stage.slack.clock.forward(minutes=15)
    asked = latest(bob, "Are you still on #1")
    assert asked.buttons == ["Give an update", "Still on it", "I can't go on", "Open"]
    assert any(f"<@{bob.id}> has been asked" in one.text for one in card.thread)

    await bob.click(asked, "Still on it")
    await whispered(stage, bob, "Thank you. The next word on #1 is due")
    await stage.slack.clock.forward(minutes=61)
    await stage.slack.clock.forward(hours=1)
    assert "No answer came, so #1 (Refund not received) needs an owner again." in bob.dm[-1].text
    assert "did not answer, so it needs an owner again" in latest(alice, "did not answer").text
    assert any("needs an owner again" in one.text for one in card.thread)
    assert "Waiting for an owner" in card.words
    assert sum("needs an owner by" in one.text for one in card.thread) == 2, (
        "the policy begins anew"
    )

    await ben.click(card, "Claim")
    await shows(stage, card, f"Owner: <@{ben.id}>")
    await bob.click(asked, "Still on it")
    await whispered(stage, bob, "Only its owner can say this.")


async def test_it_waits_and_wakes(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await claimed(stage)
    await bob.click(card, "Wait")
    assert not (await bob.fill({"What are you waiting for?": "The receipt"}).submit()).ok
    assert set(bob.modal.errors) == {"For whom does it wait?"}
    assert not (await bob.fill({"For whom does it wait?": "the customer"}).submit()).ok
    assert bob.modal.errors == {"Or at another time": "Choose when to come back to it."}
    assert bob.modal.value_of("What are you waiting for?") == "The receipt"
    await bob.fill({"Until when?": "In 60 minutes"}).submit()
    await shows(stage, card, f"Owner: <@{bob.id}> · waits for the customer until")
    assert "The receipt" in card.words
    assert card.buttons[0] == "Go on"
    await told(stage, alice, "lets it wait for the customer until")

    await stage.slack.clock.forward(minutes=61)
    woken = latest(bob, "has waited long enough")
    assert woken.buttons == ["Give an update", "Wait longer", "Open"]
    await bob.click(woken, "Wait longer")
    third: dict[str, object] = {
        "For whom does it wait?": "a third party",
        "What are you waiting for?": "The bank",
        "Until when?": "Tomorrow morning",
    }
    await bob.fill(third).submit()
    await shows(stage, card, "waits for a third party until")
    await bob.click(card, "Go on")
    await shows(stage, card, "next word by")


async def test_an_update_reaches_the_reporter_and_reminds_its_author(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await claimed(stage)
    await bob.click(card, "Update")
    word: dict[str, object] = {
        "How it stands": "The receipt is there",
        "What is being done": "I call the bank",
        "Remind me": "In 15 minutes",
    }
    assert (await bob.fill(word).submit()).ok
    await shows(stage, card, "*How it stands:* The receipt is there")
    await told(stage, alice, "*What is being done:* I call the bank")
    await stage.slack.clock.forward(minutes=16)
    assert "You wanted to be reminded of #1" in bob.dm[-1].text


async def test_it_is_escalated_further_and_handed_over(stage: Stage) -> None:
    alice, bob, ben, mara = (stage.person(name) for name in ("alice", "bob", "ben", "mara"))
    card = await claimed(stage)
    for _level in range(2):
        await bob.select(card, "More…", "Escalate further")
        await bob.fill({"What is needed, and why now?": "5,000 € are at stake"}).submit()
    await stage.slack.until(
        lambda: any(f"<@{mara.id}>" in one.text for one in card.thread), saying="Mara is called"
    )
    assert "Why: 5,000 € are at stake" in card.thread[-1].text
    await shows(stage, card, "level 2 was told")

    await bob.click(card, "Hand over")
    assert bob.modal.title == "Hand over"  # the owner offers it, until somebody accepts
    await bob.modal.close()
    await mara.click(card, "Hand over")
    result = await mara.fill({"Who takes it?": alice}).submit()
    assert not result.ok
    assert f"<@{alice.id}> can't own this case" in mara.modal.errors["Who takes it?"]
    await mara.fill({"Who takes it?": ben, "What should they know?": "They call at 3"}).submit()
    await shows(stage, card, f"Owner: <@{ben.id}>")
    yours = await told(stage, ben, "has handed #1 (Refund not received) over to you.")
    assert yours.buttons == ["Open", "Give an update", "I can't go on"]
    await told(stage, alice, f"<@{mara.id}> made <@{ben.id}> its owner")
    await ben.click(yours, "I can't go on")
    await ben.fill({"Why, and what should the next one know?": "I leave at 3"}).submit()
    await shows(stage, card, "Waiting for an owner")
    assert "can't go on with it" in card.words


async def test_somebody_of_another_team_follows_and_stops(stage: Stage) -> None:
    bob, charlie = stage.person("bob"), stage.person("charlie")
    card = await claimed(stage)
    await bob.select(card, "More…", "Who follows it")
    await bob.fill({"Who hears of every change?": [charlie]}).submit()
    asked = await told(stage, charlie, f"<@{bob.id}> would like you to follow #1")
    await shows(stage, card, f"*Followed by*\n<@{charlie.id}>")
    await charlie.click(asked, "Open")
    assert "Refund not received" in charlie.modal.text
    await charlie.modal.close()
    await charlie.click(asked, "Stop following")
    await whispered(stage, charlie, "You no longer follow #1.")
    await charlie.click(asked, "Open")
    await whispered(stage, charlie, "There is no escalation #1, or it isn't yours to see.")


async def test_what_is_said_in_the_thread_is_kept_in_the_timeline(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    card = await claimed(stage)
    said = await ben.says("billing-leads", "The bank has paid", thread=card)
    await bob.shortcut("Add to timeline", said)
    await whispered(stage, bob, "It is in the timeline of #1 now.")
    await shows(stage, card, f"<@{bob.id}> kept what <@{ben.id}> said: The bank has paid")
    await bob.click(card, "Details")
    assert "|the message>" in bob.modal.text
    await bob.shortcut("Add to timeline", said)
    await whispered(stage, bob, "is in the timeline of #1 already")
    other = await ben.says("billing", "Lunch?")
    await bob.shortcut("Add to timeline", other)
    await whispered(stage, bob, "This message belongs to no case.")
    await bob.modal.close()
    await bob.select(card, "More…", "Add to the timeline")
    await bob.fill({"What should be kept?": "Jo calls back"}).submit()
    await shows(stage, card, "noted: Jo calls back")


async def test_the_reporter_says_whether_it_helped_and_may_change_their_mind(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    card = await claimed(stage)
    await bob.click(card, "Resolve")
    assert (await bob.fill(CAUSE).submit()).ok
    done = await told(stage, alice, "Did it help?")
    await alice.click(done, "No")
    await whispered(stage, alice, "Noted for #1: It did not help.")
    await alice.click(done, "Yes")
    await whispered(stage, alice, "Noted for #1: It helped.")
    assert "help" not in card.words
    await bob.click(card, "Details")
    assert "said of the help: It helped" in bob.modal.text


async def test_more_urgent_than_it_was_and_the_clocks_follow(stage: Stage) -> None:
    ben = stage.person("ben")
    card = await raise_case(stage)
    await ben.select(card, "More…", "Change how urgent it is")
    critical = "Critical · an owner within 10 minutes"
    assert not (await ben.fill({"How urgent is it?": critical}).submit()).ok
    await ben.fill({"Why?": "They go to the press"}).submit()
    await shows(stage, card, "changed how urgent it is: High → Critical: They go to the press")
    await stage.slack.clock.forward(minutes=8)
    assert any("Still waiting for an owner" in one.text for one in card.thread)

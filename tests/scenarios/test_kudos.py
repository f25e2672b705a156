"""Stories of thanks: from a command into the team's channel and back again, by the form, by a reaction, after a case."""

from collections.abc import Awaitable, Callable

from bot.people import Person
from bot.services.kudos import looking
from tests import cast
from tests.scenarios.escalating import raise_case, shows, told, whispered
from tests.scenarios.stage import Stage

REASON = "stayed an hour longer for the angry caller from Porto"


async def test_thanks_by_a_command_are_read_by_the_team_and_taken_back(stage: Stage) -> None:
    alice, ben, bob = (stage.person(name) for name in ("alice", "ben", "bob"))
    billing = stage.channel("billing")
    await alice.slash("/kudos", "@ben thx", channel="billing")
    assert "3 words and 15 characters at least" in alice.answer
    assert "`/kudos @ben thx`" in alice.answer
    assert not any("thanks" in one.words for one in billing.messages)

    await alice.slash("/kudos", f"@ben, @bob {REASON} & more", channel="billing")
    await whispered(stage, alice, "You are about to thank")
    offer = next(one for one in alice.ephemerals if "For which value?" in one.words)
    await alice.click(offer, "Teamwork")
    card = await billing.wait_for(text=f"<@{alice.id}> thanks <@{ben.id}>, <@{bob.id}>")
    assert "Porto &amp; more" in card.words
    word = await told(stage, ben, f"<@{alice.id}> thanks you")
    await told(stage, bob, "thanks you")
    mine = await told(stage, alice, "You thanked")
    await shows(stage, offer, "You can take it back for ten minutes.")
    assert offer.buttons == ["Undo"]

    await alice.click(mine, "Undo")
    await shows(stage, card, "These thanks were taken back.")
    await shows(stage, word, "has taken these thanks back")
    assert "Porto" not in card.words + word.words + mine.words
    await by_form_in_private(stage)


async def by_form_in_private(stage: Stage) -> None:
    """Bad input keeps the form open; what is private reaches nobody else; ten minutes later it stays."""
    alice, ben = stage.person("alice"), stage.person("ben")
    await alice.slash("/kudos", "mine")
    await alice.click(alice.modal, "Thank somebody")
    await alice.fill({"Whom": ["alice"], "What for": "thx"})
    assert not (await alice.fill({"Which value of Billing": "Kindness"}).submit()).ok
    assert set(alice.modal.errors) == {"Whom", "What for"}
    assert alice.modal.value_of("What for") == "thx"
    answers: dict[str, object] = {
        "Whom": ["ben"],
        "What for": "Told me first, and kindly, what went wrong",
        "Who reads it": "In private: only they read it",
    }
    assert "You can thank 5 more people today." in alice.modals[0].text
    assert (await alice.fill(answers).submit()).ok
    assert "You can thank 4 more people today." in alice.modal.text
    await told(stage, ben, "thanks you, in private")
    for room in ("billing", "billing-leads", "general"):
        assert not any("kindly" in one.words for one in stage.channel(room).messages)
    mine = await told(stage, alice, "nobody else reads it")
    await stage.slack.clock.forward(minutes=11)
    await stage.slack.until(lambda: "Undo" not in mine.buttons, saying="no way back")


async def test_a_reaction_is_thanks_without_a_word(stage: Stage) -> None:
    alice, ben = stage.person("alice"), stage.person("ben")
    message = await ben.says("billing", "The printer is back")
    await alice.reacts(message, "eyes")
    await alice.reacts(message, "tada")
    await given_is(stage, 1)
    await alice.reacts(message, "tada", on=False)
    await given_is(stage, 0)
    await alice.reacts(message, "tada")
    await ben.reacts(message, "tada")
    await given_is(stage, 1)
    await ben.slash("/kudos", "mine")
    assert f"<@{alice.id}>" in ben.modal.text
    assert "with a reaction" in ben.modal.text
    assert not any("thanks" in one.words for one in stage.channel("billing").messages)
    assert not any("thanks" in one.words for one in ben.dm)


async def given_is(stage: Stage, count: int) -> None:
    """As Alice sees it herself, once the event has come."""
    db, now = stage.baton.db, stage.clock.now()
    alice = Person(cast.WORKSPACE, stage.person("alice").id)

    async def given() -> bool:
        return len((await looking.mine(db, alice, now=now)).gave) == count

    is_so: Callable[[], bool | Awaitable[bool]] = given
    await stage.slack.until(is_so, saying=f"{count} given")


async def test_who_resolves_a_case_thanks_whoever_made_it_easier(stage: Stage) -> None:
    alice, bob, ben = (stage.person(name) for name in ("alice", "bob", "ben"))
    card = await raise_case(stage)
    await bob.click(card, "Claim")
    await stage.slack.until(lambda: "Resolve" in card.buttons, saying="it is his")
    await bob.click(card, "Resolve")
    verdict: dict[str, object] = {
        "What was the cause?": "The bank was slow",
        "What was decided?": "Explanation",
        "Could it have been solved without us?": "Yes, with practice",
        "Did anyone make this easier?": ["ben"],
    }
    assert (await bob.fill(verdict).submit()).ok
    asked = await told(stage, bob, f"said who made it easier: <@{ben.id}>")
    await bob.click(asked, "Thank them")
    assert bob.modal.value_of("Whom") == [ben.id]
    answers: dict[str, object] = {
        "What for": "Called the bank twice, and kept the customer calm",
        "Which value of Billing": "Ownership",
    }
    assert (await bob.fill(answers).submit()).ok
    thanks = await stage.channel("billing").wait_for(text=f"<@{bob.id}> thanks <@{ben.id}>")
    assert "Ownership" in thanks.words
    await told(stage, ben, "Called the bank twice")
    await bob.click(asked, "Thank them")
    await whispered(stage, bob, "There is nobody left to thank here")
    assert not any("thank" in one.words for one in alice.dm)

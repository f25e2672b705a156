"""Stories of handovers: at the end of a shift, case by case, with each refusal, and when somebody does not answer."""

from datetime import time

from bot.people import Role
from bot.rules.shifts.drafts import PatternDraft
from bot.services import shifts, teams
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import teams as stored
from tests import cast
from tests.scenarios.escalating import SUMMARY, TICKET, raise_case, shows, told
from tests.scenarios.stage import Stage

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Refund not received", "Parcel lost")
TO = "Who takes over?"
WHY = "Why can't you take it?"


async def team_id(stage: Stage) -> str:
    async with stage.baton.db.read(cast.WORKSPACE) as tx:
        found = await stored.find_by_name(tx, "Billing")
    assert found
    return found.id


async def works(stage: Stage, name: str, start: int, end: int) -> None:
    """Every day, by the clock of Berlin, where it is 13:00."""
    draft = PatternDraft(EVERY_DAY, time(start), time(end), (stage.person(name).id,), name)
    now = stage.clock.now()
    db, billing = stage.baton.db, await team_id(stage)
    await shifts.add_pattern(db, cast.ADA, billing, draft, key=f"shift:{name}", now=now)


async def bob_holds(stage: Stage, *names: str) -> list[Message]:
    cards = []
    for number, name in enumerate(names):
        card = await raise_case(stage, **{SUMMARY: name, TICKET: f"T{number}"})
        await stage.person("bob").click(card, "Claim")
        cards.append(card)
    return cards


async def bob_offers(stage: Stage, to: str, **answers: object) -> tuple[Message, Message]:
    """The message of each side."""
    bob = stage.person("bob")
    assert (await bob.slash("/handover")).ok
    assert (await bob.fill({TO: to} | answers).submit()).ok
    theirs = await told(stage, stage.person(to), "would like to hand")
    return await told(stage, bob, "You offered"), theirs


async def declines(person: Actor, message: Message, why: str) -> None:
    await person.click(message, "Decline")
    assert (await person.fill({WHY: why}).submit()).ok


async def test_a_shift_ends_and_its_cases_are_handed_over_one_by_one(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await works(stage, "bob", 5, 14)
    await works(stage, "ben", 13, 22)
    first, second = await bob_holds(stage, *NAMES)
    await stage.slack.clock.forward(minutes=46)
    reminder = await told(stage, bob, "and you hold 2 open cases.")

    await bob.click(reminder, "Hand over")
    assert bob.modal.value_of(TO) == ben.id
    assert "The next lead on shift is <@U0BEN>, " in bob.modal.text
    await bob.fill(
        {"Next step": "Call <the> bank", "Waiting on": "Jo's receipt", "Note": "Busy day"}
    )
    assert (await bob.modal.submit()).ok
    theirs = await told(stage, ben, "<@U0BOB> would like to hand 2 cases over to you.")
    for words in ("Call &lt;the&gt; bank", "Jo's receipt", "Busy day", *NAMES):
        assert words in theirs.words
    mine = await told(stage, bob, "You offered 2 cases to <@U0BEN>.")
    assert "Owner: <@U0BOB>" in first.words  # until Ben says yes

    await ben.click(theirs, "Accept")
    await shows(stage, first, "Owner: <@U0BEN>")
    await shows(stage, mine, "<@U0BEN> has it now")
    await shows(stage, theirs, "You have it")
    await declines(ben, theirs, "I know nothing of parcels")
    await shows(stage, mine, "I know nothing of parcels. It stays with you.")
    assert (await told(stage, bob, "<@U0BEN> can't take this case")).thread_ts == mine.ts
    assert "Owner: <@U0BOB>" in second.words

    await had_to_ask(stage, ben, theirs)


async def had_to_ask(stage: Stage, ben: Actor, theirs: Message) -> None:
    """In the message; and in the history, where it is read by those who lead the team."""
    await ben.click(theirs, "Had to ask again")
    await shows(stage, theirs, "You had to ask again")
    await ben.slash("/handover", "history")
    assert "1 of 2 accepted, 1 declined" in ben.modal.text
    assert "had to ask again" in ben.modal.text
    assert ben.modal.buttons == ["My teams' handovers"]
    await ben.click(ben.modal, "My teams' handovers")
    assert "declined by <@U0BEN>: I know nothing" in ben.modal.text


async def test_the_form_refuses_by_name_and_keeps_what_was_typed(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    await bob.slash("/handover")
    assert "nothing to hand over" in bob.answer
    await bob.slash("/handover", "over there")
    assert "I don't know “over there”" in bob.answer
    await bob.slash("/handover", "help")
    assert "/handover history" in bob.answer
    await alice.slash("/handover", "history")
    assert "Only leads and managers" in alice.answer

    await bob_holds(stage, NAMES[0])
    await bob.slash("/handover")
    assert "No lead is on shift after you" in bob.modal.text
    await bob.fill({TO: "alice", "Next step": "Call the bank"}).submit()
    assert "alice can't own #1" in bob.modal.errors[TO]
    await bob.fill({TO: "bob"}).submit()
    assert "You hold these already" in bob.modal.errors[TO]
    assert bob.modal.value_of("Next step") == "Call the bank"
    assert (await bob.fill({TO: "ben"}).submit()).ok
    theirs = await told(stage, stage.person("ben"), "would like to hand a case over")
    mine = await told(stage, bob, "You offered a case")
    await bob.slash("/handover")
    assert "offered already" in bob.answer
    await bob.click(mine, "Take back")
    await shows(stage, theirs, "<@U0BOB> took it back")
    assert "Accept" not in theirs.buttons


async def test_after_a_quarter_of_an_hour_the_lead_on_shift_is_asked(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await works(stage, "ben", 9, 22)
    cards = await bob_holds(stage, *NAMES)
    mine, maras = await bob_offers(stage, "mara")
    await stage.slack.clock.forward(minutes=15, seconds=5)
    bens = await told(stage, ben, "had no answer. You are on shift")
    await shows(stage, mine, "Offered to <@U0BEN>, who leads now")
    await shows(stage, maras, "It was offered to <@U0BEN> meanwhile")
    await ben.click(bens, "Accept all 2")
    for card in cards:
        await shows(stage, card, "Owner: <@U0BEN>")
    done = await told(stage, bob, "All 2 cases that you offered have a new owner.")
    assert done.thread_ts == mine.ts


async def test_the_giver_resolves_one_meanwhile(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    first, second = await bob_holds(stage, *NAMES)
    mine, theirs = await bob_offers(stage, "ben")
    await bob.click(first, "Resolve")
    verdict: dict[str, object] = {
        "What was the cause?": "Bank was slow",
        "What was decided?": "Explanation",
        "Could it have been solved without us?": "No, it had to be escalated",
    }
    assert (await bob.fill(verdict).submit()).ok
    await shows(stage, mine, "Settled, or with another owner, so it was not handed over")
    await shows(stage, theirs, "Settled, or with another owner. Nothing is left to do")
    await ben.click(theirs, "Accept")
    await shows(stage, second, "Owner: <@U0BEN>")
    assert "Resolved by <@U0BOB>" in first.words


async def test_the_receiver_leaves_the_team_meanwhile(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await works(stage, "ben", 9, 22)
    [card] = await bob_holds(stage, NAMES[0])
    mine, maras = await bob_offers(stage, "mara")
    db, now = stage.baton.db, stage.clock.now()
    kept = {Role.LEAD: [bob.id, ben.id], Role.AGENT: [stage.person("alice").id]}
    await teams.set_members(db, cast.ADA, await team_id(stage), kept, key="out", now=now)
    await shows(stage, maras, "1 case is not yours to see any more.")
    assert NAMES[0] not in maras.words
    assert maras.buttons == []
    bens = await told(stage, ben, "You are on shift")
    await shows(stage, mine, "Offered to <@U0BEN>")
    await ben.click(bens, "Accept")
    await shows(stage, card, "Owner: <@U0BEN>")

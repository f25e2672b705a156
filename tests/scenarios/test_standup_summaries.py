"""Stories of summaries: a round closes, its blockers are taken, escalated and solved, somebody answers late, a note is confirmed."""

from dataclasses import replace
from datetime import time

from bot.rules.standups import Schedule
from bot.services import standups as service
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import standups, teams
from tests import cast
from tests.scenarios.escalating import SUMMARY, shows, told, whispered
from tests.scenarios.stage import Stage
from tests.standups import STANDUP

FOCUS, BLOCKED = "What is your focus today?", "What stands in your way?"
NEXT = "What does the next shift need to know?"
FORM: dict[str, object] = {
    "Ticket number or link": "48213",
    "What is it about?": "Account and access",
    "What was tried so far?": "Asked IT",
    "What do you need?": "A decision",
}


async def asks_daily(stage: Stage) -> None:
    """Every day at 14:00 in Berlin, in an hour from now, for an hour."""
    now = stage.clock.now()
    async with stage.baton.db.write(cast.WORKSPACE) as tx:
        billing = await teams.find_by_name(tx, "Billing")
        assert billing
        days = ("mon", "tue", "wed", "thu", "fri")
        schedule = Schedule(weekdays=days, at=time(14), window_minutes=60)
        one = replace(STANDUP, team_id=billing.id, channel="", schedule=schedule)
        await standups.add(tx, one, now=now)
        await service.look_again(tx, one.id, now=now)


async def answers(stage: Stage, name: str, **more: str) -> Actor:
    person = stage.person(name)
    await person.click(await told(stage, person, FOCUS), "Answer")
    return await sends(person, name, **more)


async def answers_late(stage: Stage, name: str) -> Actor:
    person = stage.person(name)
    message = await told(stage, person, "it has ended without your answer")
    await person.click(message, "Answer late")
    return await sends(person, name)


async def sends(person: Actor, name: str, **more: str) -> Actor:
    result = await person.fill({FOCUS: f"{name}'s refunds", **more}).submit()
    assert result.ok, result
    return person


async def summary(stage: Stage) -> Message:
    return await stage.channel("billing").wait_for(text="Floor · ")


async def test_a_round_closes_and_its_summary_is_worked_with(stage: Stage) -> None:
    await asks_daily(stage)
    await stage.slack.clock.forward(minutes=61)
    alice = await answers(stage, "alice", **{BLOCKED: "No access\nPrinter\nVPN"})
    bob = await answers(stage, "bob", **{NEXT: "Mind <the> bank"})
    await bob.slash("/standup", "summary")
    assert "open until" in bob.modal.text
    await bob.click(bob.modal, "Focus note")
    assert (await bob.fill({"What matters today?": "Old refunds first"}).submit()).ok
    assert "Old refunds first" in bob.modal.text
    await bob.modal.close()
    await stage.slack.clock.forward(minutes=60)

    card = await summary(stage)
    for words in ("Old refunds first", "3 blockers", "alice's refunds", "Mind &lt;the&gt; bank"):
        assert words in card.words
    assert "No answer yet: <@U0BEN>" in card.words

    await bob.click(card, "Take it")
    await shows(stage, card, "<@U0BOB> looks after it")
    await told(stage, alice, "<@U0BOB> looks after what blocks you: No access")
    await solves_in_the_list(stage, alice, card)
    await escalates(stage, bob, card)

    await stage.slack.clock.forward(minutes=5)
    await answers_late(stage, "ben")
    await shows(stage, card, "ben's refunds")
    line = await stage.channel("billing").wait_for(text="<@U0BEN> has answered too")
    assert line.thread_ts == card.ts


async def solves_in_the_list(stage: Stage, alice: Actor, card: Message) -> None:
    await alice.click(card, "All blockers")
    await alice.click(alice.modal, "Solved", nth=0)
    assert not (await alice.fill({"How was it solved?": "ok"}).submit()).ok
    assert (await alice.fill({"How was it solved?": "The access is back"}).submit()).ok
    assert "No access" not in alice.modal.text
    await alice.modal.close()
    await shows(stage, card, "solved by <@U0ALICE>: The access is back")


async def escalates(stage: Stage, bob: Actor, card: Message) -> None:
    await bob.click(card, "Escalate", nth=0)
    assert bob.modal.value_of(SUMMARY) == "Printer"
    assert (await bob.fill(FORM).submit()).ok
    case = await stage.channel("billing-leads").wait_for(text="Printer")
    assert "from the stand-up “Floor”, since it blocks <@U0ALICE>" in case.words
    await shows(stage, card, "escalation #1: Without an owner")
    await bob.click(case, "Claim")
    await shows(stage, card, "escalation #1: Claimed")


async def test_whoever_is_not_of_the_team_reads_nothing(stage: Stage) -> None:
    await asks_daily(stage)
    await stage.slack.clock.forward(minutes=61)
    alice = await answers(stage, "alice", **{BLOCKED: "No access"})
    await stage.slack.clock.forward(minutes=60)
    card = await summary(stage)
    charlie = stage.person("charlie")
    await charlie.joins("billing")
    for button in ("Show all", "Take it"):
        await charlie.click(card, button)
    await whispered(stage, charlie, "Only the people of this team")
    await whispered(stage, charlie, "Only agents, leads and managers of this team")
    await charlie.click(card, "All blockers")
    assert "No access" not in charlie.modal.text
    await alice.click(card, "Show all")
    assert "No access" in alice.modal.text
    assert "Focus note" not in alice.modal.buttons


async def test_a_note_reaches_the_next_shift_and_is_confirmed_once(stage: Stage) -> None:
    await asks_daily(stage)
    await stage.slack.clock.forward(minutes=61)
    await answers(stage, "alice", **{NEXT: "Mind the bank"})
    await stage.slack.clock.forward(hours=1)
    card = await summary(stage)
    assert "Mind the bank\n_not confirmed yet_" in card.words
    await stage.slack.clock.forward(hours=23)
    bob, ben = stage.person("bob"), stage.person("ben")
    bobs = await told(stage, bob, "The shift before left a note")
    bens = await told(stage, ben, "The shift before left a note")
    await bob.click(bobs, "Confirm")
    for shown in (bobs, bens, card):
        await shows(stage, shown, "confirmed by <@U0BOB>")
    assert "Confirm" not in bens.buttons

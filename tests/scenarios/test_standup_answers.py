"""Stories of answering: asked, answered with what follows from a yes and a blocker, changed; one click; a reply; ahead of time."""

from dataclasses import replace
from datetime import time

from bot.rules.standups import Round, Said, Schedule, SeatState, StandUp
from bot.services.standups.keeping import ask_card
from bot.views import blocks
from bot.views.standups.ask import answer_button
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage import outbox, teams
from storage.outbox import Note
from tests import cast
from tests.scenarios.escalating import shows, told, whispered
from tests.scenarios.stage import Stage
from tests.standups import FLOOR, STANDUP, TOOLS, round_of, seat_of, standup_of

FOCUS, BLOCKED = "What is your focus today?", "What stands in your way?"
BROKEN = "Did all tools work?"


async def team_id(stage: Stage) -> str:
    async with stage.baton.db.read(cast.WORKSPACE) as tx:
        found = await teams.find_by_name(tx, "Billing")
    assert found
    return found.id


async def standup(stage: Stage, **changes: object) -> StandUp:
    one = replace(STANDUP, team_id=await team_id(stage), questions=(*FLOOR, TOOLS))
    return replace(one, **changes)  # type: ignore[arg-type]


async def asks(stage: Stage, *names: str, **changes: object) -> Round:
    """A round opens and asks them."""
    people = [stage.person(name).id for name in names]
    now = stage.clock.now()
    one = await round_of(stage.baton.db, *people, standup=await standup(stage, **changes), at=now)
    async with stage.baton.db.write(cast.WORKSPACE) as tx:
        seats = [await seat_of(stage.baton.db, one, person) for person in people]
        await outbox.say(tx, *map(ask_card, seats), now=now)
    return one


async def asked(stage: Stage, name: str) -> tuple[Actor, Message]:
    person = stage.person(name)
    return person, await told(stage, person, FOCUS)


async def test_asked_answered_and_changed(stage: Stage) -> None:
    one = await asks(stage, "alice")
    alice, message = await asked(stage, "alice")
    assert message.buttons == ["Answer", "Nothing new", "Skip this one", "Out today"]

    await alice.click(message, "Answer")
    assert "Which did not?" not in alice.modal.labels
    assert not (await alice.fill({FOCUS: "<Refunds>", BLOCKED: "a\nb\nc\nd\ne\nf"}).submit()).ok
    assert "Please name the 5 that matter most" in alice.modal.errors[BLOCKED]
    await alice.select(alice.modal, BROKEN, "No")
    assert alice.modal.value_of(FOCUS) == "<Refunds>"
    assert (await alice.fill({"Which did not?": "CRM", BLOCKED: "Printer is out"}).submit()).ok
    await shows(stage, message, "thank you, your answer is in")
    for words in ("&lt;Refunds&gt;", "Printer is out", "No · CRM"):
        assert words in message.words
    assert message.buttons == ["Change"]

    await alice.click(message, "Change")
    assert alice.modal.value_of("Which did not?") == "CRM"
    await alice.select(alice.modal, BROKEN, "Yes")
    assert "Which did not?" not in alice.modal.labels
    assert (await alice.fill({FOCUS: "Returns"}).submit()).ok
    await shows(stage, message, "you changed your answer")
    assert "CRM" not in message.words
    assert (await seat_of(stage.baton.db, one, alice.id)).answers["tools"] == Said(yes=True)


async def test_a_stranger_finds_nothing_to_answer(stage: Stage) -> None:
    one = await asks(stage, "alice")
    charlie = stage.person("charlie")
    async with stage.baton.db.write(cast.WORKSPACE) as tx:  # by whatever way they come to a button
        button = blocks.actions(answer_button("Answer", one.id))
        note = Note("n", charlie.id, "Found", [button])
        await outbox.say(tx, note, now=stage.clock.now())
    await charlie.click(await told(stage, charlie, "Found"), "Answer")
    await whispered(stage, charlie, "it isn't asked of you")
    await charlie.says(charlie.dm_room, "2. Returns")
    await told(stage, charlie, "none asks you anything now")
    answers = (await seat_of(stage.baton.db, one, stage.person("alice").id)).answers
    assert answers == {}


async def test_one_click_and_a_plain_reply(stage: Stage) -> None:
    one = await asks(stage, "alice", "bob", "ben")
    alice, message = await asked(stage, "alice")
    await alice.click(message, "Nothing new")
    await shows(stage, message, "thank you, your answer is in")
    await alice.click(message, "Change")
    assert (await alice.modal.close()).ok

    bob, bobs = await asked(stage, "bob")
    await bob.says(bob.dm_room, "Fine\nRefunds\nnone\nGate 3\nwonderful")
    await told(stage, bob, "I could not read “wonderful”")
    await shows(stage, bobs, "Refunds")
    mistake = await bob.says(bob.dm_room, "5. 4", bobs)
    await bob.edits(mistake, "5. 1")  # an edit is no second answer
    await shows(stage, bobs, "4 / 5")
    assert (await told(stage, bob, "Kept for “Floor”: 5.")).thread_ts == bobs.ts
    assert (await seat_of(stage.baton.db, one, bob.id)).answers["mood"] == Said(number=4)

    ben, bens = await asked(stage, "ben")
    await ben.click(bens, "Skip this one")
    await shows(stage, bens, "you have nothing to say this time")
    await ben.click(bens, "Answer after all")
    assert (await ben.fill({FOCUS: "Returns"}).submit()).ok
    await shows(stage, bens, "thank you, your answer is in")
    assert len([said for said in ben.dm if "Floor" in said.text]) == 1


async def test_ahead_of_time(stage: Stage) -> None:
    alice = stage.person("alice")
    tomorrow = await standup(stage, id="early", name="Early", schedule=Schedule(at=time(9)))
    await standup_of(stage.baton.db, tomorrow, now=stage.clock.now())
    await alice.slash("/standup", "skip")
    assert "No stand-up asks you anything now" in alice.answer
    await alice.slash("/standup", "early")
    await alice.click(alice.modal, "Answer now")
    await alice.select(alice.modal, BROKEN, "No")
    assert not (await alice.fill({"Which did not?": "CRM"}).submit()).ok
    assert (await alice.fill({FOCUS: "Refunds"}).submit()).ok
    assert "You have answered it already." in alice.modal.text
    await alice.click(alice.modal, "Take it back")
    assert "You have answered it already." not in alice.modal.text
    await alice.click(alice.modal, "Skip it")
    assert "You have nothing to say then." in alice.modal.text
    await alice.modal.close()
    await alice.slash("/standup")
    await alice.click(alice.modal, "Answer early")
    assert (await alice.fill({FOCUS: "Refunds"}).submit()).ok
    assert alice.modal.title == "Stand-ups"
    assert "You have answered that already" in alice.modal.text


async def test_out_for_today(stage: Stage) -> None:
    one = await asks(stage, "alice", "bob")
    alice, message = await asked(stage, "alice")
    await alice.click(message, "Out today")
    await whispered(stage, alice, "You are out today: Floor.")
    await shows(stage, message, "you are out today")
    assert message.buttons == ["Answer after all", "Note that I am away"]
    await stage.person("bob").slash("/standup", "out")
    assert "You are out today: Floor." in stage.person("bob").answer
    states = {
        (await seat_of(stage.baton.db, one, stage.person(name).id)).state
        for name in ("alice", "bob")
    }
    assert states == {SeatState.OUT}


async def test_from_ones_own_page_and_from_the_list_of_what_comes(stage: Stage) -> None:
    await asks(stage, "alice")
    alice, message = await asked(stage, "alice")
    await alice.slash("/standup")
    await alice.click(alice.modal, "Answer")
    await alice.select(alice.modal, BROKEN, "No")
    assert (await alice.fill({FOCUS: "Refunds", "Which did not?": "CRM"}).submit()).ok
    assert "You answered " in alice.modal.text
    assert alice.modal.title == "Stand-ups"
    await alice.slash("/standup", "early")
    await alice.click(alice.modal, "Change")
    assert (await alice.fill({FOCUS: "Returns"}).submit()).ok
    assert "your answer is in" in alice.modal.text
    await shows(stage, message, "you changed your answer")

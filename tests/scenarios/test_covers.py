"""Stories of cover: asked and taken, cancelled, left until the shift begins, arranged by a lead, and asked by who falls ill."""

from datetime import time

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.stage import Stage
from tests.scenarios.test_shifts import answered, opens_shifts

MORNING: dict[str, object] = {"Name": "Morning", "From": time(8), "To": time(16)}
TOMORROW = "Tue, 3 Mar 2026, 08:00 – 16:00"


async def plan(stage: Stage, *people: str) -> None:
    """They work from eight to four in Berlin, where it is one in the afternoon."""
    bob = stage.person("bob")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    assert (await bob.fill(MORNING | {"Who works": list(people)}).submit()).ok
    await bob.modal.close(clear=True)


async def asks(person: Actor, more: dict[str, object] | None = None) -> None:
    await person.slash("/baton", "cover")
    answers = {"Which shift": TOMORROW, "Why": "Dentist"} | (more or {})
    assert (await person.fill(answers).submit()).ok
    assert "is asked: " in person.modal.text
    await person.modal.close()


async def card(stage: Stage) -> Message:
    return await stage.channel("billing").wait_for(text="needs cover in Billing")


async def test_the_first_to_accept_has_it_and_everyone_concerned_is_told(stage: Stage) -> None:
    alice, bob, ben, mara = (stage.person(name) for name in ("alice", "bob", "ben", "mara"))
    await plan(stage, "alice")
    assert (await alice.slash("/baton", "shift")).ok
    await asks(alice, {"From": time(10), "To": time(12)})
    shown = await card(stage)
    assert shown.buttons == ["I'll take it", "Cancel it"]
    assert "Dentist" not in shown.words
    assert "Cover is wanted: <@U0ALICE>" in await answered(mara, "shift")
    await alice.click(shown, "I'll take it")
    assert "your own shift" in alice.ephemerals[-1].text
    await ben.click(shown, "I'll take it")
    await stage.slack.until(lambda: "works in place of <@U0ALICE>" in shown.text)
    assert shown.buttons == []
    await alice.dm_room.wait_for(text="<@U0BEN> works in your place in Billing")
    await ben.dm_room.wait_for(text="You work in place of <@U0ALICE>")
    await bob.dm_room.wait_for(text="`/baton cover` can undo it")
    said = await answered(ben, "shift")
    assert "You: " in said
    assert "Cover is wanted" not in said
    assert not [one for one in mara.dm if "works" in one.text]


async def test_a_second_hand_is_thanked_and_a_lead_can_undo_it(stage: Stage) -> None:
    alice, bob, ben, mara = (stage.person(name) for name in ("alice", "bob", "ben", "mara"))
    await plan(stage, "alice")
    await asks(alice)
    shown = await card(stage)
    await ben.click(shown, "I'll take it")
    await bob.slash("/baton", "cover")
    assert "<@U0BEN> works in place of <@U0ALICE>" in bob.modal.text
    assert "Dentist" in bob.modal.text
    await mara.slash("/baton", "cover")
    assert "Dentist" not in mara.modal.text
    await bob.click(bob.modal, "Undo")
    assert "Asked for" not in bob.modal.text
    await stage.slack.until(lambda: "<@U0BOB> has undone this" in shown.text)
    await ben.dm_room.wait_for(text="you do not work in place of <@U0ALICE>")
    await alice.dm_room.wait_for(text="You work as planned")
    await mara.click(mara.modal, "Undo")  # which she still sees
    assert "nothing to undo" in mara.modal.text


async def test_it_is_cancelled_on_the_card_or_in_the_form(stage: Stage) -> None:
    alice, ben = stage.person("alice"), stage.person("ben")
    await plan(stage, "alice")
    await asks(alice)
    shown = await card(stage)
    await alice.click(shown, "Cancel it")
    await stage.slack.until(lambda: "needs no cover" in shown.text)
    await asks(alice)
    again = await card(stage)
    await alice.slash("/baton", "cover")
    await alice.click(alice.modal, "Cancel it")
    assert "Asked for" not in alice.modal.text
    await stage.slack.until(lambda: "needs no cover" in again.text)
    assert not [one for one in ben.dm if "cover" in one.text]


async def test_what_nobody_takes_ends_when_the_shift_begins(stage: Stage) -> None:
    alice, bob, ben = (stage.person(name) for name in ("alice", "bob", "ben"))
    await plan(stage, "alice", "bob")
    await asks(alice)
    shown = await card(stage)
    await stage.slack.clock.forward(hours=18, minutes=50)
    assert shown.buttons == ["I'll take it", "Cancel it"]
    await stage.slack.clock.forward(hours=1)
    await stage.slack.until(lambda: "Nobody took this in time" in shown.text)
    await alice.dm_room.wait_for(text="Nobody has taken your shift in Billing")
    await bob.dm_room.wait_for(text="Nobody has taken the shift of <@U0ALICE>")
    assert not [one for one in ben.dm if "Nobody" in one.text]  # he is not on shift


async def test_a_lead_arranges_it_for_somebody_from_the_shifts(stage: Stage) -> None:
    alice, bob, ben = (stage.person(name) for name in ("alice", "bob", "ben"))
    await plan(stage, "alice", "bob")
    await opens_shifts(bob)
    await bob.click(bob.modal, "Ask for cover")
    await bob.select(bob.modal, "Whose shift?", "charlie")
    assert "Only they themselves" in bob.modal.text
    await bob.modal.close()
    await bob.select(bob.modal, "Whose shift?", "alice")
    await bob.fill({"Which shift": TOMORROW, "Who works?": "bob"}).submit()
    assert "You work at that time already" in str(bob.modal.errors)
    assert (await bob.fill({"Who works?": "ben"}).submit()).ok
    assert "<@U0BEN> works in place of <@U0ALICE>" in bob.modal.text
    await bob.modal.close()
    assert "<@U0BEN> in place of <@U0ALICE>" in bob.modal.text  # the shifts below
    await alice.dm_room.wait_for(text="<@U0BOB> has arranged that <@U0BEN> works in your place")
    await ben.dm_room.wait_for(text="has arranged that you work in place of <@U0ALICE>")
    assert not [one for one in stage.channel("billing").messages if "cover" in one.text]


async def test_who_falls_ill_is_offered_to_ask_and_a_lead_names_somebody(stage: Stage) -> None:
    alice, bob, mara = (stage.person(name) for name in ("alice", "bob", "mara"))
    await plan(stage, "alice")
    await alice.slash("/baton", "away")
    assert (await alice.fill({"Why": "Sick"}).submit()).ok
    assert "1 shift falls into that time" in alice.modal.text
    await alice.click(alice.modal, "Ask for cover")
    await alice.fill({"Which shift": "Mon, 2 Mar 2026, 13:00 – 16:00"}).submit()
    assert "is asked: " in alice.modal.text
    shown = await card(stage)
    assert "Nobody is on shift now." in await answered(mara, "shift")
    await bob.slash("/baton", "cover")
    await bob.click(bob.modal, "Name who works")
    assert (await bob.fill({"Who works?": "mara"}).submit()).ok
    assert "<@U0MARA> works in place of <@U0ALICE>" in bob.modal.text
    await stage.slack.until(lambda: "<@U0MARA> works in place of" in shown.text)
    assert "On now: <@U0MARA> until" in await answered(mara, "shift")

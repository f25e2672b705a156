"""Stories of setting stand-ups up: from `/standup setup` to saved with the calendar looked at, and two leads at once."""

from sandbox.driver.people import Actor
from tests.scenarios.stage import Stage


async def adds_stand_up(person: Actor, nth: int = 0) -> None:
    assert (await person.slash("/standup", "setup")).ok
    await person.click(person.modal, "Add")
    await person.click(person.modal, "Use this", nth=nth)
    assert person.modal.title == "New stand-up"


async def test_a_lead_adds_a_stand_up_looks_at_its_calendar_and_saves_it(stage: Stage) -> None:
    bob = stage.person("bob")
    await adds_stand_up(bob)
    assert bob.modal.value_of("Name") == "Stand-up"
    assert "2. What is your focus today?" in bob.modal.text
    await bob.fill({"Name": "", "Time": "08:30"})
    await bob.click(bob.modal, "Look at the calendar")
    assert "*Name*: A stand-up needs a name." in bob.modal.text
    await bob.modal.close()
    await bob.fill({"Name": "Morning", "Who is asked": ["Agents", "Leads"]})
    await bob.click(bob.modal, "Look at the calendar")
    assert "*Morning* · Mon–Fri at 08:30 · 2 hours to answer" in bob.modal.text
    assert "Sat, 7 Mar 2026 – Sun, 8 Mar 2026: no round: not on this weekday" in bob.modal.text
    assert (
        "*<@U0BOB>*: Mon 2 – over for today · Tue 3–Fri 6 08:30 · Mon 9–Fri 13 08:30"
        in bob.modal.text
    )
    await bob.modal.close()
    await bob.select(bob.modal, "When are people asked?", "At the start of each person's shift")
    assert bob.modal.value_of("Name") == "Morning"
    assert "Time" not in bob.modal.labels
    await bob.click(bob.modal, "Look at the calendar")
    assert "Nobody would be asked: nobody has a shift at that time." in bob.modal.text
    await bob.modal.close()
    await bob.select(bob.modal, "When are people asked?", "At a time by the team's clock")
    assert bob.modal.value_of("Time") == "08:30"
    assert (await bob.modal.submit()).ok
    assert len(bob.modals) == 1

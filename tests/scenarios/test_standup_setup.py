"""Stories of setting stand-ups up: from `/standup setup` to saved with the calendar looked at, questions, and two leads at once."""

from sandbox.driver.people import Actor
from tests.scenarios.stage import Stage, choose_for

CALENDAR = "Look at the calendar"


async def adds_stand_up(person: Actor) -> None:
    """The first template, which is the floor's."""
    assert (await person.slash("/standup", "setup")).ok
    await person.click(person.modal, "Add")
    await person.click(person.modal, "Use this")
    assert person.modal.title == "New stand-up"


async def looks_at_calendar(person: Actor) -> str:
    """What it says; and back."""
    await person.click(person.modal, CALENDAR)
    told = person.modal.text
    await person.modal.close()
    return told


async def test_a_lead_adds_a_stand_up_looks_at_its_calendar_and_saves_it(stage: Stage) -> None:
    bob = stage.person("bob")
    await adds_stand_up(bob)
    assert bob.modal.value_of("Name") == "Stand-up"
    assert "2. What is your focus today?" in bob.modal.text
    await bob.fill({"Name": "", "Time": "08:30"})
    assert "*Name*: A stand-up needs a name." in await looks_at_calendar(bob)
    await bob.fill({"Name": "Morning"})
    told = await looks_at_calendar(bob)
    assert "*Morning* · Mon–Fri at 08:30 · 2 hours to answer" in told
    assert "Sat, 7 Mar 2026 – Sun, 8 Mar 2026: no round: not on this weekday" in told
    assert "*<@U0BOB>*: Mon 2 – over for today · Tue 3–Fri 6 08:30 · Mon 9–Fri 13 08:30" in told
    assert (await bob.modal.submit()).ok
    assert [one.title for one in bob.modals] == ["Stand-up"]
    assert "*Morning* · on\nMon–Fri at 08:30 · 2 hours to answer\nNext: " in bob.modal.text
    assert "*Morning* · Mon–Fri at 08:30" in await looks_at_calendar(bob)
    await bob.click(bob.modal, "Switch off")
    assert "Nobody is asked while it is off." in bob.modal.text
    await bob.click(bob.modal, "All stand-ups")
    await bob.click(bob.modal, "Switch on")
    assert "Nobody is asked" not in bob.modal.text
    assert bob.modal.title == "Stand-ups"


async def test_a_first_time_lead_reads_the_next_mornings_summary(stage: Stage) -> None:
    """With nothing but what is on the screen, and an evening and a night that pass in a moment."""
    bob, alice = stage.person("bob"), stage.person("alice")
    await adds_stand_up(bob)
    assert (await bob.modal.submit()).ok
    await stage.slack.clock.forward(hours=21)
    asked = alice.dm[-1]
    assert "What is your focus today?" in asked.words
    await bob.click(bob.modal, "All stand-ups")
    await bob.click(bob.modal, "Open")
    assert "A round is open until" in bob.modal.text
    await bob.click(bob.modal, "Edit", nth=1)
    assert (await bob.fill({"What is asked?": "And from tomorrow on?"}).submit()).ok
    await alice.click(asked, "Answer")  # what is open goes on as it was
    assert (await alice.fill({"What is your focus today?": "Refunds"}).submit()).ok
    await stage.slack.clock.forward(hours=2)
    summary = await stage.channel("billing").wait_for(text="Refunds")
    assert f"<@{alice.id}>" in summary.words
    assert f"<@{bob.id}>" in summary.words  # who did not answer, by name, as the template has it


async def test_the_form_goes_by_the_moment_and_keeps_what_was_typed(stage: Stage) -> None:
    bob = stage.person("bob")
    await adds_stand_up(bob)
    await bob.fill({"Name": "Ours", "Time": "08:30", "Where the summary goes": "no-bots"})
    assert "Baton cannot post in <#C0NOBOTS>" in await looks_at_calendar(bob)
    moment = "When are people asked?"
    await bob.select(bob.modal, moment, "At the start of each person's shift")
    assert "Time" not in bob.modal.labels
    await bob.fill({"Minutes": "7"})
    told = "Nobody would be asked: nobody has a shift at that time."
    assert told in await looks_at_calendar(bob)
    await bob.select(bob.modal, moment, "At a time by the team's clock")
    assert (bob.modal.value_of("Name"), bob.modal.value_of("Time")) == ("Ours", "08:30")
    await bob.modal.submit()
    assert "/invite @Baton" in bob.modal.errors["Where the summary goes"]
    assert (await bob.fill({"Where the summary goes": "billing"}).submit()).ok
    assert "Summary in <#C0BILLING>" in bob.modal.text


async def test_its_questions_are_edited_one_by_one(stage: Stage) -> None:
    bob = stage.person("bob")
    await adds_stand_up(bob)
    assert (await bob.modal.submit()).ok
    await bob.click(bob.modal, "Up", nth=0)
    assert "1. *What is your focus today?*" in bob.modal.text
    await bob.click(bob.modal, "Take out", nth=1)
    assert "2. *What stands in your way?*" in bob.modal.text

    await bob.click(bob.modal, "Add a question")
    await bob.fill({"What is asked?": "Which queue?"})
    await bob.select(bob.modal, "How is it answered?", "One of several answers")
    assert bob.modal.value_of("What is asked?") == "Which queue?"
    await bob.fill({"The answers to choose from": "Phone"}).submit()
    assert "at least two" in bob.modal.errors["The answers to choose from"]
    await bob.select(bob.modal, "How is it answered?", "Yes or no")
    await bob.fill({"A second question": "Why?"})
    await bob.select(bob.modal, "How is it answered?", "One of several answers")
    assert bob.modal.value_of("The answers to choose from") == "Phone"
    assert (await bob.fill({"The answers to choose from": "Phone\nMail"}).submit()).ok
    assert "5. *Which queue?*\nOne of several answers · Phone / Mail" in bob.modal.text

    await bob.click(bob.modal, "Edit", nth=4)
    assert bob.modal.value_of("The answers to choose from") == "Phone\nMail"
    assert (
        await bob.fill({"What is asked?": "Where?", "Required": ["It has to be answered"]}).submit()
    ).ok
    assert "5. *Where?*\nOne of several answers · has to be answered" in bob.modal.text


async def test_of_two_leads_the_second_is_told_and_keeps_what_they_typed(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await adds_stand_up(bob)
    assert (await bob.modal.submit()).ok
    assert (await ben.slash("/baton")).ok
    await choose_for(ben, "Stand-ups")
    await ben.click(ben.modal, "Open")
    for lead in (bob, ben):
        await lead.click(lead.modal, "Change settings")
    assert (await bob.fill({"Time": "10:00", "Name": "Bob's"}).submit()).ok
    await ben.fill({"Name": "Ben's", "Minutes to answer": "60"}).submit()
    told = "<@U0BOB> changed this stand-up while you had it open: Name, Time."
    assert told in ben.modal.text
    held = [ben.modal.value_of(one) for one in ("Name", "Minutes to answer", "Time")]
    assert held == ["Ben's", "60", "10:00"]
    assert (await ben.modal.submit()).ok
    assert "*Ben's* · on\nMon–Fri at 10:00 · 60 minutes to answer" in ben.modal.text


async def test_a_page_that_is_old_and_a_question_that_two_edit(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await adds_stand_up(bob)
    assert (await bob.modal.submit()).ok
    await ben.slash("/standup", "setup")
    await ben.click(ben.modal, "Open")
    await ben.click(ben.modal, "Switch off")
    await bob.click(bob.modal, "Take out", nth=0)
    assert "<@U0BEN> changed this stand-up" in bob.modal.text
    await bob.modal.close()
    assert "*Stand-up* · off" in bob.modal.text
    assert "1. *How did yesterday go?*" in bob.modal.text
    for lead in (bob, ben):
        await lead.click(lead.modal, "Edit", nth=0)
        await lead.fill({"What is asked?": f"{lead.name}?"})
    assert (await bob.modal.submit()).ok
    await ben.modal.submit()
    assert "As it is saved now: _bob?_" in ben.modal.text
    assert ben.modal.value_of("What is asked?") == "ben?"
    assert (await ben.modal.submit()).ok
    assert "1. *ben?*" in ben.modal.text


async def test_who_leads_nobody_sets_nothing_up_and_an_admin_chooses_the_team(stage: Stage) -> None:
    alice, ada = stage.person("alice"), stage.person("ada")
    answered = await alice.slash("/standup", "setup")
    assert "Only the team's leads" in answered.text
    await ada.slash("/baton", "admins")
    assert (await ada.fill({"Baton's admins": ["ada"]}).submit()).ok
    assert (await ada.slash("/standup", "setup ship")).ok
    assert "*Shipping*" in ada.modal.text
    assert (await ada.slash("/standup", "setup")).ok
    assert "*Billing*" in ada.modal.text
    await ada.select(ada.modal, "Choose a team", "Shipping")
    assert "*Shipping*" in ada.modal.text

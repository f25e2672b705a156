"""Stories of shifts: a lead sets them up in a form, everybody sees who is on and next, and a private note stays private."""

from datetime import date, time

from sandbox.driver.people import Actor
from tests.scenarios.stage import Stage, choose_for

EARLY: dict[str, object] = {
    "Name": "Early",
    "From": time(8),
    "To": time(16),
    "Who works": ["alice", "bob"],
}


async def opens_shifts(person: Actor, team: str = "Billing") -> None:
    assert (await person.slash("/baton")).ok
    assert team in person.modal.text
    assert (await choose_for(person, "Shifts", team)).ok
    assert person.modal.title == "Shifts"


async def answered(person: Actor, words: str) -> str:
    """What only they read after `/baton words`."""
    assert (await person.slash("/baton", words)).ok
    return person.answer


async def test_a_lead_sets_up_shifts_and_everybody_sees_who_is_on(stage: Stage) -> None:
    """It is Monday noon in UTC, 13:00 in Berlin, where Billing is."""
    bob, alice, ben = (stage.person(name) for name in ("bob", "alice", "ben"))
    assert "No shifts are set up yet." in await answered(alice, "shift")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    assert "Europe/Berlin" in bob.modal.text
    assert (await bob.fill(EARLY).submit()).ok
    assert "*Early* · Mon–Fri" in bob.modal.text
    await bob.click(bob.modal, "New shift")
    night = {
        "Name": "Night",
        "Begins on": ["Monday", "Tuesday"],
        "From": time(22),
        "To": time(6),
        "Who works": ["ben"],
    }
    assert (await bob.fill(night).submit()).ok

    said = await answered(alice, "shift")
    assert "On now: <@U0ALICE> until" in said
    assert "Next: <@U0BEN>," in said
    assert "You: " in said
    assert "No gaps" in said
    assert "You: " in await answered(ben, "shift bill")
    assert "no team of that name" in await answered(stage.person("charlie"), "shift bill")
    assert "no team of that name" in await answered(stage.person("nemo"), "shift")


async def test_what_was_typed_stays_when_something_is_wrong(stage: Stage) -> None:
    bob = stage.person("bob")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    wrong: dict[str, object] = {"Who works": ["alice", "charlie"], "Last day": date(2026, 1, 1)}
    wrong |= {"First day": date(2026, 3, 1)}
    await bob.fill(EARLY | wrong).submit()
    assert set(bob.modal.errors) == {"Who works", "Last day"}
    assert bob.modal.value_of("Name") == "Early"
    assert (await bob.fill({"Who works": ["alice"], "Last day": None}).submit()).ok


async def test_a_shift_is_changed_and_taken_out(stage: Stage) -> None:
    bob = stage.person("bob")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    await bob.fill(EARLY).submit()
    await bob.click(bob.modal, "Change")
    assert bob.modal.value_of("Name") == "Early"
    assert (await bob.fill({"To": time(15), "Name": "Morning"}).submit()).ok
    assert "*Morning* · Mon–Fri" in bob.modal.text
    await bob.click(bob.modal, "Change")
    await bob.click(bob.modal, "Take out")
    assert "Taken out: *Morning*" in bob.modal.text
    await bob.modal.close()
    assert "Morning" not in bob.modal.text
    await bob.click(bob.modal, "All teams")
    assert "Your teams" in bob.modal.text


async def test_two_leads_change_the_same_shift_at_once(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    await bob.fill(EARLY).submit()
    await opens_shifts(ben)
    for one in (bob, ben):
        await one.click(one.modal, "Change")
    assert (await bob.fill({"Name": "Bob's"}).submit()).ok
    await ben.fill({"Name": "Ben's"}).submit()
    assert "Somebody changed this shift" in ben.modal.text
    assert "Bob's" in await shifts_seen_by(ben)


async def shifts_seen_by(person: Actor) -> str:
    while person.modals:
        await person.modal.close(clear=True)
    await opens_shifts(person)
    return person.modal.text


async def test_single_days_and_people_differ(stage: Stage) -> None:
    bob, ben, alice = (stage.person(name) for name in ("bob", "ben", "alice"))
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    await bob.fill(EARLY | {"Who works": ["alice"]}).submit()
    await bob.click(bob.modal, "Other hours on a day")
    await bob.fill({"Which shift": "Early", "Day": date(2026, 3, 7)}).submit()
    assert set(bob.modal.errors) == {"Day"}  # a Saturday
    assert (await bob.fill({"Day": date(2026, 3, 3)}).submit()).ok
    assert "Early: does not take place" in bob.modal.text

    await bob.click(bob.modal, "Change for one person")
    instead: dict[str, object] = {
        "What changes": "Works in somebody's place",
        "Who": "ben",
        "In whose place": "alice",
        "Day": date(2026, 3, 4),
        "From": time(8),
        "To": time(12),
    }
    assert (await bob.fill(instead).submit()).ok
    assert "<@U0BEN> in place of <@U0ALICE>" in bob.modal.text
    await ben.dm_room.wait_for(text="has put you on shift in Billing in place of <@U0ALICE>")
    await alice.dm_room.wait_for(text="works in your place in Billing")
    assert "You: " in await answered(ben, "shift")
    await bob.click(bob.modal, "Take out", nth=1)
    assert "in place of" not in bob.modal.text
    assert "You: " not in await answered(ben, "shift")
    await bob.click(bob.modal, "Take out")
    assert "does not take place" not in bob.modal.text


async def test_an_agent_sees_shifts_and_sets_none(stage: Stage) -> None:
    alice = stage.person("alice")
    await opens_shifts(alice)
    assert alice.modal.buttons == ["Ask for cover", "All teams"]


async def test_an_absence_is_counted_and_its_note_is_private(stage: Stage) -> None:
    alice, bob, ben, olga = (stage.person(name) for name in ("alice", "bob", "ben", "olga"))
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    await bob.fill(EARLY | {"Who works": ["alice"]}).submit()
    await alice.slash("/baton", "away")
    await alice.fill({"Why": "Sick", "Note": "Broken leg", "Last day": date(2026, 2, 1)}).submit()
    assert set(alice.modal.errors) == {"Last day"}
    assert alice.modal.value_of("Note") == "Broken leg"
    assert (await alice.fill({"Last day": date(2026, 3, 4)}).submit()).ok

    said = await answered(ben, "shift")
    assert "Nobody is on shift now." in said
    assert "Away: <@U0ALICE> until" in said
    assert "Nobody is there: " in said
    for one in (bob, ben):  # the leads of her team
        await one.slash("/baton", "away")
        assert "Broken leg" in one.modal.text
    for one in (olga, stage.person("charlie"), stage.person("mara"), stage.person("ada")):
        await one.slash("/baton", "away")
        assert "Broken leg" not in one.modal.text
        assert "Sick" not in await answered(one, "shift")
    assert not [one for one in olga.dm if "Broken" in one.words]


async def test_an_absence_is_changed_and_taken_out(stage: Stage) -> None:
    alice = stage.person("alice")
    await alice.slash("/baton", "away")
    assert (await alice.fill({"Why": "Sick", "Last day": date(2026, 3, 4)}).submit()).ok
    assert "You are noted as away until" in await answered(alice, "shift")
    await alice.slash("/baton", "away")
    await alice.click(alice.modal, "Change")
    assert (await alice.fill({"Last day": date(2026, 3, 3)}).submit()).ok
    await alice.click(alice.modal, "Change")
    await alice.click(alice.modal, "Take out")
    assert "Taken out: Sick" in alice.modal.text
    assert "away" not in await answered(alice, "shift")


async def test_a_lead_notes_that_somebody_is_away_and_they_are_told(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await bob.slash("/baton", "away")
    assert bob.modal.value_of("Who is away?") == bob.id
    await bob.fill({"Who is away?": "charlie", "Why": "Sick"}).submit()
    assert "Only they themselves and the leads" in bob.modal.text
    await bob.modal.close()
    assert (await bob.fill({"Who is away?": "alice"}).submit()).ok
    await alice.dm_room.wait_for(text="has noted that you are away: Sick")
    await alice.opens_home()
    await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)
    assert "You are noted as away until" in alice.home.text
    await alice.select(alice.home, "More", "I'm away")
    assert "Noted for you" in alice.modal.text
    assert "Who is away?" not in alice.modal.labels


async def test_home_says_when_my_shift_is(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await opens_shifts(bob)
    await bob.click(bob.modal, "New shift")
    await bob.fill(EARLY).submit()
    await alice.opens_home()
    await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)
    assert "Your shift: " in alice.home.text
    await alice.select(alice.home, "More", "Shifts")
    assert "On now: " in alice.modal.text
    await alice.click(alice.modal, "All shifts")
    assert "*Early*" in alice.modal.text


async def test_a_status_is_offered_as_an_absence_and_never_taken(stage: Stage) -> None:
    alice, slack = stage.person("alice"), stage.slack
    friday = int(stage.clock.now().timestamp()) + 4 * 24 * 3600
    await alice.changes(
        status_text="Vacationing", status_emoji=":palm_tree:", status_expiration=friday
    )
    asked = await alice.dm_room.wait_for(text="Shall Baton note that until")
    assert asked.buttons == ["Yes, note it", "No, thanks"]
    assert "Away" not in await answered(alice, "shift")
    await alice.changes(title="Agent")  # the same status in other news is not asked about again
    await alice.click(asked, "Yes, note it")
    await slack.until(lambda: "You are noted as away." in asked.text)
    assert asked.buttons == []
    assert len([one for one in alice.dm if "Slack status" in one.text]) == 0
    assert "You are noted as away until" in await answered(alice, "shift")


async def test_a_status_without_an_end_asks_until_when_and_may_be_declined(stage: Stage) -> None:
    alice, dan, slack = stage.person("alice"), stage.person("dan"), stage.slack
    await alice.changes(status_text="Σε άδεια")
    asked = await alice.dm_room.wait_for(text="Your Slack status says")
    await alice.click(asked, "Yes, say until when")
    assert alice.modal.value_of("Why") == "Vacation"
    assert (await alice.fill({"Last day": date(2026, 3, 6)}).submit()).ok
    await slack.until(lambda: "You are noted as away." in asked.text)

    await dan.changes(status_text="Out sick")
    first = await dan.dm_room.wait_for(text="Your Slack status says")
    await dan.changes(status_text="")
    await slack.until(lambda: "nothing to note any more" in first.text)
    await dan.changes(status_text="Out sick")
    question = await dan.dm_room.wait_for(text="Your Slack status says")
    await dan.click(question, "No, thanks")
    await slack.until(lambda: "nothing was noted" in question.text)
    assert "away" not in await answered(dan, "shift")


async def test_who_is_in_no_team_is_not_asked(stage: Stage) -> None:
    nemo, dan = stage.person("nemo"), stage.person("dan")
    await nemo.slash("/baton", "help")
    await nemo.changes(status_text="On vacation")
    await dan.changes(status_text="On vacation")
    await dan.dm_room.wait_for(text="Your Slack status says")
    assert nemo.dm == []

"""Stories of policies: a lead makes one in the page, everybody sees it, and a dry run says what would happen and when."""

from datetime import UTC, datetime, time

from sandbox.driver.people import Actor
from tests.scenarios.stage import Stage, choose_for

OWN = "Baton's own policy"


async def opens_policies(person: Actor) -> None:
    while person.modals:
        await person.modal.close(clear=True)
    assert (await person.slash("/baton")).ok
    assert (await choose_for(person, "Policies")).ok
    assert person.modal.title == "Policies"


async def makes_policy(person: Actor, name: str = "Urgent", *severities: str) -> None:
    await opens_policies(person)
    await person.click(person.modal, "New policy")
    ticked: dict[str, object] = {"For which severities": list(severities)} if severities else {}
    assert (await person.fill({"Name": name} | ticked).submit()).ok
    assert person.modal.title == "Policy"


async def test_a_lead_makes_a_policy_and_changes_its_levels(stage: Stage) -> None:
    bob = stage.person("bob")
    await opens_policies(bob)
    assert f"*{OWN}* · for every severity" in bob.modal.text
    await makes_policy(bob, "Urgent", "Critical", "High")
    assert "*Level 1* · at once\nthe lead on shift" in bob.modal.text
    assert "*Level 2* · after 10 minutes\nall leads, the manager" in bob.modal.text
    await bob.click(bob.modal, "Change")
    assert bob.modal.title == "Level 1"
    assert bob.modal.value_of("Who is told") == ["The lead on shift"]
    answers: dict[str, object] = {
        "These people": ["mara"],
        "A channel": ["no-bots"],
        "User groups": ["@billing-agents"],
        "One of these, in turn": ["bob", "ben"],
        "Minutes until the next level": "20",
    }
    await bob.fill(answers).submit()
    assert "/invite @Baton" in bob.modal.errors["A channel"]
    assert bob.modal.value_of("Minutes until the next level") == "20"
    assert (await bob.fill({"A channel": ["billing"]}).submit()).ok
    told = "the lead on shift, <@U0MARA>, @billing-agents, <#C0BILLING>, the next of <@U0BOB>, <@U0BEN>"
    assert told in bob.modal.text
    assert "*Level 2* · after 20 minutes\nall leads, the manager" in bob.modal.text


async def test_levels_are_added_moved_and_taken_out(stage: Stage) -> None:
    bob = stage.person("bob")
    await makes_policy(bob)
    await bob.click(bob.modal, "Add a level")
    await bob.fill({"Who is told": [], "Minutes until the next level": "5"}).submit()
    assert set(bob.modal.errors) == {"Who is told"}
    assert (await bob.fill({"Who is told": ["Everyone in the team"]}).submit()).ok
    assert "*Level 3* · after 60 minutes\neveryone in the team" in bob.modal.text
    await bob.click(bob.modal, "Up", nth=1)
    assert "*Level 2* · after 30 minutes\neveryone in the team" in bob.modal.text
    await bob.click(bob.modal, "Take out", nth=0)
    assert "*Level 1* · at once\neveryone in the team" in bob.modal.text
    assert "Level 3" not in bob.modal.text


async def test_who_hears_of_late_cases(stage: Stage) -> None:
    bob = stage.person("bob")
    await makes_policy(bob)
    await bob.click(bob.modal, "Change", nth=3)
    await bob.fill({"Who is told": ["The manager"], "These people": ["alice"]}).submit()
    assert set(bob.modal.errors) == {"These people"}
    assert (await bob.fill({"These people": ["ben"]}).submit()).ok
    assert "the manager, <@U0BEN>" in bob.modal.text


async def test_one_policy_takes_over_from_another(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    await makes_policy(bob, "Night")
    await bob.click(bob.modal, "Change", nth=2)
    settings: dict[str, object] = {
        "For which severities": ["None: it only takes over from another policy"],
        "After the last level, again?": "No",
        "Outside opening hours": "The same as ever",
    }
    assert (await bob.fill(settings).submit()).ok
    assert "No policy hands over to this one yet" in bob.modal.text
    assert "after the last level that one is told once a day" in bob.modal.text
    await makes_policy(bob, "Day")
    await bob.click(bob.modal, "Change", nth=2)
    await bob.fill({"Outside opening hours": "Another policy takes over"}).submit()
    assert set(bob.modal.errors) == {"Which policy takes over"}
    assert (await bob.fill({"Which policy takes over": "Night"}).submit()).ok
    await bob.click(bob.modal, "All policies")
    assert "No policy hands over" not in bob.modal.text
    await bob.click(bob.modal, "Open", nth=1)
    await bob.click(bob.modal, "Take out policy")
    assert "hands over to this policy" in bob.modal.text
    await bob.modal.close()

    await opens_policies(alice)
    assert alice.modal.buttons == ["Open", "Open", "What would happen?", "All teams"]
    await alice.click(alice.modal, "Open")
    assert alice.modal.buttons == ["What would happen?", "All policies"]


async def test_two_leads_change_the_same_policy_at_once(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await makes_policy(bob)
    await opens_policies(ben)
    await ben.click(ben.modal, "Open")
    await ben.click(ben.modal, "Change")
    await bob.click(bob.modal, "Down")
    await ben.fill({"Minutes until the next level": "99"}).submit()
    assert "Somebody changed this policy" in ben.modal.text
    await ben.modal.close()
    assert ben.modal.value_of("Minutes until the next level") == "99"
    await opens_policies(ben)
    assert "at once: all leads, the manager · after 30 minutes: the lead on shift" in ben.modal.text
    await ben.click(ben.modal, "Open")
    await ben.click(ben.modal, "Take out policy")
    assert f"*{OWN}* · for every severity" in ben.modal.text


async def test_a_step_that_reaches_nobody_is_shown(stage: Stage) -> None:
    bob = stage.person("bob")
    await makes_policy(bob)
    await bob.click(bob.modal, "Change")
    assert (await bob.fill({"Who is told": [], "A channel": ["billing"]}).submit()).ok
    assert "reaches nobody" not in bob.modal.text
    await stage.person("alice").removes("billing")
    await opens_policies(bob)
    gone = "Level 1 reaches nobody: <#C0BILLING>, as the channel is gone, or Baton is not in it."
    assert gone in bob.modal.text


async def test_a_dry_run_says_what_would_happen_and_when(stage: Stage) -> None:
    """It is Monday noon in UTC. Bob is on shift until four, so that in the evening the lead on shift is nobody."""
    bob, alice = stage.person("bob"), stage.person("alice")
    await bob.slash("/baton")
    await choose_for(bob, "Shifts")
    await bob.click(bob.modal, "New shift")
    shift: dict[str, object] = {"From": time(8), "To": time(17), "Who works": ["bob"]}
    assert (await bob.fill({"Name": "Early"} | shift).submit()).ok

    await opens_policies(alice)
    await alice.click(alice.modal, "What would happen?")
    told = alice.modal.text
    assert f"*{OWN}* applies." in told
    assert "<@U0BOB> (the lead on shift)" in told
    assert "<@U0BEN>, <@U0BOB> (all leads); <@U0MARA> (the manager)" in told
    assert "*Again, 1 of 3*" in told
    evening = datetime(2026, 3, 2, 20, tzinfo=UTC)
    assert (await alice.fill({"Severity": "Low", "At what time": evening}).submit()).ok
    told = alice.modal.text
    assert "level 1 reaches nobody: the lead on shift (no lead is on shift then)" in told
    assert alice.modal.value_of("Severity") == "Low"
    far = datetime(2036, 3, 2, 20, tzinfo=UTC)
    await alice.fill({"At what time": far}).submit()
    assert set(alice.modal.errors) == {"At what time"}
    assert stage.channel("billing-leads").last.text.startswith("Baton will post")  # nobody was told


async def test_the_command_tries_it_dry_too(stage: Stage) -> None:
    alice = stage.person("alice")
    await alice.slash("/escalate", "dry")
    assert alice.modal.title == "What would happen?"
    assert "(the lead on shift)" in alice.modal.text

"""An alert from its setting up to its case: tried first, told once, seen by one for all, and raised where it says so."""

from bot.rules.metrics.importing.imports import ImportState
from sandbox.driver.places import Message
from storage import teams
from tests.cast import WORKSPACE
from tests.scenarios.escalating import ANSWERS, NEED, TICKET, shows, told
from tests.scenarios.stage import Stage
from tests.services.metrics.store import begin
from tests.services.metrics.store import stage as put
from tests.services.metrics.watched import calls

LIMIT = "This value"
LEFT_OPEN = (TICKET, NEED, "How urgent is it?", "What is it about?")


async def test_an_alert_is_tried_told_seen_and_made_a_case(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await numbers_come(stage, 420)
    await a_target_is_set(stage)
    await it_is_set_up(stage)
    message = await told(stage, bob, "AHT in Billing is above 6 min: 7 min over 1 day, of 12")
    bens = await told(stage, ben, "AHT in Billing is above 6 min")

    await ben.click(bens, "I have seen it")
    await shows(stage, message, f"Seen by <@{ben.id}>")
    assert "I have seen it" not in message.words
    await it_becomes_a_case(stage, message)

    await numbers_come(stage, 300)
    await stage.slack.clock.forward(minutes=3)
    await shows(stage, message, "have been corrected")
    await told(stage, ben, "have been corrected since I told you")
    await bob.slash("/metrics", "alerts")
    await bob.click(bob.modal, "Open")
    assert "the numbers were corrected: it was not so" in bob.modal.text
    await nobody_else_hears(stage)


async def numbers_come(stage: Stage, seconds: int) -> None:
    async with stage.baton.db.read(WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
    assert team
    live = await begin(stage.baton.db, team_id=team.id, state=ImportState.LIVE)
    await put(stage.baton.db, live, calls(seconds))


async def a_target_is_set(stage: Stage) -> None:
    """What is typed wrongly stays in the form."""
    bob = stage.person("bob")
    await bob.slash("/metrics", "targets")
    await bob.click(bob.modal, "New target")
    assert not (await bob.fill({"Number": "AHT", "Target": "80 %"}).submit()).ok
    assert "such as 3:45" in bob.modal.errors["Target"]
    assert bob.modal.value_of("Target") == "80 %"
    assert (await bob.fill({"Target": "5 min"}).submit()).ok
    assert "*AHT* 5 min" in bob.modal.text


async def it_is_set_up(stage: Stage) -> None:
    bob, ben = stage.person("bob"), stage.person("ben")
    await bob.slash("/metrics", "alerts")
    await bob.click(bob.modal, "New alert")
    filled: dict[str, object] = {
        "Number": "AHT",
        LIMIT: "80 %",
        "Over the last": "1 day",
        "Who hears of it": [bob.id, ben.id],
    }
    assert not (await bob.fill(filled).submit()).ok
    assert "such as 3:45" in bob.modal.errors[LIMIT]
    await bob.fill({LIMIT: "7 min"}).submit()
    assert "Today it would not begin to fire" in bob.modal.text
    await bob.click(bob.modal, "Change it once more")
    assert bob.modal.value_of(LIMIT) == "7 min"
    await bob.fill({LIMIT: "6 min"}).submit()
    assert "Today it would fire: 7 min over 1 day, of 12." in bob.modal.text
    assert (await bob.modal.submit()).ok
    assert "*AHT above 6 min* · 1 day" in bob.modal.text


async def it_becomes_a_case(stage: Stage, message: Message) -> None:
    bob = stage.person("bob")
    await bob.click(message, "Make it an escalation")
    assert (await bob.fill({one: ANSWERS[one] for one in LEFT_OPEN}).submit()).ok
    card = await stage.channel("billing-leads").wait_for(text="AHT in Billing: above 6 min")
    await shows(stage, message, "It is escalation #1 now.")
    assert "Make it an escalation" not in message.words
    assert card


async def nobody_else_hears(stage: Stage) -> None:
    for name in ("alice", "mara", "olga", "charlie", "nemo"):
        assert not any("AHT" in one.words for one in stage.person(name).dm)
    await stage.person("alice").slash("/metrics", "alerts")
    assert "New alert" not in stage.person("alice").modal.buttons

"""Stories of the Home tab: everything can be done from it, and it shows what became of it."""

from sandbox.people_acts.result import Result
from tests.scenarios.escalating import ANSWERS, raise_case
from tests.scenarios.stage import Stage


async def test_home_has_a_way_to_everything(stage: Stage) -> None:
    bob, nemo = stage.person("bob"), stage.person("nemo")
    await raise_case(stage)
    await bob.opens_home()
    await stage.slack.until(lambda: bob.id in stage.slack.core.views.homes)
    assert "Waiting for an owner" in bob.home.text
    await bob.click(bob.home, "Open")
    assert bob.modal.title == "Escalation #1"
    result: Result = await bob.click(bob.modal, "Claim")
    assert result.ok
    await stage.slack.until(lambda: "Resolve" in bob.modal.buttons)
    await bob.click(bob.modal, "Resolve")
    assert [one.title for one in bob.modals] == ["Escalation #1", "Resolve #1"]
    await the_menu_and_the_buttons_open_the_rest(stage)
    await nemo.opens_home()
    await stage.slack.until(lambda: nemo.id in stage.slack.core.views.homes)
    assert "Welcome" in nemo.home.text
    await nemo.click(nemo.home, "Escalate")
    assert nemo.modal.title == "Escalate a case"


async def the_menu_and_the_buttons_open_the_rest(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await alice.opens_home()
    await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)
    await alice.select(alice.home, "More", "My escalations")
    assert "#1" in alice.modal.text
    await alice.select(alice.home, "More", "My kudos")
    assert alice.modal.title == "Your kudos"
    await bob.select(bob.home, "More", "My team's kudos")
    assert "Billing: kudos" in bob.modal.text
    await alice.click(alice.home, "Coaching")
    assert "No coaching note is shared with you." in alice.modal.text
    await alice.click(alice.home, "Thank somebody")
    assert "Whom" in str(alice.modal.labels)


async def test_home_is_drawn_anew_after_what_was_done_from_it(stage: Stage) -> None:
    alice, bob = stage.person("alice"), stage.person("bob")
    await alice.opens_home()
    await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)
    assert "None of your cases is open." in alice.home.text
    await alice.click(alice.home, "Escalate")
    await alice.fill(ANSWERS).submit()
    await stage.slack.until(lambda: "Refund not received" in alice.home.text)

    await bob.opens_home()
    await stage.slack.until(lambda: bob.id in stage.slack.core.views.homes)
    await bob.click(bob.home, "Open")
    await bob.click(bob.modal, "Claim")
    await stage.slack.until(lambda: "Every case of your teams has an owner." in bob.home.text)
    await bob.click(bob.modal, "Return")
    await bob.fill(
        {
            "Why does it go back?": "There is a known answer",
            "What should they know or add?": "See page 3 of the guide",
        }
    ).submit()
    assert not bob.modals, "both windows are closed"
    await stage.slack.until(lambda: "You own no open case." in bob.home.text)

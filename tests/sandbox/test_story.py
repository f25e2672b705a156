"""The whole round: a command, a form, a message, a click; over Socket Mode."""

from slack_bolt.async_app import AsyncApp

from sandbox.server import Sandbox


async def test_an_escalation_goes_round(slack: Sandbox, app: AsyncApp) -> None:
    alice, bob = slack.person("alice"), slack.person("bob")
    await alice.slash("/form", channel="billing")
    assert alice.modal.title == "Raise"
    assert alice.modal.labels == ["What is wrong?", "How urgent?", "Who?", "Mail"]
    assert alice.modal.value_of("How urgent?") == "Low"

    result = await alice.fill(
        {"What is wrong?": "Fire", "How urgent?": "High", "Who?": bob}
    ).submit()
    assert result.ok
    assert not alice.modals

    message = await slack.channel("billing").wait_for(text="Fire")
    assert message.buttons == ["Claim", "Open"]
    await bob.click(message, "Claim")
    await slack.until(lambda: "Claimed" in message.text)
    assert message.buttons == []


async def test_home_is_drawn_when_it_is_opened(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.opens_home()
    await slack.until(lambda: alice.id in slack.core.views.homes)
    assert "Hello" in alice.home.text
    await alice.click(alice.home, "Open")
    assert alice.modal.title == "Raise"

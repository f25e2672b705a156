"""The story that every Bolt tells with the same app: a command, a form, a message, a click, an update."""

from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from tests.sandbox.helpers import Json

SEED = WorkspaceSeed(
    people=(Cast("alice"), Cast("bob")),
    channels=(ChannelSeed("billing", ("alice", "bob"), has_app=True),),
)
MANIFEST: Json = {
    "display_information": {"name": "Notes"},
    "features": {
        "bot_user": {"display_name": "Notes"},
        "slash_commands": [{"command": "/note", "description": "Write a note"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
}


async def tell(slack: Sandbox) -> None:
    alice, bob, billing = slack.person("alice"), slack.person("bob"), slack.channel("billing")
    assert (await alice.slash("/note", "refund", channel="billing")).ok
    assert alice.modal.title == "A note"
    assert alice.modal.value_of("Note") == "refund"

    refused = await alice.fill({"Note": "no"}).submit()
    assert refused.errors == {"note": "Please say more."}
    assert (await alice.fill({"Note": "refund <stuck>"}).submit()).ok
    assert not alice.modals

    message = await billing.wait_for(text="refund &lt;stuck&gt;")
    assert (await bob.click(message, "Done")).ok
    await slack.until(lambda: "Done by" in message.text, saying="the click changed nothing")
    assert f"<@{bob.id}>" in message.text
    assert message.buttons == []

    question = await alice.says(billing, "is it done?")
    answer = await billing.wait_for(text="yes")
    assert answer.thread_ts == question.ts
    await slack.until(lambda: _has_heard(slack, answer.ts), saying="an event was not taken")


def _has_heard(slack: Sandbox, ts: str) -> bool:
    """Whether the app took the event of this message: it may only be stopped when nothing is on its way."""
    events = [one.sent["event"] for one in slack.log if one.name == "events_api"]
    return any(one.get("ts") == ts for one in events)

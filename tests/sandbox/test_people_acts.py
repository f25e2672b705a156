"""What people do in the workspace, and what the app hears of it."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people_acts.result import NotAllowed
from sandbox.server import Sandbox
from tests.sandbox.helpers import Json, refused
from tests.sandbox.throwaway_app import button, card, heard_by, option, text


async def event_of(slack: Sandbox, app: AsyncApp, kind: str, subtype: str | None = None) -> Json:
    def look() -> Any:
        events = [one["event"] for one in heard_by(app) if "event" in one]
        fitting = [one for one in events if (one["type"], one.get("subtype")) == (kind, subtype)]
        return fitting and fitting[-1]

    return dict(await slack.until(look, saying=f"no {kind} was heard"))


async def test_mentions_are_ids_and_signs_are_escaped(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    message = await alice.says(
        "billing", "@bob & @billing-team: see #general <b> a@b.example @nobody"
    )
    assert message.text.startswith(
        "<@U0BOB> &amp; <!subteam^S0BILLINGTEAM|@billing-team>: see <#C0GENERAL|general>"
    )
    assert "&lt;b&gt; a@b.example @nobody" in message.text
    event = await event_of(slack, app, "message")
    assert (event["text"], event["user"], event["channel_type"]) == (
        message.text,
        "U0ALICE",
        "channel",
    )


async def test_a_command_gets_ids_only_when_its_manifest_asks(
    slack: Sandbox, app: AsyncApp
) -> None:
    alice = slack.person("alice")
    await alice.slash("/say", "@bob in #leads & #general", channel="billing")
    assert heard_by(app)[-1]["text"] == "<@U0BOB|bob> in <#C0LEADS|> &amp; <#C0GENERAL|general>"
    await alice.slash("/raw", "@bob & co")
    assert heard_by(app)[-1]["text"] == "@bob & co"
    assert heard_by(app)[-1]["channel_name"] == "directmessage"


async def test_a_command_is_answered_to_one_or_to_all(slack: Sandbox, app: AsyncApp) -> None:
    alice, bob = slack.person("alice"), slack.person("bob")
    await alice.slash("/say", "quietly", channel="billing")
    assert (alice.answer, alice.ephemerals[-1].text) == ("quietly", "quietly")
    assert not bob.ephemerals
    assert not slack.channel("billing").messages
    await alice.slash("/say", "public!loudly", channel="billing")
    assert slack.channel("billing").last.text == "loudly"


async def test_an_unknown_command_is_refused(slack: Sandbox) -> None:
    with pytest.raises(NotAllowed, match="/nope is not a valid command"):
        await slack.person("alice").slash("/nope")


async def test_ephemerals_are_private_and_never_in_history(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="C0BILLING", user="U0ALICE", text="only you")
    assert [one.text for one in slack.person("alice").ephemerals] == ["only you"]
    assert not slack.person("bob").ephemerals
    assert not (await client.conversations_history(channel="C0BILLING"))["messages"]
    with pytest.raises(AssertionError, match="Only"):
        await slack.person("bob").click(slack.person("alice").ephemerals[0], "anything")


async def test_own_messages_are_edited_and_deleted(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    message = await alice.says("billing", "frist")
    await alice.edits(message, "first")
    event = await event_of(slack, app, "message", "message_changed")
    assert (event["message"]["text"], event["previous_message"]["text"]) == ("first", "frist")
    with pytest.raises(NotAllowed):
        await slack.person("bob").edits(message, "mine now")
    await alice.deletes(message)
    event = await event_of(slack, app, "message", "message_deleted")
    assert event["deleted_ts"] == message.ts
    assert not message.exists


async def test_a_deleted_reply_is_no_longer_counted(slack: Sandbox) -> None:
    alice, bob = slack.person("alice"), slack.person("bob")
    parent = await alice.says("billing", "parent")
    first = await bob.says("billing", "one", thread=parent)
    second = await alice.says("billing", "two", thread=first)
    assert second.thread_ts == parent.ts
    await bob.deletes(first)
    assert (parent.raw["reply_count"], parent.raw["reply_users"]) == (1, [alice.id])
    await alice.deletes(second)
    assert "reply_count" not in parent.raw


async def test_a_deleted_parent_leaves_its_replies(slack: Sandbox) -> None:
    alice = slack.person("alice")
    parent = await alice.says("billing", "parent")
    await alice.says("billing", "reply", thread=parent)
    await alice.deletes(parent)
    assert not parent.exists
    assert [one.text for one in parent.thread] == ["reply"]


async def test_reactions_files_and_mentions_are_heard(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    message = await alice.says("billing", "@helper hello")
    assert (await event_of(slack, app, "app_mention"))["ts"] == message.ts
    await alice.reacts(message, "eyes")
    event = await event_of(slack, app, "reaction_added")
    assert event["item"] == {"type": "message", "channel": "C0BILLING", "ts": message.ts}
    assert (event["reaction"], event["item_user"]) == ("eyes", "U0ALICE")
    file = await alice.uploads("people.csv", b"a,b\n")
    await alice.says("billing", "here", files=(file,))
    assert (await event_of(slack, app, "file_shared"))["file_id"] == file
    shared = await event_of(slack, app, "message", "file_share")
    assert shared["files"][0]["name"] == "people.csv"


async def test_people_come_change_and_join(slack: Sandbox, app: AsyncApp) -> None:
    await slack.person("alice").changes(tz="Asia/Tokyo", locale="ja-JP")
    user = (await event_of(slack, app, "user_change"))["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Asia/Tokyo", 9 * 3600, "ja-JP")
    dora = slack.arrive("dora", real_name="Dora Dean")
    assert (await event_of(slack, app, "team_join"))["user"]["real_name"] == "Dora Dean"
    await dora.joins("billing")
    joined = await event_of(slack, app, "member_joined_channel")
    assert (joined["user"], joined["channel"]) == ("U0DORA", "C0BILLING")
    slack.change_group("billing-team", "bob", "dora")
    event = await event_of(slack, app, "subteam_members_changed")
    assert (event["added_users"], event["removed_users"]) == (["U0DORA"], ["U0ALICE"])


async def test_a_channel_is_made_by_one(slack: Sandbox) -> None:
    room = await slack.person("alice").creates("plans", private=True)
    assert room.members == ["alice"]
    assert not slack.person("bob").sees(room)


async def test_inviting_the_app_lets_it_speak(slack: Sandbox, client: AsyncWebClient) -> None:
    with refused("channel_not_found"):
        await client.chat_postMessage(channel="C0SECRET", text="x")
    await slack.person("bob").invites("secret")
    await client.chat_postMessage(channel="C0SECRET", text="x")
    assert slack.channel("secret").last.text == "x"


async def test_a_stranger_neither_sees_nor_writes_in_a_private_channel(slack: Sandbox) -> None:
    alice = slack.person("alice")
    assert not alice.sees("leads")
    with pytest.raises(NotAllowed):
        await alice.says("leads", "let me in")
    with pytest.raises(NotAllowed):
        await alice.joins("leads")
    message = await slack.person("bob").says("leads", "ours")
    with pytest.raises(NotAllowed):
        await alice.reacts(message, "eyes")


async def test_a_click_tells_the_app_where_and_what(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    await client.chat_postMessage(channel="C0BILLING", text="card", blocks=card("card"))
    message = slack.channel("billing").last
    await slack.person("bob").click(message, "Claim")
    body = heard_by(app)[-1]
    action = body["actions"][0]
    assert (action["action_id"], action["value"], action["type"]) == ("claim", "7", "button")
    assert action["action_ts"]
    assert body["message"]["ts"] == body["container"]["message_ts"] == message.ts
    assert body["channel"] == {"id": "C0BILLING", "name": "billing"}
    assert body["user"]["id"] == "U0BOB"


async def test_menus_and_selects_are_chosen_by_their_words(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    menu = {
        "type": "overflow",
        "action_id": "menu",
        "options": [option("Hand over"), option("Drop")],
    }
    people = {"type": "users_select", "action_id": "pick", "placeholder": text("Whom?")}
    rows = [{"type": "actions", "elements": [menu, people, button("Claim", "claim")]}]
    await client.chat_postMessage(channel="C0BILLING", text="card", blocks=rows)
    message, bob = slack.channel("billing").last, slack.person("bob")
    await bob.click(message, "Drop")
    assert heard_by(app)[-1]["actions"][0]["selected_option"]["value"] == "drop"
    await bob.select(message, "Whom?", slack.person("alice"))
    body = heard_by(app)[-1]
    assert body["actions"][0]["selected_user"] == "U0ALICE"
    [state] = [one["pick"] for one in body["state"]["values"].values()]
    assert state == {"type": "users_select", "selected_user": "U0ALICE"}
    with pytest.raises(AssertionError, match="There is no “Explode” here"):
        await bob.click(message, "Explode")


async def test_shortcuts_are_called_by_name(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    message = await alice.says("billing", "raise me")
    await alice.shortcut("Raise this", message)
    [body] = [one for one in heard_by(app) if one["type"] == "message_action"]
    assert body["message"]["text"] == "raise me"
    assert alice.modal.title == "From a message"
    await alice.shortcut("Start")
    [body] = [one for one in heard_by(app) if one["type"] == "shortcut"]
    assert "channel" not in body


async def test_home_is_opened_with_its_tab(slack: Sandbox, app: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.opens_home()
    await slack.until(lambda: alice.id in slack.core.views.homes)
    assert heard_by(app)[-1]["tab"] == "home"
    await alice.opens_messages_tab()
    await slack.until(lambda: heard_by(app)[-1]["tab"] == "messages")


async def test_a_guest_sees_only_their_channels(slack: Sandbox) -> None:
    gus = slack.arrive("gus", is_restricted=True)
    assert not gus.sees("billing")
    await slack.person("alice").invites("billing", gus)
    assert gus.sees("billing")
    assert not gus.sees("general")


async def test_removing_the_app_silences_it(slack: Sandbox, client: AsyncWebClient) -> None:
    await slack.person("bob").removes("leads")
    with refused("channel_not_found"):
        await client.chat_postMessage(channel="C0LEADS", text="x")


async def test_an_uninstalled_app_can_do_nothing(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.uninstall()
    with refused("account_inactive"):
        await client.auth_test()


async def test_a_tab_that_is_off_is_refused(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.app.has_home_tab = slack.app.has_messages_tab = False
    with refused("messages_tab_disabled"):
        await client.chat_postMessage(channel="U0ALICE", text="x")
    with refused("not_enabled"):
        await client.views_publish(user_id="U0ALICE", view={"type": "home", "blocks": []})

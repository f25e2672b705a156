"""Methods about conversations: what they do, what the app hears of it, and what they refuse."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people_acts.result import NotAllowed
from sandbox.server import Sandbox
from tests.sandbox.helpers import Json, refused
from tests.sandbox.web_api.listening import Listener

GENERAL, BILLING, LEADS, SECRET, ELSEWHERE = (
    f"C0{one}" for one in ("GENERAL", "BILLING", "LEADS", "SECRET", "ELSEWHERE")
)


async def test_a_channel_is_renamed_described_and_archived(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    channel = (await client.conversations_create(name="inc-7"))["channel"]["id"]
    await client.conversations_rename(channel=channel, name="inc-8")
    renamed = await heard.of("channel_rename")
    assert renamed["channel"]["name"] == "inc-8"
    assert (await heard.of("message", "channel_name"))["old_name"] == "inc-7"
    await client.conversations_setTopic(channel=channel, topic="Fire")
    assert (await heard.of("message", "channel_topic"))["topic"] == "Fire"
    await client.conversations_setPurpose(channel=channel, purpose="Put it out")
    assert (await heard.of("message", "channel_purpose"))["purpose"] == "Put it out"
    shown = (await client.conversations_info(channel=channel))["channel"]
    assert (shown["topic"]["value"], shown["purpose"]["value"]) == ("Fire", "Put it out")
    assert shown["topic"]["creator"] == slack.app.bot_user_id
    assert shown["previous_names"] == ["inc-7"]


async def test_an_archived_channel_is_left_alone(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    channel = (await client.conversations_create(name="inc-8"))["channel"]["id"]
    await client.conversations_archive(channel=channel)
    assert (await heard.of("channel_archive"))["user"] == slack.app.bot_user_id
    for method in ("setTopic", "setPurpose", "rename", "invite", "join"):
        args = {"topic": "x", "purpose": "x", "name": "x", "users": "U0BOB"}
        with refused("is_archived"):
            await client.api_call(f"conversations.{method}", params=args | {"channel": channel})
    with refused("is_archived"):
        await client.chat_postMessage(channel=channel, text="x")
    with refused("already_archived"):
        await client.conversations_archive(channel=channel)
    listed = await client.conversations_list(exclude_archived=True)
    assert "inc-8" not in [one["name"] for one in listed["channels"]]
    await client.conversations_unarchive(channel=channel)
    assert (await heard.of("channel_unarchive"))["channel"] == channel
    with refused("not_archived"):
        await client.conversations_unarchive(channel=channel)


async def test_nobody_writes_into_an_archived_channel(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.conversations_archive(channel=BILLING)
    with pytest.raises(NotAllowed, match="archived"):
        await slack.person("alice").says("billing", "x")


async def test_people_are_invited_and_removed(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    await client.conversations_invite(channel=BILLING, users="U0CHARLIE")
    joined = await heard.of("member_joined_channel")
    assert (joined["user"], joined["inviter"]) == ("U0CHARLIE", slack.app.bot_user_id)
    assert (await heard.of("message", "channel_join"))["user"] == "U0CHARLIE"
    await client.conversations_kick(channel=BILLING, user="U0CHARLIE")
    assert (await heard.of("member_left_channel"))["user"] == "U0CHARLIE"
    assert slack.channel("billing").members == ["alice", "bob", "app"]
    with refused("not_in_channel"):
        await client.conversations_kick(channel=BILLING, user="U0CHARLIE")


async def test_those_who_can_be_invited_are_when_it_is_forced(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    users = "U0CHARLIE,U0ALICE,U0NOBODY"
    with refused("already_in_channel") as caught:
        await client.conversations_invite(channel=BILLING, users=users)
    errors = {one["user"]: one["error"] for one in caught.value.response["errors"]}
    assert errors == {"U0ALICE": "already_in_channel", "U0NOBODY": "user_not_found"}
    assert "charlie" not in slack.channel("billing").members
    answer = await client.conversations_invite(channel=BILLING, users=users, force=True)
    assert len(answer["errors"]) == 2
    assert "charlie" in slack.channel("billing").members


async def test_joining_again_is_a_warning(client: AsyncWebClient) -> None:
    answer = await client.conversations_join(channel=BILLING)
    assert answer["warning"] == "already_in_channel"
    assert "warning" not in (await client.conversations_join(channel=ELSEWHERE)).data


async def test_a_direct_conversation_is_opened_and_closed(client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users="U0ALICE", return_im=True)
    channel = opened["channel"]["id"]
    assert opened["channel"]["user"] == "U0ALICE"
    assert (await client.conversations_open(users="U0ALICE"))["already_open"]
    assert (await client.conversations_open(channel=channel))["channel"] == {"id": channel}
    assert "already_closed" not in (await client.conversations_close(channel=channel)).data
    assert (await client.conversations_close(channel=channel))["already_closed"]
    assert "already_open" not in (await client.conversations_open(users="U0ALICE")).data
    many = await client.conversations_open(users="U0ALICE,U0BOB")
    shown = (await client.conversations_info(channel=many["channel"]["id"]))["channel"]
    assert shown["is_mpim"]


async def test_the_bot_marks_what_it_read(slack: Sandbox, client: AsyncWebClient) -> None:
    message = await slack.person("alice").says("billing", "x")
    await client.conversations_mark(channel=BILLING, ts=message.ts)
    marks = slack.workspace.read_marks
    assert marks[slack.app.bot_user_id, BILLING] == message.ts


async def test_a_scope_that_fits_the_kind_of_conversation_is_asked_for(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.app.scopes = frozenset({"channels:manage", "channels:read", "channels:history"})
    await client.conversations_setTopic(channel=BILLING, topic="x")
    for method, needed in (
        ("conversations.setTopic", "groups:write"),
        ("conversations.info", "groups:read"),
        ("conversations.members", "groups:read"),
        ("conversations.history", "groups:history"),
    ):
        with refused("missing_scope") as caught:
            await client.api_call(method, params={"channel": LEADS, "topic": "x"})
        assert caught.value.response["needed"] == needed
    slack.app.scopes = frozenset({"channels:write.topic"})
    await client.conversations_setTopic(channel=BILLING, topic="y")


REFUSALS: list[tuple[str, Json, str]] = [
    ("conversations.info", {}, "invalid_arguments"),
    ("conversations.info", {"channel": SECRET}, "channel_not_found"),
    ("conversations.list", {"types": "rooms"}, "invalid_types"),
    ("conversations.list", {"limit": 1001}, "invalid_limit"),
    ("conversations.list", {"limit": "many"}, "invalid_arguments"),
    ("conversations.list", {"cursor": "at:x"}, "invalid_cursor"),
    ("conversations.members", {"channel": BILLING, "limit": -1}, "invalid_limit"),
    ("users.conversations", {"user": "U0NOBODY"}, "user_not_found"),
    ("conversations.history", {"channel": BILLING, "cursor": "x"}, "invalid_cursor"),
    ("conversations.history", {"channel": BILLING, "oldest": "now"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": BILLING, "latest": "1.x"}, "invalid_ts_latest"),
    ("conversations.history", {"channel": ELSEWHERE}, "not_in_channel"),
    ("conversations.replies", {"channel": BILLING, "ts": "1.000001"}, "thread_not_found"),
    ("conversations.join", {"channel": LEADS}, "method_not_supported_for_channel_type"),
    ("conversations.leave", {"channel": GENERAL}, "cant_leave_general"),
    ("conversations.invite", {"channel": BILLING}, "no_user"),
    ("conversations.invite", {"channel": BILLING, "users": "U0APP"}, "cant_invite_self"),
    ("conversations.invite", {"channel": ELSEWHERE, "users": "U0BOB"}, "not_in_channel"),
    ("conversations.kick", {"channel": BILLING, "user": "U0APP"}, "cant_kick_self"),
    ("conversations.kick", {"channel": BILLING, "user": "U0NOBODY"}, "user_not_found"),
    ("conversations.kick", {"channel": BILLING}, "invalid_arguments"),
    ("conversations.kick", {"channel": GENERAL, "user": "U0BOB"}, "cant_kick_from_general"),
    ("conversations.create", {}, "invalid_name_required"),
    ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
    ("conversations.create", {"name": "Loud Name"}, "invalid_name_specials"),
    ("conversations.create", {"name": "---"}, "invalid_name_punctuation"),
    ("conversations.create", {"name": "billing"}, "name_taken"),
    ("conversations.rename", {"channel": BILLING, "name": "x"}, "not_authorized"),
    ("conversations.setTopic", {"channel": BILLING, "topic": "x" * 251}, "too_long"),
    ("conversations.setTopic", {"channel": BILLING}, "invalid_arguments"),
    ("conversations.setPurpose", {"channel": ELSEWHERE, "purpose": "x"}, "not_in_channel"),
    ("conversations.archive", {"channel": GENERAL}, "cant_archive_general"),
    ("conversations.close", {"channel": BILLING}, "method_not_supported_for_channel_type"),
    ("conversations.mark", {"channel": BILLING, "ts": "now"}, "invalid_timestamp"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": ",".join(["U0BOB"] * 9)}, "too_many_users"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.open", {"channel": BILLING}, "method_not_supported_for_channel_type"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refusals(client: AsyncWebClient, method: str, args: Any, error: str) -> None:
    with refused(error):
        await client.api_call(method, params=args)


async def test_what_is_missing_is_named(client: AsyncWebClient) -> None:
    with refused("invalid_arguments") as caught:
        await client.api_call("conversations.info")
    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: channel"]

"""The Web API as slack_sdk uses it: tokens, scopes, arguments, and the errors Slack would give."""

from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from sandbox.web_api.registry import METHODS
from tests.sandbox.helpers import Json, refused


async def test_the_bot_knows_who_it_is(slack: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (slack.app.bot_user_id, "T0LOCAL")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_tokens_are_checked(slack: Sandbox, client: AsyncWebClient) -> None:
    with refused("not_authed"):
        await AsyncWebClient("", slack.api_url).auth_test()
    with refused("invalid_auth"):
        await AsyncWebClient("xoxb-of-another", slack.api_url).auth_test()
    with refused("not_allowed_token_type"):
        await client.apps_connections_open(app_token=slack.bot_token)


async def test_a_scope_that_the_manifest_lacks_is_named(client: AsyncWebClient) -> None:
    with refused("missing_scope") as caught:
        await client.team_info()
    assert caught.value.response["needed"] == "team:read"
    assert "chat:write" in caught.value.response["provided"]


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    with refused("unknown_method"):
        await client.api_call("chat.shout")


async def test_arguments_come_by_form_json_multipart_and_query(slack: Sandbox) -> None:
    address = f"{slack.api_url}api.test"
    async with aiohttp.ClientSession() as session:
        for how in ({"data": {"a": "1"}}, {"json": {"a": "1"}}, {"params": {"a": "1"}}):
            async with session.post(address, **how) as response:  # type: ignore[arg-type]
                assert (await response.json())["args"] == {"a": "1"}
        form = aiohttp.FormData({"a": "1"}, default_to_multipart=True)
        async with session.post(address, data=form) as response:
            assert (await response.json())["args"] == {"a": "1"}
        async with session.get(address, params={"a": "1"}) as response:
            assert (await response.json())["args"] == {"a": "1"}


async def test_a_message_is_posted_changed_and_deleted(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    billing = slack.channel("billing")
    posted = await client.chat_postMessage(channel=billing.id, text="one", metadata=META)
    assert billing.last.text == "one"
    await client.chat_update(channel=billing.id, ts=posted["ts"], text="two")
    assert billing.last.text == "two"
    assert billing.last.raw["metadata"] == META, "an update without metadata keeps it"
    await client.chat_delete(channel=billing.id, ts=posted["ts"])
    assert not billing.messages


META: Json = {"event_type": "raised", "event_payload": {"key": "k1"}}


async def test_a_persons_id_as_channel_is_the_conversation_with_the_app(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    alice = slack.person("alice")
    answer = await client.chat_postMessage(channel=alice.id, text="psst")
    assert answer["channel"].startswith("D")
    assert [one.text for one in alice.dm] == ["psst"]
    opened = await client.conversations_open(users=[alice.id])
    assert opened["channel"]["id"] == answer["channel"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0SECRET", "channel_not_found"),
        ("C0ELSEWHERE", "not_in_channel"),
        ("C0NOWHERE", "channel_not_found"),
    ],
)
async def test_posting_where_the_bot_is_not(
    client: AsyncWebClient, channel: str, error: str
) -> None:
    with refused(error):
        await client.chat_postMessage(channel=channel, text="x")


async def test_history_is_paged_and_gives_metadata_only_when_asked(client: AsyncWebClient) -> None:
    sent = [
        (await client.chat_postMessage(channel="C0BILLING", text=str(n), metadata=META))["ts"]
        for n in range(5)
    ]
    first = await client.conversations_history(channel="C0BILLING", limit=2)
    assert [one["text"] for one in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    assert "metadata" not in first["messages"][0]
    second = await client.conversations_history(
        channel="C0BILLING",
        limit=9,
        cursor=first["response_metadata"]["next_cursor"],
        include_all_metadata=True,
    )
    assert [one["text"] for one in second["messages"]] == ["2", "1", "0"]
    assert second["messages"][0]["metadata"] == META
    between = await client.conversations_history(
        channel="C0BILLING", oldest=sent[1], latest=sent[3], inclusive=False
    )
    assert [one["text"] for one in between["messages"]] == ["2"]
    ends = await client.conversations_history(
        channel="C0BILLING", oldest=sent[1], latest=sent[3], inclusive=True
    )
    assert [one["text"] for one in ends["messages"]] == ["3", "2", "1"]


async def test_replies_stay_out_of_history_and_are_counted(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    parent = (await client.chat_postMessage(channel="C0BILLING", text="parent"))["ts"]
    reply = await slack.person("alice").says(
        "billing", "reply", thread=slack.channel("billing").last
    )
    await client.chat_postMessage(
        channel="C0BILLING", text="loud", thread_ts=reply.ts, reply_broadcast=True
    )
    history = await client.conversations_history(channel="C0BILLING")
    assert [one["text"] for one in history["messages"]] == ["loud", "parent"]
    thread = await client.conversations_replies(channel="C0BILLING", ts=parent)
    assert [one["text"] for one in thread["messages"]] == ["parent", "reply", "loud"]
    assert thread["messages"][0]["reply_count"] == 2
    with refused("thread_not_found"):
        await client.conversations_replies(channel="C0BILLING", ts="1.000001")


async def test_people_are_shown_without_email_unless_the_scope_is_there(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    user = (await client.users_info(user="U0ALICE", include_locale=True))["user"]
    assert user["profile"]["email"] == "alice@example.com"
    assert (user["tz"], user["locale"]) == ("Europe/Berlin", "en-GB")
    found = await client.users_lookupByEmail(email="Alice@example.com")
    assert found["user"]["id"] == "U0ALICE"
    slack.app.scopes -= {"users:read.email"}
    user = (await client.users_info(user="U0ALICE"))["user"]
    assert "email" not in user["profile"]
    assert "locale" not in user


async def test_lists_are_paged(client: AsyncWebClient) -> None:
    names = []
    async for answer in await client.users_list(limit=2):
        assert len(answer["members"]) <= 2
        names += [one["name"] for one in answer["members"]]
    assert sorted(names) == ["alice", "bob", "charlie", "helper"]


async def test_private_channels_of_others_are_not_listed(client: AsyncWebClient) -> None:
    answer = await client.conversations_list(types="public_channel,private_channel")
    names = {one["name"] for one in answer["channels"]}
    assert names == {"general", "billing", "leads", "elsewhere"}
    with refused("channel_not_found"):
        await client.conversations_info(channel="C0SECRET")
    with refused("not_in_channel"):
        await client.conversations_history(channel="C0ELSEWHERE")


async def test_the_bot_joins_creates_invites_and_leaves(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.conversations_join(channel="C0ELSEWHERE")
    assert "helper" in slack.channel("elsewhere").members
    made = await client.conversations_create(name="inc-7")
    await client.conversations_invite(channel=made["channel"]["id"], users=["U0BOB"])
    members = await client.conversations_members(channel=made["channel"]["id"])
    assert members["members"] == [slack.app.bot_user_id, "U0BOB"]
    with refused("name_taken"):
        await client.conversations_create(name="inc-7")
    await client.conversations_leave(channel=made["channel"]["id"])
    assert slack.channel("inc-7").members == ["bob"]


async def test_a_file_is_uploaded_shared_and_read(slack: Sandbox, client: AsyncWebClient) -> None:
    await client.files_upload_v2(
        filename="week.txt", content="numbers", channel="C0BILLING", initial_comment="The week"
    )
    message = slack.channel("billing").last
    assert message.text == "The week"
    file = message.raw["files"][0]
    info = await client.files_info(file=file["id"])
    assert info["file"]["name"] == "week.txt"
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with session.get(file["url_private"], headers=headers) as response:
            assert await response.text() == "numbers"
        async with session.get(f"{file['url_private']}?as=U0ALICE") as response:
            assert response.status == 200
        async with session.get(file["url_private"]) as response:
            assert response.status == 404


async def test_a_file_in_a_private_channel_is_for_its_members(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    await client.files_upload_v2(filename="pay.txt", content="secret", channel="C0LEADS")
    address = slack.channel("leads").last.raw["files"][0]["url_private"]
    async with aiohttp.ClientSession() as session:
        for person, status in (("U0BOB", 200), ("U0ALICE", 404)):
            async with session.get(f"{address}?as={person}") as response:
                assert response.status == status


async def test_a_permalink_leads_to_a_message(slack: Sandbox, client: AsyncWebClient) -> None:
    message = await slack.person("alice").says("billing", "look")
    answer = await client.chat_getPermalink(channel="C0BILLING", message_ts=message.ts)
    assert answer["permalink"].startswith(f"{slack.url}/archives/C0BILLING/p")
    with refused("message_not_found"):
        await client.chat_getPermalink(channel="C0BILLING", message_ts="1.000001")


async def test_only_loopback_names_and_its_own_page_are_answered(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            async with session.post(f"{slack.api_url}api.test", headers=headers) as response:
                assert response.status == 403


async def test_two_messages_never_share_a_ts(client: AsyncWebClient) -> None:
    sent = [(await client.chat_postMessage(channel="C0BILLING", text="x"))["ts"] for _ in range(20)]
    assert sorted(set(sent)) == sent


def test_the_documentation_lists_every_method() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "sandbox.md"
    _, _, table = page.read_text(encoding="utf-8").partition("## Web API methods")
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    listed = {name.strip(" `"): scopes.replace("`", "").strip() for name, scopes in rows}
    assert listed == {name: ", ".join(one.scopes) or "none" for name, one in METHODS.items()}

"""Methods about what hangs on messages and channels: pins, bookmarks, reactions, links."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.driver.places import Message
from sandbox.server import Sandbox
from tests.sandbox.helpers import Json, refused
from tests.sandbox.web_api.listening import Listener

BILLING, ELSEWHERE = "C0BILLING", "C0ELSEWHERE"


@pytest.fixture
async def message(slack: Sandbox) -> Message:
    return await slack.person("alice").says("billing", "see https://shop.example/7 & <more>")


@pytest.fixture
def at(message: Message) -> Json:
    return {"channel": BILLING, "timestamp": message.ts}


async def test_a_message_is_pinned_and_taken_down(
    slack: Sandbox, client: AsyncWebClient, heard: Listener, at: Json
) -> None:
    with refused("no_pin"):
        await client.pins_remove(**at)
    await client.pins_add(**at)
    added = await heard.of("pin_added")
    assert (added["item"]["message"]["ts"], added["pin_count"]) == (at["timestamp"], 1)
    assert added["item_user"] == "U0ALICE"
    with refused("already_pinned"):
        await client.pins_add(**at)
    items = (await client.pins_list(channel=BILLING))["items"]
    assert items[0]["message"]["pinned_to"] == [BILLING]
    assert items[0]["created_by"] == slack.app.bot_user_id
    assert (await client.conversations_history(channel=BILLING))["pin_count"] == 1
    await client.pins_remove(**at)
    assert (await heard.of("pin_removed"))["has_pins"] is False
    await client.pins_add(**at)
    await slack.person("alice").deletes(slack.channel("billing").last)
    assert (await client.pins_list(channel=BILLING))["items"] == []


async def test_a_channel_has_bookmarks(client: AsyncWebClient) -> None:
    link: Json = {"title": "Runbook", "type": "link", "link": "https://example.com/runbook"}
    added = (await client.bookmarks_add(channel_id=BILLING, emoji=":book:", **link))["bookmark"]
    assert (added["title"], added["channel_id"]) == ("Runbook", BILLING)
    where = {"channel_id": BILLING, "bookmark_id": added["id"]}
    edited = (await client.bookmarks_edit(title="The runbook", **where))["bookmark"]
    assert (edited["title"], edited["link"]) == ("The runbook", link["link"])
    assert (await client.bookmarks_list(channel_id=BILLING))["bookmarks"] == [edited]
    await client.bookmarks_remove(**where)
    with refused("not_found"):
        await client.bookmarks_remove(**where)
    for wrong, error in (
        ({"type": "file"}, "invalid_bookmark_type"),
        ({"link": "runbook"}, "invalid_link"),
        ({"emoji": "book"}, "invalid_emoji"),
        ({"channel_id": ELSEWHERE}, "not_in_channel"),
        ({"title": ""}, "invalid_arguments"),
    ):
        with refused(error):
            args = {"channel_id": BILLING} | link | wrong
            await client.api_call("bookmarks.add", params=args)


async def test_reactions_are_given_taken_back_and_heard(
    client: AsyncWebClient, heard: Listener, at: Json
) -> None:
    await client.reactions_add(name=":eyes:", **at)
    added = await heard.of("reaction_added")
    assert (added["reaction"], added["item_user"]) == ("eyes", "U0ALICE")
    got = await client.reactions_get(**at)
    assert got["message"]["reactions"][0]["name"] == "eyes"
    assert [one["channel"] for one in (await client.reactions_list())["items"]] == [BILLING]
    await client.reactions_remove(name="eyes", **at)
    assert (await heard.of("reaction_removed"))["reaction"] == "eyes"
    with refused("no_reaction"):
        await client.reactions_remove(name="eyes", **at)
    for n in range(23):
        await client.reactions_add(name=f"emoji{n}", **at)
    with refused("too_many_reactions"):
        await client.reactions_add(name="one_more", **at)
    assert (await client.emoji_list())["emoji"] == {}


@pytest.mark.parametrize("method", ["reactions.add", "reactions.get", "pins.add"])
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"timestamp": ""}, "no_item_specified"),
        ({"timestamp": "now"}, "bad_timestamp"),
        ({"timestamp": "1.000001"}, "message_not_found"),
        ({"channel": ELSEWHERE}, "not_in_channel"),
        ({"channel": "C0SECRET"}, "channel_not_found"),
    ],
)
async def test_items_that_are_not_there(
    client: AsyncWebClient, at: Json, method: str, wrong: Any, error: str
) -> None:
    with refused(error):
        await client.api_call(method, params=at | {"name": "eyes"} | wrong)


@pytest.mark.parametrize("name", ["Eyes", "thumbs up", "👀", "a" * 101])
async def test_a_name_that_is_no_emoji(client: AsyncWebClient, at: Json, name: str) -> None:
    with refused("invalid_name"):
        await client.reactions_add(name=name, **at)


async def test_links_to_the_apps_domains_are_heard_and_unfurled(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    slack.app.unfurl_domains = ("shop.example",)
    message = await slack.person("alice").says("billing", "https://shop.example/7")
    shared = await heard.of("link_shared")
    assert shared["links"] == [{"url": "https://shop.example/7", "domain": "shop.example"}]
    assert shared["message_ts"] == message.ts
    unfurls = {"https://shop.example/7": {"text": "Order 7"}}
    where: Json = {"channel": BILLING, "ts": message.ts}
    await client.chat_unfurl(unfurls=unfurls, **where)
    shown = message.raw["attachments"][0]
    assert (shown["text"], shown["from_url"]) == ("Order 7", "https://shop.example/7")
    assert (await heard.of("message", "message_changed"))["message"]["attachments"] == [shown]
    by_id: Json = {"unfurl_id": shared["unfurl_id"], "source": shared["source"]}
    again = {"https://shop.example/7": {"text": "Order 7, paid"}}
    await client.chat_unfurl(unfurls=again, **by_id)
    assert [one["text"] for one in message.raw["attachments"]] == ["Order 7, paid"]
    wrong: list[tuple[Json, str]] = [
        ({"unfurls": {"https://other.example": {"text": "x"}}}, "cannot_unfurl_url"),
        ({"unfurls": {}}, "missing_unfurls"),
        ({"unfurls": "x"}, "invalid_unfurls_format"),
        ({"ts": "1.000001"}, "cannot_find_message"),
        ({"channel": "C0SECRET"}, "cannot_find_channel"),
        ({"ts": ""}, "missing_ts"),
        ({"unfurl_id": f"{BILLING}.{message.ts}.x", "source": "composer"}, "invalid_unfurl_id"),
    ]
    for change, error in wrong:
        with refused(error):
            await client.api_call("chat.unfurl", json={"unfurls": unfurls} | where | change)


async def test_metadata_is_shown_to_those_who_ask(client: AsyncWebClient) -> None:
    meta: Json = {"event_type": "raised", "event_payload": {}}
    posted = await client.chat_postMessage(channel=BILLING, text="x", metadata=meta)
    at: Any = {"channel": BILLING, "timestamp": posted["ts"]}
    await client.pins_add(**at)
    for asked in (False, True):
        args = at | {"include_all_metadata": asked}
        pinned = (await client.api_call("pins.list", params=args))["items"][0]["message"]
        found = (await client.api_call("reactions.get", params=args))["message"]
        assert ("metadata" in pinned, "metadata" in found) == (asked, asked)


async def test_links_to_elsewhere_are_nobodys_business(
    slack: Sandbox, heard: Listener, message: Message
) -> None:
    await slack.person("alice").reacts(message, "eyes")
    await heard.of("reaction_added")
    assert not [one for one in heard.events if one["type"] == "link_shared"]

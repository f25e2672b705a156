"""Methods about files: who sees them, what is refused, and how they go."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json, refused
from tests.sandbox.web_api.listening import Listener


async def _upload(
    client: AsyncWebClient, name: str = "week.txt", channel: str = "C0BILLING"
) -> str:
    answer = await client.files_upload_v2(filename=name, content="numbers", channel=channel)
    return str(answer["files"][0]["id"])


async def test_files_are_listed_and_deleted(
    slack: Sandbox, client: AsyncWebClient, heard: Listener
) -> None:
    first = await _upload(client)
    assert (await heard.of("file_shared"))["file_id"] == first
    await _upload(client, "day.txt", "C0LEADS")
    listed = await client.files_list(count=1)
    assert listed["paging"] == {"count": 1, "total": 2, "page": 1, "pages": 2}
    there = await client.files_list(channel="C0BILLING")
    assert [one["id"] for one in there["files"]] == [first]
    await client.files_delete(file=first)
    assert (await heard.of("file_deleted"))["channel_ids"] == ["C0BILLING"]
    assert slack.channel("billing").last.raw["files"] == [{"id": first, "mode": "tombstone"}]
    with refused("file_not_found"):
        await client.files_info(file=first)
    async with aiohttp.ClientSession() as session:
        page = f"{slack.url}/sandbox/U0ALICE/conversations/C0BILLING"
        async with session.get(page) as response:
            assert (await response.json())["messages"][-1]["files"] == []


async def test_what_is_not_shared_with_the_bot_is_not_there(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    mine = await slack.person("bob").uploads("pay.txt", b"secret")
    await slack.person("bob").says("secret", "look", files=(mine,))
    for method in ("files.info", "files.delete"):
        with refused("file_not_found"):
            await client.api_call(method, params={"file": mine})
    assert not (await client.files_list())["files"]
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        address = slack.channel("secret").last.raw["files"][0]["url_private"]
        async with session.get(address, headers=headers) as response:
            assert response.status == 404
    theirs = await slack.person("bob").uploads("week.txt", b"numbers")
    await slack.person("bob").says("billing", "look", files=(theirs,))
    assert (await client.files_info(file=theirs))["file"]["user"] == "U0BOB"
    with refused("cant_delete_file"):
        await client.files_delete(file=theirs)


async def test_an_upload_that_cannot_be_shared_can_be_tried_again(client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="x.txt", length=1)
    done: Json = {"files": [{"id": begun["file_id"]}]}
    with refused("file_not_found"):
        await client.api_call("files.completeUploadExternal", json=done)
    post = {"url": begun["upload_url"], "data": b"x"}
    async with aiohttp.ClientSession() as session, session.post(**post) as response:
        assert await response.text() == "OK - 1"
    for where, error in (
        ({"channel_id": "C0ELSEWHERE"}, "not_in_channel"),
        ({"channel_id": "C0SECRET"}, "channel_not_found"),
        ({"channels": ",".join(["C0BILLING"] * 101)}, "channels_limit_exceeded"),
        ({"channel_id": "C0BILLING", "thread_ts": "1.000001"}, "thread_not_found"),
    ):
        with refused(error):
            await client.api_call("files.completeUploadExternal", json=done | where)
    await client.api_call("files.completeUploadExternal", json=done | {"channel_id": "C0BILLING"})


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"length": 1}, "invalid_arguments"),
        ({"filename": "x"}, "invalid_arguments"),
        ({"filename": "x", "length": 0}, "invalid_arguments"),
        ({"filename": "x", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "x", "length": 2**20 + 1, "snippet_type": "text"}, "snippet_too_large"),
    ],
)
async def test_uploads_that_do_not_begin(client: AsyncWebClient, args: Any, error: str) -> None:
    with refused(error):
        await client.api_call("files.getUploadURLExternal", params=args)

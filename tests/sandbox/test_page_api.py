"""The page's calls and its live line: each made as one person, who is shown what is theirs."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json
from tests.sandbox.throwaway_app import heard_by


class Page:
    """One person's page, without the drawing."""

    def __init__(self, session: aiohttp.ClientSession, slack: Sandbox, me: str) -> None:
        self.session, self.slack, self.me = session, slack, me
        self.status = 0

    async def get(self, path: str, **query: str) -> Json:
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, **body: object) -> Json:
        return await self._ask("POST", path, json=body)

    async def upload(self, name: str, body: bytes) -> Json:
        return await self._ask("POST", f"/files?name={name}", data=body)

    async def live(self) -> aiohttp.ClientWebSocketResponse:
        return await self.session.ws_connect(f"{self.slack.url}/sandbox/{self.me}/live")

    async def _ask(self, verb: str, path: str, **how: Any) -> Json:
        address = f"{self.slack.url}/sandbox/{self.me}{path}"
        async with self.session.request(verb, address, **how) as response:
            self.status = response.status
            return dict(await response.json())


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def alice(session: aiohttp.ClientSession, slack: Sandbox) -> Page:
    return Page(session, slack, "U0ALICE")


@pytest.fixture
def bob(session: aiohttp.ClientSession, slack: Sandbox) -> Page:
    return Page(session, slack, "U0BOB")


async def frame(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Json:
    """The next frame of this kind."""
    while True:
        heard: Json = await socket.receive_json(timeout=5)
        if heard["type"] == kind:
            return heard


async def test_a_page_starts_with_what_its_person_may_see(
    slack: Sandbox, alice: Page, bob: Page
) -> None:
    start = await alice.get("/start")
    assert start["me"]["name"] == "alice"
    kinds = {one["name"]: one["kind"] for one in start["conversations"]}
    assert kinds == {
        "general": "channel",
        "billing": "channel",
        "elsewhere": "channel",
        "Helper": "app",
    }
    assert {one["command"] for one in start["commands"]} >= {"/form", "/say"}
    assert start["app"] == {"name": "Helper", "bot_user_id": "U0HELPER", "connected": False}
    names = {one["name"] for one in (await bob.get("/start"))["conversations"]}
    assert {"leads", "secret"} <= names
    await alice.get("/conversations/C0LEADS")
    assert alice.status == 400
    nobody = Page(alice.session, slack, "U0NOBODY")
    assert (await nobody.get("/start"))["error"]
    assert nobody.status == 404


async def test_messages_are_said_read_and_counted(alice: Page, bob: Page) -> None:
    said = await alice.post("/messages", channel="C0BILLING", text="&lt;hi&gt; <@U0BOB>")
    assert said["message"]["text"] == "&lt;hi&gt; <@U0BOB>"
    ts = said["message"]["ts"]
    await bob.post("/messages", channel="C0BILLING", text="reply", thread_ts=ts)
    history = await bob.get("/conversations/C0BILLING")
    assert [one["text"] for one in history["messages"]] == ["&lt;hi&gt; <@U0BOB>"]
    assert (history["conversation"]["unread"], history["has_more"]) == (1, False)
    await bob.post("/read", channel="C0BILLING", ts=ts)
    assert (await bob.get("/conversations/C0BILLING"))["conversation"]["unread"] == 0
    thread = await alice.get(f"/conversations/C0BILLING/threads/{ts}")
    assert [one["text"] for one in thread["messages"]] == ["&lt;hi&gt; <@U0BOB>", "reply"]
    assert (await alice.post("/messages", channel="C0ELSEWHERE", text="x"))["error"].startswith(
        "Join"
    )


async def test_older_messages_are_asked_for(alice: Page) -> None:
    for number in range(5):
        await alice.post("/messages", channel="C0BILLING", text=str(number))
    newest = await alice.get("/conversations/C0BILLING", limit="2")
    assert ([one["text"] for one in newest["messages"]], newest["has_more"]) == (["3", "4"], True)
    before = newest["messages"][0]["ts"]
    older = await alice.get("/conversations/C0BILLING", limit="9", before=before)
    assert [one["text"] for one in older["messages"]] == ["0", "1", "2"]


async def test_notifications_are_paused_and_come_again(
    slack: Sandbox, alice: Page, bob: Page
) -> None:
    until = slack.workspace.seconds() + 1800
    await alice.post("/pause", until=until)
    people = (await bob.get("/start"))["people"]
    assert {one["id"]: one["quiet_until"] for one in people if one["quiet_until"] > 1} == {
        "U0ALICE": until
    }
    await alice.post("/pause", until=0)
    assert (await alice.get("/start"))["me"]["quiet_until"] == 1


async def test_the_live_line_shows_what_is_theirs(
    slack: Sandbox, client: AsyncWebClient, alice: Page, bob: Page
) -> None:
    line = await alice.live()
    await slack.until(lambda: slack.core.pages)
    await bob.post("/messages", channel="C0LEADS", text="among us")
    await client.chat_postEphemeral(channel="C0BILLING", user="U0BOB", text="for bob")
    await client.chat_postEphemeral(channel="C0BILLING", user="U0ALICE", text="for alice")
    heard = await frame(line, "message")
    assert (heard["message"]["text"], heard["message"]["is_ephemeral"]) == ("for alice", True)
    history = await alice.get("/conversations/C0BILLING")
    assert [one["text"] for one in history["messages"]] == ["for alice"]
    await alice.post(f"/ephemerals/{heard['message']['ts']}/dismiss", channel="C0BILLING")
    assert (await frame(line, "message_deleted"))["ts"] == heard["message"]["ts"]
    await line.close()


async def test_a_whole_round_through_the_page(
    slack: Sandbox, app: AsyncApp, alice: Page, bob: Page
) -> None:
    line = await alice.live()
    await slack.until(lambda: slack.core.pages)
    assert await alice.post("/commands", channel="C0BILLING", command="/form", text="") == {
        "ok": True
    }
    [view] = (await frame(line, "views"))["views"]
    submit = f"/views/{view['id']}/submit"
    refused = await alice.post(submit, values={"what": {"what": ""}})
    assert refused == {"ok": False, "errors": {"what": "Please complete this required field."}}
    values: Json = {"what": {"what": "Fire"}, "urgency": {"urgency": "high"}}
    assert await alice.post(submit, values=values) == {"ok": True}
    state = heard_by(app)[-1]["view"]["state"]["values"]
    assert state["urgency"]["urgency"]["selected_option"]["value"] == "high"
    message = (await frame(line, "message"))["message"]
    row = message["blocks"][1]
    container = {"type": "message", "channel": "C0BILLING", "ts": message["ts"]}
    at = {"block_id": row["block_id"], "action_id": "claim"}
    assert await bob.post("/actions", container=container, **at) == {"ok": True}
    while "Claimed" not in message["text"]:
        message = (await frame(line, "message_changed"))["message"]
    await line.close()


async def test_failures_are_told_in_words(slack: Sandbox, app: AsyncApp, alice: Page) -> None:
    answer = await alice.post("/commands", channel="C0BILLING", command="/slow", text="")
    assert (answer["ok"], answer["error"]) == (False, "operation_timeout")
    assert "/slow failed" in answer["text"]
    answer = await alice.post("/commands", channel="C0BILLING", command="/nope", text="")
    assert (alice.status, answer["error"]) == (400, "/nope is not a valid command.")


async def test_a_command_without_should_escape_gets_what_was_typed(
    app: AsyncApp, alice: Page
) -> None:
    text = "<@U0BOB|bob> &amp; <#C0GENERAL|general>"
    await alice.post("/commands", channel="C0BILLING", command="/raw", text=text)
    assert heard_by(app)[-1]["text"] == "@bob & #general"
    await alice.post("/commands", channel="C0BILLING", command="/say", text=text)
    assert heard_by(app)[-1]["text"] == text


async def test_home_is_asked_for_and_pushed(slack: Sandbox, app: AsyncApp, alice: Page) -> None:
    line = await alice.live()
    await slack.until(lambda: slack.core.pages)
    assert await alice.get("/home") == {"view": None}
    view = (await frame(line, "home"))["view"]
    assert view["blocks"][0]["text"]["text"] == "Hello <@U0ALICE>"
    await line.close()


async def test_files_reactions_and_direct_conversations(alice: Page, bob: Page) -> None:
    file = (await alice.upload("a.txt", b"bytes"))["file"]
    said = await alice.post("/messages", channel="C0BILLING", text="", files=[file["id"]])
    ts = said["message"]["ts"]
    assert said["message"]["files"][0]["url_private"].endswith("?as=U0ALICE")
    await bob.post("/reactions", channel="C0BILLING", ts=ts, name="eyes", on=True)
    [message] = (await alice.get("/conversations/C0BILLING"))["messages"]
    assert message["reactions"] == [{"name": "eyes", "users": ["U0BOB"], "count": 1}]
    opened = (await alice.post("/conversations", **{"with": "U0BOB"}))["conversation"]
    assert (opened["kind"], opened["with"]) == ("im", "U0BOB")
    joined = (await alice.post("/conversations", join="C0ELSEWHERE"))["conversation"]
    assert joined["is_member"]
    await alice.post("/conversations", join="C0LEADS")
    assert alice.status == 400


async def test_external_options_come_from_the_app(
    slack: Sandbox, client: AsyncWebClient, app: AsyncApp, alice: Page
) -> None:
    pick = {"type": "external_select", "action_id": "pick"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [pick]}]
    sent = await client.chat_postMessage(channel="C0BILLING", text="x", blocks=blocks)
    where = f'{{"type": "message", "channel": "C0BILLING", "ts": "{sent["ts"]}"}}'
    found = await alice.get(
        "/options", container=where, action_id="pick", block_id="row", value="red"
    )
    assert [one["value"] for one in found["options"]] == ["red", "red too"]


async def test_malformed_calls_are_told_so(alice: Page) -> None:
    await alice.post("/messages", text="where?")
    assert alice.status == 400

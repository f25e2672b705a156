"""A short story in which the sandbox sends a payload of every kind that it can send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import EVERYTHING
from sandbox.server import Sandbox
from tests.sandbox.conftest import SEED
from tests.sandbox.helpers import Json
from tests.sandbox.throwaway_app import button, form, input_block, text
from tests.sandbox.web_api.listening import Listener

BILLING = "C0BILLING"
FEATURES: Json = {
    "bot_user": {"display_name": "App"},
    "unfurl_domains": ["shop.example"],
    "slash_commands": [{"command": "/form", "description": "x", "should_escape": True}],
    "shortcuts": [
        {"name": "Raise this", "type": "message", "callback_id": "raise_this", "description": ""},
        {"name": "Start", "type": "global", "callback_id": "start", "description": ""},
    ],
}
PICK = {
    "type": "external_select",
    "action_id": "pick",
    "placeholder": text("Which?"),
    "min_query_length": 0,
}
VIEW = form(
    notify_on_close=True,
    close=text("No"),
    blocks=[
        {"type": "actions", "block_id": "a", "elements": [button("Press", "press", "1"), PICK]},
        input_block("what", "What?", {"type": "plain_text_input"}, optional=True),
    ],
)


@asynccontextmanager
async def _workspace() -> AsyncIterator[tuple[Sandbox, AsyncWebClient, Listener]]:
    async with (
        Sandbox(SEED, EVERYTHING | {"features": FEATURES}) as slack,
        aiohttp.ClientSession() as session,
        Listener(slack) as heard,
    ):
        yield slack, AsyncWebClient(slack.bot_token, slack.api_url, session=session), heard


async def everything() -> dict[str, Json]:
    """The first payload of every kind, by its name."""
    async with _workspace() as (slack, client, heard):
        await _act(slack, client)
        await _speak(slack, client)
        await _change_places(slack, client)
        await _change_people(slack, client)
        await heard.of("app_uninstalled")
        await slack.until(lambda: not slack.core.delivery.on_its_way)
        newest_first = reversed(heard.payloads)
        return {_name(slack, one): one for one in newest_first}


async def _act(slack: Sandbox, client: AsyncWebClient) -> None:
    alice = slack.person("alice")
    await alice.slash("/form", "please", channel="billing")
    await alice.shortcut("start")
    message = await alice.says("billing", "x")
    await alice.shortcut("raise_this", message)
    row = {"type": "actions", "elements": [button("Press", "press", "1")]}
    await client.chat_postMessage(channel=BILLING, text="card", blocks=[row])
    await alice.click(slack.channel("billing").last, "Press")
    home = {"type": "home", "blocks": [row]}
    await client.views_publish(user_id=alice.id, view=home)
    await alice.opens_home()
    await alice.click(alice.home, "Press")
    for _ in range(2):
        await client.views_open(trigger_id=slack.core.triggers.issue(alice.id), view=VIEW)
        await alice.click(alice.modal, "Press")
        async with aiohttp.ClientSession() as session:
            await _ask_for_options(session, slack, alice.modal.raw["id"])
        await alice.modal.close()
    await client.views_open(trigger_id=slack.core.triggers.issue(alice.id), view=VIEW)
    await alice.fill({"What?": "x"}).submit()


async def _ask_for_options(session: aiohttp.ClientSession, slack: Sandbox, view_id: str) -> None:
    query = {
        "container": f'{{"type": "view", "view_id": "{view_id}"}}',
        "block_id": "a",
        "action_id": "pick",
        "value": "x",
    }
    async with session.get(f"{slack.url}/sandbox/U0ALICE/options", params=query) as response:
        await response.read()


async def _speak(slack: Sandbox, client: AsyncWebClient) -> None:
    alice, room = slack.person("alice"), slack.channel("billing")
    message = await alice.says(room, f"<@{slack.app.bot_user_id}> look @app https://shop.example/7")
    await alice.edits(message, "look @app")
    await alice.says(room, "reply", thread=message)
    await client.chat_postMessage(
        channel=BILLING, text="loud", thread_ts=message.ts, reply_broadcast=True
    )
    await alice.reacts(message, "eyes")
    await alice.reacts(message, "eyes", on=False)
    at: Any = {"channel": BILLING, "timestamp": message.ts}
    await client.pins_add(**at)
    await client.pins_remove(**at)
    file = await alice.uploads("week.txt", b"numbers")
    await alice.says(room, "here", files=(file,))
    mine = await client.files_upload_v2(filename="x.txt", content="x", channel=BILLING)
    await client.files_delete(file=mine["files"][0]["id"])
    gone = await alice.says(room, "gone")
    await alice.deletes(gone)


async def _change_places(slack: Sandbox, client: AsyncWebClient) -> None:
    await slack.person("alice").creates("fresh")
    channel = (await client.conversations_create(name="inc-7"))["channel"]["id"]
    await client.conversations_rename(channel=channel, name="inc-8")
    await client.conversations_setTopic(channel=channel, topic="x")
    await client.conversations_setPurpose(channel=channel, purpose="x")
    await client.conversations_invite(channel=channel, users="U0ALICE")
    await slack.person("alice").leaves("inc-8")
    await client.conversations_archive(channel=channel)
    await client.conversations_unarchive(channel=channel)
    await client.conversations_leave(channel=channel)


async def _change_people(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.arrive("dora")
    await slack.person("alice").changes(tz="Europe/Athens")
    group = (await client.usergroups_create(name="Nights"))["usergroup"]["id"]
    await client.usergroups_users_update(usergroup=group, users="U0BOB")
    slack.uninstall()


def _name(slack: Sandbox, payload: Json) -> str:
    if "command" in payload:
        return "slash_command"
    if payload["type"] == "block_actions":
        return "block_actions of a message" if "message" in payload else "block_actions of a view"
    if payload["type"] != "event_callback":
        return str(payload["type"])
    event = payload["event"]
    own = event.get("user") == slack.app.bot_user_id and not event.get("subtype")
    if event["type"] == "message" and own:
        return "message of the app"
    return f"{event['type']} {event.get('subtype', '')}".strip()

"""A workspace with a small Bolt app in it, over real WebSockets and real HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.seed import Cast, ChannelSeed, GroupSeed, WorkspaceSeed
from sandbox.server import Sandbox
from tests.sandbox.throwaway_app import build

SEED = WorkspaceSeed(
    people=(
        Cast("alice", "Alice Archer", tz="Europe/Berlin"),
        Cast("bob", "Bob Baker", is_admin=True),
        Cast("charlie", "Charlie Cole", tz="America/New_York"),
    ),
    channels=(
        ChannelSeed("general", ("alice", "bob", "charlie"), has_app=True),
        ChannelSeed("billing", ("alice", "bob"), has_app=True),
        ChannelSeed("leads", ("bob",), private=True, has_app=True),
        ChannelSeed("secret", ("bob",), private=True),
        ChannelSeed("elsewhere", ("charlie",)),
    ),
    usergroups=(GroupSeed("billing-team", ("alice", "bob")),),
)
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Helper"},
    "features": {
        "bot_user": {"display_name": "Helper"},
        "slash_commands": [
            {"command": command, "description": command, "should_escape": True}
            for command in ("/form", "/say", "/slow", "/stack", "/late")
        ]
        + [{"command": "/raw", "description": "unescaped"}],
        "shortcuts": [
            {
                "name": "Raise this",
                "type": "message",
                "callback_id": "raise_this",
                "description": "",
            },
            {"name": "Start", "type": "global", "callback_id": "start", "description": ""},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "users:read",
                "users:read.email",
                *(
                    f"{one}:{verb}"
                    for one in ("channels", "groups", "im")
                    for verb in ("read", "history")
                ),
                "im:write",
                "reactions:read",
                "reactions:write",
                "files:read",
                "files:write",
                "usergroups:read",
                "channels:join",
                "channels:manage",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "message.channels",
                "message.groups",
                "message.im",
                "app_mention",
                "app_home_opened",
                "reaction_added",
                "member_joined_channel",
                "user_change",
                "team_join",
                "file_shared",
                "subteam_members_changed",
            ]
        },
        "socket_mode_enabled": True,
    },
}


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST, ack_timeout=0.5) as sandbox:
        yield sandbox


@pytest.fixture
async def client(slack: Sandbox) -> AsyncIterator[AsyncWebClient]:
    """The Web API as an app calls it, without retries."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def app(slack: Sandbox, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """The throw-away app, connected by Socket Mode."""
    bolt = build(client)
    handler: Any = AsyncSocketModeHandler(bolt, slack.app_token)
    await handler.connect_async()
    await slack.until_connected()
    yield bolt
    await handler.close_async()

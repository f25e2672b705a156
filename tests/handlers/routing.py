"""A router in a real Bolt app, payloads for it, and a Slack that only remembers what it was told."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import Person
from handlers.request import Reply, Request
from handlers.router import Router
from tests.cast import ALICE, NOON, WORKSPACE

Json = dict[str, Any]
TEAM = {"id": WORKSPACE}
USER = {"id": ALICE.id, "team_id": WORKSPACE}


class Noon:
    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return NOON.timestamp()


async def authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id="", team_id=WORKSPACE, bot_token="xoxb", bot_user_id="UBOT"
    )


async def find_alice(_workspace: str, person_id: str, _client: AsyncWebClient) -> Person:
    assert person_id == ALICE.id
    return ALICE


class Stage:
    """A router in a real Bolt app, with a Slack that only remembers what it was told."""

    def __init__(self, app: AsyncApp, router: Router, told: list[Json], url: str) -> None:
        self.app, self.router, self.told, self.url = app, router, told, url

    async def send(self, body: Json, *, form: bool = False) -> BoltResponse:
        if form:
            raw = "&".join(f"{name}={quote(str(value))}" for name, value in body.items())
        else:
            raw = f"payload={quote(json.dumps(body))}"
        kind = "application/x-www-form-urlencoded"
        return await self.app.async_dispatch(
            AsyncBoltRequest(body=raw, headers={"content-type": [kind]})
        )

    async def event(self, event: Json) -> BoltResponse:
        body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": "Ev1", "event": event}
        return await self.app.async_dispatch(
            AsyncBoltRequest(body=json.dumps(body), headers={"content-type": ["application/json"]})
        )

    def command(self, command: str = "/escalate", text: str = "") -> Json:
        return {
            "command": command,
            "text": text,
            "user_id": ALICE.id,
            "team_id": WORKSPACE,
            "trigger_id": "1.2",
        }

    def click(self, action_id: str, value: str = "7") -> Json:
        action = {
            "type": "button",
            "action_id": action_id,
            "value": value,
            "action_ts": "1.5",
            "block_id": "b",
        }
        return {
            "type": "block_actions", "team": TEAM, "user": USER, "actions": [action],
            "container": {"type": "message", "message_ts": "1.1"}, "trigger_id": "1.2",
            "response_url": f"{self.url}response",
        }  # fmt: skip

    def submission(self, callback_id: str) -> Json:
        values = {
            "summary": {"value": {"type": "plain_text_input", "value": "Words"}},
            "team": {"value": {"type": "static_select", "selected_option": {"value": "t1"}}},
            "people": {"value": {"type": "multi_users_select", "selected_users": ["U1"]}},
            "days": {"value": {"type": "checkboxes", "selected_options": [{"value": "mon"}]}},
            "empty": {"value": {"type": "plain_text_input", "value": None}},
        }
        view = {
            "id": "V1", "hash": "h1", "type": "modal", "callback_id": callback_id,
            "private_metadata": "12", "state": {"values": values},
        }  # fmt: skip
        return {
            "type": "view_submission",
            "team": TEAM,
            "user": USER,
            "view": view,
            "trigger_id": "1.2",
        }


@asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    """The router, with a Slack beside it."""
    told: list[Json] = []

    async def remember(request: web.Request) -> web.Response:
        sent = (
            await request.json()
            if request.content_type == "application/json"
            else dict(await request.post())
        )
        told.append({"path": request.path, **sent})
        return web.json_response({"ok": True})

    server = web.Application()
    server.router.add_post("/{path:.*}", remember)
    async with TestServer(server) as running, ClientSession() as session:
        url = str(running.make_url("/"))
        client = AsyncWebClient(base_url=f"{url}api/", session=session)
        app = AsyncApp(
            client=client,
            authorize=authorize,
            request_verification_enabled=False,
            process_before_response=True,
        )
        router = Router(find_alice, Noon())
        router.attach(app)
        yield Stage(app, router, told, url)


def remembering(seen: list[Request], reply: Reply | None = None) -> Any:
    async def handler(request: Request) -> Reply | None:
        seen.append(request)
        return reply

    return handler


def raising(error: Exception) -> Any:
    async def handler(_request: Request) -> None:
        raise error

    return handler

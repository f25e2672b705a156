"""Each kind of payload finds its handler, has a key that a repeat shares, and is answered whatever happens."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import AlreadyHeard, DatabaseGone, FormProblems, Refused
from bot.people import Person
from handlers.request import Reply, Request
from handlers.router import Router
from storage.sealing import CannotOpen
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


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
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


async def test_every_kind_of_payload_finds_its_handler_and_has_its_key(stage: Stage) -> None:
    seen: list[Request] = []
    handler, router = remembering(seen), stage.router
    router.commands["/escalate"] = router.clicks["claim"] = router.submissions["form"] = handler
    router.shortcuts["escalate"] = router.closings["form"] = router.events["app_home_opened"] = (
        handler
    )
    router.events["message.im"] = handler

    await stage.send(stage.command(), form=True)
    await stage.send(stage.click("claim"))
    await stage.send(stage.submission("form"))
    shortcut = {
        "type": "shortcut",
        "callback_id": "escalate",
        "trigger_id": "1.9",
        "team": TEAM,
        "user": USER,
    }
    await stage.send(shortcut)
    await stage.send(shortcut | {"type": "message_action", "message": {}, "channel": {"id": "C1"}})
    await stage.send(stage.submission("form") | {"type": "view_closed"})
    await stage.event({"type": "app_home_opened", "user": ALICE.id, "tab": "home"})
    message = {"type": "message", "user": ALICE.id, "channel": "D1", "ts": "1.1"}
    await stage.event(message | {"channel_type": "im"})
    await stage.event(message | {"channel_type": "channel"})  # which nobody listens to

    assert [request.key for request in seen] == [
        "command:1.2",
        "click:U0ALICE:1.1:claim:1.5",
        "submit:V1:h1",
        "shortcut:1.9",
        "shortcut:1.9",
        "close:V1",
        "event:Ev1",
        "event:Ev1",
    ]
    assert all(request.person == ALICE and request.now == NOON for request in seen)


async def test_what_a_form_holds_is_read_by_name(stage: Stage) -> None:
    seen: list[Request] = []
    stage.router.submissions["form"] = remembering(seen)
    await stage.send(stage.submission("form"))
    assert seen[0].metadata == "12"
    assert seen[0].fields == {
        "summary": "Words", "team": "t1", "people": ["U1"], "days": ["mon"], "empty": None,
    }  # fmt: skip


async def test_one_action_in_several_places(stage: Stage) -> None:
    """Ids in one message must differ; what follows the colon only keeps them apart."""
    seen: list[Request] = []
    stage.router.clicks["claim"] = remembering(seen)
    await stage.send(stage.click("claim:7"))
    assert seen[0].value == "7"


async def test_a_command_is_answered_privately_in_its_ack(stage: Stage) -> None:
    stage.router.commands["/escalate"] = remembering([], Reply(text="Usage"))
    response = await stage.send(stage.command(), form=True)
    assert json.loads(response.body) == {"text": "Usage", "response_type": "ephemeral"}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("Only a lead of {team} can.", team="Billing"), "Only a lead of Billing can."),
        (DatabaseGone("connection refused"), "nothing was saved"),
        (CannotOpen("Nobody gave the key."), "cannot be opened now"),
        (ZeroDivisionError(), "Please quote"),
    ],
)
async def test_a_failure_is_told_in_every_place(stage: Stage, error: Exception, words: str) -> None:
    router = stage.router
    router.commands["/escalate"] = router.clicks["claim"] = router.submissions["form"] = raising(
        error
    )

    command = await stage.send(stage.command(), form=True)
    assert words in json.loads(command.body)["text"]

    assert (await stage.send(stage.click("claim"))).status == 200
    assert words in stage.told[-1]["text"]
    assert stage.told[-1]["response_type"] == "ephemeral"
    assert stage.told[-1]["replace_original"] is False

    form = json.loads((await stage.send(stage.submission("form"))).body)
    assert form["response_action"] == "push"  # the form stays below, with everything typed
    assert words in form["view"]["blocks"][0]["text"]["text"]


async def test_a_message_that_only_one_person_sees_can_become_another(stage: Stage) -> None:
    async def answer(request: Request) -> None:
        await (request.become or request.whisper)("Done")

    stage.router.clicks["give"] = answer
    await stage.send(stage.click("give"))
    assert stage.told[-1]["replace_original"] is False
    click = stage.click("give")
    await stage.send(click | {"container": click["container"] | {"is_ephemeral": True}})
    assert stage.told[-1]["replace_original"] is True
    assert stage.told[-1]["text"] == "Done"


async def test_whose_an_event_is_matters_only_where_it_is_worth_it(stage: Stage) -> None:
    looked: list[tuple[str, Json]] = []
    heard: list[Request] = []

    async def is_tada(workspace_id: str, event: Json) -> bool:
        looked.append((workspace_id, event))
        return bool(event["reaction"] == "tada")

    stage.router.events["reaction_added"] = remembering(heard)
    stage.router.worth["reaction_added"] = is_tada
    for user, emoji in (("U0UNKNOWN", "eyes"), (ALICE.id, "tada")):
        event = {"type": "reaction_added", "user": user, "reaction": emoji}
        assert (await stage.event(event)).status == 200
    assert [one[0] for one in looked] == [WORKSPACE, WORKSPACE]
    assert [one.person for one in heard] == [ALICE]


async def test_wrong_fields_are_named_beside_them(stage: Stage) -> None:
    problems = FormProblems({"summary": Refused("Say in a sentence what is wrong.")})
    stage.router.submissions["form"] = raising(problems)
    response = json.loads((await stage.send(stage.submission("form"))).body)
    assert response == {
        "response_action": "errors",
        "errors": {"summary": "Say in a sentence what is wrong."},
    }


@pytest.mark.parametrize(
    ("below", "where"),
    [(None, "push"), ("V0", "push"), ("V9", "update")],
    ids=["the first", "the second", "the third"],
)
async def test_a_click_in_a_form_is_refused_on_top_of_it_or_in_its_place(
    stage: Stage, below: str | None, where: str
) -> None:
    """Slack allows three on top of each other."""
    stage.router.clicks["claim"] = raising(Refused("Not now."))
    click = stage.click("claim") | {
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "modal", "id": "V1", "root_view_id": "V0", "previous_view_id": below},
    }
    del click["response_url"]
    await stage.send(click)
    assert stage.told[-1]["path"] == f"/api/views.{where}"


async def test_a_repeat_is_acknowledged_and_nobody_is_told(stage: Stage) -> None:
    stage.router.clicks["claim"] = raising(AlreadyHeard("k"))
    assert (await stage.send(stage.click("claim"))).status == 200
    assert stage.told == []


async def test_an_event_during_an_outage_is_left_for_slack_to_send_again(stage: Stage) -> None:
    stage.router.events["app_home_opened"] = raising(DatabaseGone("gone"))
    assert (await stage.event({"type": "app_home_opened", "user": ALICE.id})).status == 503


async def test_what_nobody_handles_is_acknowledged(stage: Stage) -> None:
    assert (await stage.event({"type": "channel_rename", "channel": {}})).status == 200
    assert (await stage.send(stage.click("something old"))).status == 200

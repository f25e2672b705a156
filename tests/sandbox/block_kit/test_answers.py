"""What an app is answered when its blocks are refused, wherever it sends them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.block_kit.samples import HOME, MODAL, mrkdwn, sample, text
from tests.sandbox.helpers import Json, refused
from tests.sandbox.throwaway_app import card, form, input_block, option

TOO_LONG = [sample("section") | {"text": mrkdwn("x" * 3001)}, {"type": "sction"}]
SAID = [
    "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    "unsupported type: sction [json-pointer:/blocks/1/type]",
]
POSTS = {"chat.postMessage": {}, "chat.postEphemeral": {"user": "U0ALICE"}}


async def call(client: AsyncWebClient, method: str, **arguments: Any) -> Json:
    """What is answered, refusals too."""
    try:
        answer = await client.api_call(method, json=arguments)
    except SlackApiError as error:
        return dict(error.response.data)
    return dict(answer.data)  # type: ignore[arg-type]


async def test_messages_are_refused_with_pointers(slack: Sandbox, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0BILLING", text="x"))["ts"]
    later: Json = {"post_at": int(slack.core.clock.now().timestamp()) + 600}
    calls = POSTS | {"chat.update": {"ts": ts}, "chat.scheduleMessage": later}
    for method, more in calls.items():
        given = {"channel": "C0BILLING", "text": "x", "blocks": TOO_LONG} | more
        answer = await call(client, method, **given)
        assert (answer["error"], answer["errors"]) == ("invalid_blocks", SAID), method
        assert answer["response_metadata"]["messages"] == [f"[ERROR] {one}" for one in SAID]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"blocks": []}, "no_text"),
        ({"blocks": "not JSON"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": [sample("table")] * 2}, "invalid_attachments"),
        ({"blocks": [sample("section") | {"text": text("x" * 2900)}] * 5}, "msg_blocks_too_long"),
        ({"blocks": [sample("alert")]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"blocks": TOO_LONG}]}, "invalid_attachments"),
    ],
)
async def test_why_messages_are_refused(client: AsyncWebClient, given: Json, error: str) -> None:
    answer = await call(client, "chat.postMessage", channel="C0BILLING", **given)
    assert answer["error"] == error


async def test_blocks_of_attachments_are_pointed_at(client: AsyncWebClient) -> None:
    attachments = [{"text": "first"}, {"blocks": TOO_LONG}]
    answer = await call(client, "chat.postMessage", channel="C0BILLING", attachments=attachments)
    assert answer["errors"][1] == SAID[1].replace("/blocks", "/attachments/1/blocks")


async def test_views_are_refused_with_pointers(client: AsyncWebClient) -> None:
    view, home = MODAL | {"blocks": TOO_LONG}, HOME | {"blocks": TOO_LONG}
    known = (await client.views_publish(user_id="U0ALICE", view=HOME))["view"]["id"]
    calls: dict[str, Json] = {
        "views.open": {"trigger_id": "t", "view": view},
        "views.push": {"trigger_id": "t", "view": view},
        "views.update": {"view_id": known, "view": home},
        "views.publish": {"user_id": "U0ALICE", "view": home},
    }
    for method, given in calls.items():
        answer = await call(client, method, **given)
        assert answer["error"] == "invalid_arguments", method
        pointed = [one.replace(":/blocks", ":/view/blocks") for one in SAID]
        assert answer["response_metadata"]["messages"] == [f"[ERROR] {one}" for one in pointed]


async def test_a_view_may_be_too_large(client: AsyncWebClient) -> None:
    blocks = [sample("section") | {"text": text("ж" * 1250)} for _ in range(100)]
    with refused("view_too_large"):
        await client.views_open(trigger_id="t", view=MODAL | {"blocks": blocks})


async def test_a_response_url_refuses_too(slack: Sandbox) -> None:
    address = slack.core.response_urls.issue("U0ALICE", "C0BILLING")
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, json={"text": "x", "blocks": TOO_LONG}) as answer,
    ):
        assert not answer.ok
        assert (await answer.json())["errors"] == SAID
    assert not slack.person("alice").ephemerals


@pytest.fixture
async def careless(slack: Sandbox, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """An app that answers a form with too long a title, and a search with too many choices."""
    app = AsyncApp(client=client, token=client.token, process_before_response=True)
    picker = {"type": "external_select", "placeholder": text("Pick"), "min_query_length": 0}

    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        blocks = [input_block("pick", "Which?", picker, optional=True)]
        await client.views_open(trigger_id=body["trigger_id"], view=form(blocks=blocks))
        await ack()

    async def update(ack: Any) -> None:
        await ack(response_action="update", view=form(title="x" * 25))

    async def offer(ack: Any) -> None:
        await ack(options=[option(str(number)) for number in range(101)])

    app.command("/form")(open_form)
    app.view("raise")(update)
    app.options("pick")(offer)
    handler: Any = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.until_connected()
    yield app
    await handler.close_async()


async def test_what_a_form_is_answered_with_is_refused(slack: Sandbox, careless: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    assert alice.modal is not None
    result = await alice.modal.submit()
    assert "[json-pointer:/view/title/text]" in result.error
    assert alice.modal.is_open


async def test_too_many_choices_are_refused(slack: Sandbox, careless: AsyncApp) -> None:
    alice = slack.person("alice")
    await alice.slash("/form")
    with pytest.raises(AssertionError, match="There is no choice"):
        await alice.fill({"Which?": "7"})
    assert "no more than 100 items allowed [json-pointer:/options]" in alice.failures[-1]


async def validate(slack: Sandbox, **given: object) -> Json:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}blocks.validate", json=given) as answer,
    ):
        return dict(await answer.json())


async def test_blocks_validate_needs_no_token_and_tells_the_details(slack: Sandbox) -> None:
    assert (await validate(slack, blocks=card("words")))["ok"]
    assert (
        await validate(slack, blocks='[{"type": "alert", "text": {"type": "mrkdwn", "text": "x"}}]')
    )["ok"]
    answer = await validate(slack, blocks=TOO_LONG)
    assert answer["error"] == "invalid_blocks"
    too_long = {"type": "max_length", "expected": 3000, "got": 3001}
    assert answer["errors"][1] == {
        "pointer": "/0/text/text",
        "code": "failed_constraint",
        "message": "must be less than 3001 characters",
        "constraint": too_long,
    }


async def test_blocks_validate_takes_messages_and_views(slack: Sandbox) -> None:
    assert (await validate(slack, message={"text": "x"}))["ok"]
    assert (await validate(slack, message='{"blocks": [{"type": "divider"}]}'))["ok"]
    assert (await validate(slack, view=form()))["ok"]
    assert (await validate(slack, view={"type": "home", "blocks": card("words")}))["ok"]
    message = await validate(slack, message={"blocks": TOO_LONG})
    assert (message["error"], message["errors"][-1]["pointer"]) == (
        "invalid_message",
        "/blocks/1/type",
    )
    view = await validate(slack, view=form() | {"title": None})
    assert (view["error"], view["errors"][0]["code"]) == ("invalid_view", "missing_field")


@pytest.mark.parametrize(
    "given",
    [{}, {"blocks": [], "message": {}}, {"view": "no JSON"}, {"message": []}, {"view": 7}],
)
async def test_blocks_validate_takes_exactly_one(slack: Sandbox, given: Json) -> None:
    assert (await validate(slack, **given))["error"] == "invalid_arguments"

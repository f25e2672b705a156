"""A Bolt app that does a little of everything, so that the workspace has somebody to talk to."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(words: str) -> Json:
    return {"text": text(words), "value": words.lower()}


def input_block(name: str, label: str, element: Json, **more: Any) -> Json:
    element = {"action_id": name} | element
    return {"type": "input", "block_id": name, "label": text(label), "element": element} | more


def button(words: str, action_id: str, value: str = "") -> Json:
    shape: Json = {"type": "button", "text": text(words), "action_id": action_id}
    return shape | ({"value": value} if value else {})


def form(title: str = "Raise", **more: Any) -> Json:
    urgency = {
        "type": "static_select",
        "options": [option("High"), option("Low")],
        "initial_option": option("Low"),
    }
    return {
        "type": "modal",
        "callback_id": "raise",
        "title": text(title),
        "submit": text("Send"),
        "private_metadata": "kept",
        "blocks": [
            input_block("what", "What is wrong?", {"type": "plain_text_input"}),
            input_block("urgency", "How urgent?", urgency),
            input_block("who", "Who?", {"type": "users_select"}, optional=True),
            input_block(
                "mail",
                "Mail",
                {"type": "email_text_input", "initial_value": "a@b.example"},
                optional=True,
            ),
        ],
    } | more


def card(words: str) -> list[Json]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": words}},
        {"type": "actions", "elements": [button("Claim", "claim", "7"), button("Open", "open")]},
    ]


def build(client: AsyncWebClient, **settings: Any) -> AsyncApp:
    app = AsyncApp(client=client, token=client.token, process_before_response=True, **settings)
    app.heard = []  # type: ignore[attr-defined]
    _commands(app)
    _interactions(app)
    _events(app)
    return app


def _commands(app: AsyncApp) -> None:
    heard: list[Json] = app.heard  # type: ignore[attr-defined]

    @app.command("/form")
    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.command("/say")
    async def say_it(ack: Any, body: Json) -> None:
        heard.append(body)
        public, _, words = body["text"].rpartition("!")
        await ack(words, response_type="in_channel" if public else "ephemeral")

    @app.command("/raw")
    async def raw(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.6)
        await ack()

    @app.command("/late")
    async def late(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond("first")

    @app.shortcut("raise_this")
    async def raise_this(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form("From a message"))
        await ack()

    @app.shortcut("start")
    async def start(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()


def _interactions(app: AsyncApp) -> None:
    heard: list[Json] = app.heard  # type: ignore[attr-defined]

    @app.view("raise")
    async def raised(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        what = body["view"]["state"]["values"]["what"]["what"]["value"]
        if what == "bad":
            await ack(response_action="errors", errors={"what": "Say more."})
        elif what == "more":
            await ack(response_action="push", view=form("Next"))
        elif what == "other":
            await ack(response_action="update", view=form("Other"))
        elif what == "all":
            await ack(response_action="clear")
        else:
            await client.chat_postMessage(channel="#billing", text=what, blocks=card(what))
            await ack()

    @app.view_closed("raise")
    async def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    @app.action("claim")
    async def claim(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond(f"Claimed by <@{body['user']['id']}>", replace_original=True)

    @app.action("open")
    async def open_again(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.action("pick")
    async def pick(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    @app.options("pick")
    async def offer(ack: Any, body: Json) -> None:
        await ack(options=[option(f"{body['value']} one"), option(f"{body['value']} two")])


def _events(app: AsyncApp) -> None:
    heard: list[Json] = app.heard  # type: ignore[attr-defined]

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        view = {"type": "home", "blocks": card(f"Hello <@{event['user']}>")}
        await client.views_publish(user_id=event["user"], view=view)

    @app.event("message")
    async def message(body: Json) -> None:
        heard.append(body)

    @app.event({"type": "message", "subtype": "file_share"})
    async def file_share(body: Json) -> None:
        heard.append(body)

    for name in (
        "app_mention",
        "reaction_added",
        "member_joined_channel",
        "user_change",
        "team_join",
        "file_shared",
        "subteam_members_changed",
    ):
        app.event(name)(message)

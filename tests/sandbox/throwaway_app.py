"""A Bolt app that does a little of everything, so that the workspace has somebody to talk to."""

import asyncio
import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": True}


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
    """The app; what it heard is in `app.heard`."""
    app = AsyncApp(client=client, token=client.token, process_before_response=True, **settings)
    heard: list[Json] = []
    app.heard = heard  # type: ignore[attr-defined]
    _commands(app, heard)
    _shortcuts(app, heard)
    _views(app, heard)
    _actions(app, heard)
    _events(app, heard)
    return app


def heard_by(app: AsyncApp) -> list[Json]:
    heard: list[Json] = app.heard  # type: ignore[attr-defined]
    return heard


def _commands(app: AsyncApp, heard: list[Json]) -> None:
    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async def say(ack: Any, body: Json) -> None:
        heard.append(body)
        public, _, words = body["text"].rpartition("!")
        await ack(words, response_type="in_channel" if public else "ephemeral")

    async def slow(ack: Any) -> None:
        await asyncio.sleep(1.2)
        await ack()

    async def late(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond("first")

    app.command("/form")(open_form)
    app.command("/say")(say)
    app.command("/raw")(_listen(heard))
    app.command("/slow")(slow)
    app.command("/late")(late)


def _shortcuts(app: AsyncApp, heard: list[Json]) -> None:
    async def raise_this(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form("From a message"))
        await ack()

    app.shortcut("raise_this")(raise_this)
    app.shortcut("start")(_listen(heard))


def _views(app: AsyncApp, heard: list[Json]) -> None:
    answers: dict[str, Json] = {
        "bad": {"response_action": "errors", "errors": {"what": "Say more."}},
        "nowhere": {"response_action": "errors", "errors": {"no such block": "Say more."}},
        "more": {"response_action": "push", "view": form("Next")},
        "other": {"response_action": "update", "view": form("Other")},
        "all": {"response_action": "clear"},
    }

    async def raised(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        what = body["view"]["state"]["values"]["what"]["what"]["value"]
        if what in answers:
            await ack(**answers[what])
        else:
            await client.chat_postMessage(channel="#billing", text=what, blocks=card(what))
            await ack()

    app.view("raise")(raised)
    app.view_closed("raise")(_listen(heard))


def _actions(app: AsyncApp, heard: list[Json]) -> None:
    async def claim(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond(f"Claimed by <@{body['user']['id']}>", replace_original=True)

    async def open_again(ack: Any, body: Json, client: AsyncWebClient) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async def offer(ack: Any, body: Json) -> None:
        await ack(options=[option(body["value"]), option(f"{body['value']} too")])

    app.action("claim")(claim)
    app.action("open")(open_again)
    app.action("pick")(_listen(heard))
    app.action("menu")(_listen(heard))
    app.options("pick")(offer)


def _events(app: AsyncApp, heard: list[Json]) -> None:
    async def home(event: Json, client: AsyncWebClient) -> None:
        heard.append(event)
        view = {"type": "home", "blocks": card(f"Hello <@{event['user']}>")}
        await client.views_publish(user_id=event["user"], view=view)

    app.event("app_home_opened")(home)
    app.event(re.compile(".*"))(_listen(heard))


def _listen(heard: list[Json]) -> Any:
    async def listen(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    return listen

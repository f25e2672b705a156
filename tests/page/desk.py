"""A throw-away app that opens forms, posts cards and answers late, so that the page has something to show."""

import asyncio
import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.seed import Cast, ChannelSeed, GroupSeed, WorkspaceSeed

Json = dict[str, Any]

SEED = WorkspaceSeed(
    people=(
        Cast("alice", "Alice Archer", title="Agent", tz="Europe/Berlin", locale="en-GB"),
        Cast("bob", "Bob Baker", title="Team lead", tz="America/New_York", locale="en-US"),
        Cast("linh", "Linh Tran", title="Agent", tz="Asia/Ho_Chi_Minh", locale="vi-VN"),
    ),
    channels=(
        ChannelSeed("billing", ("alice", "bob", "linh"), has_app=True, topic="Refunds"),
        ChannelSeed("leads", ("bob",), private=True, has_app=True),
        ChannelSeed("shipping", ("linh",), has_app=True),
    ),
    usergroups=(GroupSeed("night-team", ("alice", "bob")),),
)
COMMANDS = (("/ask", "Ask a colleague", "[what about]"), ("/slow", "Never answers", ""))
MANIFEST: Json = {
    "display_information": {"name": "Desk"},
    "features": {
        "bot_user": {"display_name": "Desk"},
        "slash_commands": [
            {"command": name, "description": what, "usage_hint": hint, "should_escape": True}
            for name, what, hint in COMMANDS
        ],
        "shortcuts": [
            {"name": "Ask about this", "type": "message", "callback_id": "this", "description": ""},
            {"name": "Ask", "type": "global", "callback_id": "ask", "description": "A form"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "users:read",
                "files:read",
                "files:write",
                "im:write",
                *(f"{one}:history" for one in ("channels", "groups", "im")),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "socket_mode_enabled": True,
    },
}


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def option(words: str) -> Json:
    return {"text": plain(words), "value": words.lower()}


def section(words: str) -> Json:
    return {"type": "section", "text": mrkdwn(words)}


def button(words: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(words), "action_id": words.lower()} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "buttons", "elements": list(elements)}


def field(name: str, label: str, element: Json, **more: Any) -> Json:
    block = {"type": "input", "block_id": name, "label": plain(label)}
    return block | {"element": {"action_id": name} | element} | more


def form(title: str = "Ask", *more: Json) -> Json:
    urgency = {"type": "static_select", "options": [option("High"), option("Low")]}
    needs = {"type": "radio_buttons", "options": [option("Knowledge"), option("Permission")]}
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": plain(title),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [
            field("what", "What is wrong?", {"type": "plain_text_input"}),
            field("urgency", "How urgent?", urgency, dispatch_action=True),
            *more,
            field("who", "Who else?", {"type": "multi_users_select"}, optional=True),
            field("needs", "What do you need?", needs, optional=True),
            field("due", "Until", {"type": "datetimepicker"}, optional=True),
            field("topic", "Topic", {"type": "external_select", "min_query_length": 1})
            | {"optional": True},
            field("mail", "Mail", {"type": "email_text_input"}, optional=True),
            field("proof", "Proof", {"type": "file_input"}, optional=True),
        ],
    }


def every_kind() -> Json:
    """A form with an input of every kind that Slack has."""
    three = {"options": [option("One"), option("Two"), option("Three")]}
    asked = {"type": "external_select", "min_query_length": 1}
    dots = {"type": "overflow", "action_id": "dots", "options": three["options"]}
    return form("Every kind") | {
        "blocks": [
            section("Dots") | {"accessory": dots},
            field("what", "Line", {"type": "plain_text_input"}),
            field("lines", "Lines", {"type": "plain_text_input", "multiline": True}),
            field("number", "Number", {"type": "number_input", "is_decimal_allowed": True}),
            field("mail", "Mail", {"type": "email_text_input"}),
            field("link", "Link", {"type": "url_text_input"}),
            field("date", "Date", {"type": "datepicker"}),
            field("time", "Time", {"type": "timepicker"}),
            field("moment", "Moment", {"type": "datetimepicker"}),
            field("one", "One of", {"type": "static_select"} | three),
            field("several", "Several", {"type": "multi_static_select"} | three),
            field("topic", "Topic", asked),
            field("topics", "Many topics", asked | {"type": "multi_external_select"}),
            field("person", "Person", {"type": "users_select"}),
            field("people", "Persons", {"type": "multi_users_select"}),
            field("talk", "Talk", {"type": "conversations_select"}),
            field("talks", "Many talks", {"type": "multi_conversations_select"}),
            field("channel", "Channel", {"type": "channels_select"}),
            field("channels", "All channels", {"type": "multi_channels_select"}),
            field("ticks", "Ticks", {"type": "checkboxes"} | three),
            field("either", "Either", {"type": "radio_buttons"} | three),
            field("proof", "Proof", {"type": "file_input"}),
            field("rich", "Rich", {"type": "rich_text_input"}),
        ]
    }


class Desk:
    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.asked: list[Json] = []  # the values of the forms that arrived
        self.clicked: list[Json] = []
        self.closed: list[bool] = []
        self.release = asyncio.Event()  # lets a waiting click go on
        self.home_words = "Nothing to do"
        self.next_form = form()  # what the next command or shortcut opens
        self.bolt = AsyncApp(client=client, process_before_response=True)
        self.bolt.command("/ask")(self.open_form)
        self.bolt.command("/slow")(self.never)
        self.bolt.shortcut("ask")(self.open_form)
        self.bolt.shortcut("this")(self.open_form)
        self.bolt.view("ask")(self.take)
        self.bolt.view_closed("ask")(self.hear_close)
        self.bolt.action("urgency")(self.tell_more)
        self.bolt.action("claim")(self.claim)
        self.bolt.action("never")(self.never)
        self.bolt.options(re.compile("^topic"))(self.suggest)
        self.bolt.action("dots")(self.note)
        self.bolt.event("app_home_opened")(self.publish)

    async def post(self, *blocks: Json, channel: str = "C0BILLING", text: str = "A card") -> None:
        await self.client.chat_postMessage(channel=channel, text=text, blocks=list(blocks) or None)

    async def whisper(self, user: str, text: str) -> None:
        await self.client.chat_postEphemeral(channel="C0BILLING", user=user, text=text)

    async def home(self, user: str, words: str) -> None:
        view = {"type": "home", "blocks": [section(words), actions(button("Claim"))]}
        await self.client.views_publish(user_id=user, view=view)

    async def open_form(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=self.next_form)
        await ack()

    async def take(self, ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        self.asked.append(values)
        said = values["what"]["what"]["value"]
        if said == "bad":
            await ack(response_action="errors", errors={"what": "Say more."})
        elif said == "more":
            await ack(response_action="push", view=form("And then"))
        elif said != "silence":
            await ack()

    async def hear_close(self, ack: Any, body: Json) -> None:
        self.closed.append(body["is_cleared"])
        await ack()

    async def tell_more(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        chosen = body["actions"][0]["selected_option"]["text"]["text"]
        view = form("Ask", section(f"{chosen}: somebody looks at once"))
        await client.views_update(view_id=body["view"]["id"], view=view)
        await ack()

    async def claim(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        self.clicked.append(body)
        await self.release.wait()
        if body.get("message"):
            claimed = section(f"Claimed by <@{body['user']['id']}>")
            await client.chat_update(
                channel=body["channel"]["id"],
                ts=body["message"]["ts"],
                text="Claimed",
                blocks=[claimed],
            )
        await ack()

    async def note(self, ack: Any, body: Json) -> None:
        self.clicked.append(body)
        await ack()

    async def never(self) -> None:
        await asyncio.sleep(1.2)

    async def suggest(self, ack: Any, body: Json) -> None:
        await ack(options=[option(f"{body['value']} refunds"), option(f"{body['value']} bills")])

    async def publish(self, event: Json) -> None:
        await self.home(event["user"], self.home_words)

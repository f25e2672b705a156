"""The pieces of Block Kit that views are made of: plain dicts, cut to Slack's limits where a person's words may be long."""

from collections.abc import Container, Sequence
from typing import Any

Block = dict[str, Any]

SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
TITLE_LIMIT = 24


def text_length(thing: object) -> int:
    """How many characters there are to read in blocks: a message may hold some 13,000 in all."""
    if isinstance(thing, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else text_length(value)
            for key, value in thing.items()
        )
    return sum(map(text_length, thing)) if isinstance(thing, list) else 0


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, within `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = SECTION_LIMIT) -> Block:
    return {"type": "plain_text", "text": shorten(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> Block:
    return {"type": "mrkdwn", "text": shorten(text, limit)}


def section(text: str, *, fields: Sequence[str] = (), accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if fields:
        block["fields"] = [mrkdwn(one, 2000) for one in fields[:10]]
    if accessory:
        block["accessory"] = accessory
    return block


def section_of(fields: Sequence[str]) -> Block:
    """Short facts, two beside each other."""
    return {"type": "section", "fields": [mrkdwn(one, 2000) for one in fields[:10]]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str = "") -> Block:
    block: Block = {"type": "actions", "elements": list(elements[:25])}
    return block | ({"block_id": block_id} if block_id else {})


def button(text: str, action_id: str, value: str = "", **more: Any) -> Block:
    """A button. `more`: `style` ("primary", "danger"), `confirm`, `url`, `accessibility_label`."""
    element = {"type": "button", "text": plain(text, BUTTON_LIMIT), "action_id": action_id}
    return element | ({"value": value} if value else {}) | more


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    return {
        "title": plain(title, 100),
        "text": mrkdwn(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str = "") -> Block:
    found = {"text": plain(text, 75), "value": value}
    return found | ({"description": plain(description, 75)} if description else {})


def select(
    options: Sequence[Block], *, initial: str | None = None, placeholder: str = "", **more: Any
) -> Block:
    """A static select. `initial` is the value that is chosen at first, if it is among the options."""
    element: Block = {"type": "static_select", "options": list(options[:100])} | more
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    chosen = [one for one in element["options"] if one["value"] == initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def checkboxes(options: Sequence[Block], chosen: Container[str]) -> Block:
    """Boxes to tick, those of the chosen values ticked."""
    element: Block = {"type": "checkboxes", "options": list(options)}
    ticked = [one for one in options if one["value"] in chosen]
    return element | ({"initial_options": ticked} if ticked else {})


def radios(options: Sequence[Block], initial: str | None = None) -> Block:
    """One of a few, all of them in sight."""
    element: Block = {"type": "radio_buttons", "options": list(options)}
    chosen = [one for one in options if one["value"] == initial]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def text_input(*, multiline: bool = False, initial: str = "", **more: Any) -> Block:
    """A text input. `more`: `max_length`, `min_length`, `placeholder` (a plain text object)."""
    element: Block = {"type": "plain_text_input", "multiline": multiline} | more
    return element | ({"initial_value": initial} if initial else {})


def field(
    name: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    """An input block: `name` is its block id, by which the answer and an error find it."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": {"action_id": "value"} | element,
        "optional": optional,
    }
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    close: str,
    **more: Any,
) -> Block:
    """A modal. `more`: `private_metadata`, `notify_on_close`."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE_LIMIT),
        "close": plain(close, TITLE_LIMIT),
        "blocks": list(blocks[:100]),
    } | more
    return view | ({"submit": plain(submit, TITLE_LIMIT)} if submit else {})

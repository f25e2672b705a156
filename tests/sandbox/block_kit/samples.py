"""A good block and a good element of every kind, small, and how an element is put into a block to be looked at."""

from dataclasses import dataclass
from typing import Any

from tests.sandbox.helpers import Json


def text(words: str = "Words", kind: str = "plain_text") -> Json:
    return {"type": kind, "text": words}


def mrkdwn(words: str = "Words") -> Json:
    return text(words, "mrkdwn")


def option(words: str = "One") -> Json:
    return {"text": text(words), "value": words.lower()}


def rich(*inner: Json, kind: str = "rich_text_section", **more: Any) -> Json:
    said = list(inner) or [{"type": "text", "text": "words"}]
    return {"type": "rich_text", "elements": [{"type": kind, "elements": said} | more]}


def raw(words: str = "cell") -> Json:
    return {"type": "raw_text", "text": words}


def bar(*categories: str) -> Json:
    points = [{"label": one, "value": 1} for one in categories]
    series = [{"name": "Open", "data": points}]
    return {"type": "bar", "series": series, "axis_config": {"categories": list(categories)}}


PICTURE = {"type": "image", "image_url": "https://a.example/a.png", "alt_text": "a chart"}
BUTTON = {"type": "button", "text": text("Go"), "action_id": "go"}
CARD = {"type": "card", "title": text("Case 1")}
TASK = {"type": "task_card", "task_id": "t1", "title": "Look it up"}
CONFIRM = {"title": text(), "text": mrkdwn(), "confirm": text("Yes"), "deny": text("No")}
PRESSED = {"text": text("Good"), "value": "good"}

BLOCKS: dict[str, Json] = {
    "section": {"text": mrkdwn()},
    "header": {"text": text("Title")},
    "context": {"elements": [text("small"), PICTURE]},
    "actions": {"elements": [BUTTON]},
    "divider": {},
    "rich_text": {"elements": rich()["elements"]},
    "image": PICTURE | {"title": text()},
    "input": {"label": text("What?"), "element": {"type": "plain_text_input"}},
    "video": {
        "title": text("How to"),
        "alt_text": "how to",
        "video_url": "https://v.example/1",
        "thumbnail_url": "https://v.example/1.png",
    },
    "file": {"external_id": "F1", "source": "remote"},
    "alert": {"text": mrkdwn("This cannot be undone.")},
    "card": CARD,
    "carousel": {"elements": [CARD]},
    "container": {"title": text("Two cases"), "child_blocks": [{"type": "divider"}]},
    "markdown": {"text": "**bold**"},
    "context_actions": {
        "elements": [
            {"type": "feedback_buttons", "positive_button": PRESSED, "negative_button": PRESSED}
        ]
    },
    "task_card": TASK,
    "plan": {"title": "Find out", "tasks": [TASK | {"status": "pending"}]},
    "table": {"rows": [[raw("Name"), raw("Calls")], [raw("Ann"), raw("3")]]},
    "data_table": {"caption": "Queue", "rows": [[raw("Name")], [raw("Ann")]]},
    "data_visualization": {"title": "Week", "chart": bar("Mon", "Tue")},
}
_OFFERED = {"options": [option("One"), option("Two")]}
ELEMENTS: dict[str, Json] = {
    "button": BUTTON,
    "workflow_button": {
        "text": text("Start"),
        "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc"}},
    },
    "overflow": _OFFERED,
    "image": PICTURE,
    "checkboxes": _OFFERED,
    "radio_buttons": _OFFERED,
    "static_select": _OFFERED,
    "multi_static_select": _OFFERED,
    **{
        f"{many}{kind}_select": {}
        for many in ("", "multi_")
        for kind in ("external", "users", "conversations", "channels")
    },
    "datepicker": {},
    "timepicker": {},
    "datetimepicker": {},
    "plain_text_input": {},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "rich_text_input": {},
    "file_input": {},
    "feedback_buttons": {"positive_button": PRESSED, "negative_button": PRESSED},
    "icon_button": {"icon": "trash", "text": text("Delete")},
    "url": {"url": "https://a.example", "text": "source"},
}
MODAL: Json = {"type": "modal", "title": text("Form"), "blocks": [{"type": "divider"}]}
HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


@dataclass(frozen=True)
class Held:
    """A payload that holds the piece that is looked at, and the pointer to it."""

    payload: Json
    at: str
    surface: str


def sample(kind: str) -> Json:
    """A good block of this kind; elements are asked for as `…_element` where a block has the same name."""
    known = BLOCKS.get(kind) or ELEMENTS.get(kind.removesuffix("_element"))
    if known is None and kind not in BLOCKS and kind not in ELEMENTS:
        raise KeyError(kind)
    return {"type": kind.removesuffix("_element")} | (known or {})


def held(kind: str, piece: Json) -> Held:
    """The piece where such a piece may stand."""
    surface = "modal" if kind in {"alert", "email_text_input", "file_input"} else "message"
    if kind in BLOCKS:
        return Held(piece, "", surface)
    if kind in {"feedback_buttons", "icon_button"}:
        return Held({"type": "context_actions", "elements": [piece]}, "/elements/0", surface)
    if kind == "url":
        return Held(TASK | {"sources": [piece]}, "/sources/0", surface)
    if kind in {"button", "overflow", "workflow_button"}:
        return Held({"type": "actions", "elements": [piece]}, "/elements/0", surface)
    if kind == "image_element":
        return Held({"type": "section", "text": text(), "accessory": piece}, "/accessory", surface)
    return Held({"type": "input", "label": text(), "element": piece}, "/element", surface)

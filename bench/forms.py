"""The form that Baton opens, and what somebody writes into it."""

import json
from pathlib import Path
from typing import Any

from bench import load, signing
from bench.processes import Server
from bench.signing import Template
from bench.slack import FakeSlack
from bot.views.escalations import ids

Json = dict[str, Any]

TYPED = f"Ticket {signing.UNIQUE}: the customer waits for the money and has called twice."


async def opened_by(slack: FakeSlack, server: Server, user_id: str) -> Json:
    """What Baton shows to this person after `/escalate`."""
    slack.keep.add("views.open")
    await load.once(server.port, signing.requests(open_form(user_id))())
    slack.keep.discard("views.open")
    view: Json = slack.kept["views.open"][-1]["view"]
    return view


def open_form(user_id: str) -> Template:
    return signing.command(ids.COMMAND, user_id)


def filled_in(user_id: str, view: Json) -> Template:
    """The submission of this form with something in every field."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {
        one["block_id"]: {one["element"]["action_id"]: _value(one["element"])} for one in inputs
    }
    return signing.submission(user_id, view, values)


def save(view: Json, folder: Path) -> str:
    path = folder / "view.json"
    path.write_text(json.dumps(view))
    return str(path)


def _value(element: Json) -> Json:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": TYPED}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": None}
        case "checkboxes":
            return {"type": kind, "selected_options": []}
        case _:
            chosen = element.get("initial_option") or element["options"][0]
            return {"type": kind, "selected_option": chosen}

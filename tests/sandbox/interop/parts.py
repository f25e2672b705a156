"""What the apps of the story show, the same in both of Python's Bolts."""

from tests.sandbox.helpers import Json


def form(text: str) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", "initial_value": text}
    label = {"type": "plain_text", "text": "Note"}
    return {
        "type": "modal",
        "callback_id": "note",
        "private_metadata": "C0BILLING",
        "title": {"type": "plain_text", "text": "A note"},
        "submit": {"type": "plain_text", "text": "Post"},
        "blocks": [{"type": "input", "block_id": "note", "label": label, "element": element}],
    }


def written(view: Json) -> str:
    text = str(view["state"]["values"]["note"]["text"]["value"])
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def card(text: str) -> list[Json]:
    done = {"type": "plain_text", "text": "Done"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [{"type": "button", "action_id": "done", "text": done}]},
    ]

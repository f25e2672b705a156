"""What is common to everything that an app can say: content checked, cut and put into a message's shape."""

import json
import re

from sandbox.block_kit import check
from sandbox.core import Core
from sandbox.kinds import Json
from sandbox.views import name_parts
from sandbox.web_api import blocks as blocks_api
from sandbox.web_api.call import ApiError

TEXT_CUT_AT = 40_000
MARKDOWN_TEXT = 12_000
ATTACHMENTS = 100
# Slack does not say how large metadata may be; this keeps an app well below what it is known to take.
METADATA = 8_000
CONTENT = ("text", "markdown_text", "blocks", "attachments", "metadata")


def content(args: Json) -> Json:
    """The checked content of a message. Raises ApiError as Slack does."""
    if args.get("markdown_text"):
        args = _in_markdown(args)
    blocks, attachments = args.get("blocks") or [], args.get("attachments") or []
    text = str(args.get("text") or "")
    if not text and not blocks and not attachments:
        raise ApiError("no_text")
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise ApiError("invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise ApiError("too_many_attachments")
    blocks_api.refuse(check.message(blocks), "invalid_blocks")
    for number, one in enumerate(attachments):
        problems = check.message(one.get("blocks") or [], f"/attachments/{number}/blocks")
        blocks_api.refuse(problems, "invalid_attachments")
    shape: Json = {"text": (text or plain(blocks))[:TEXT_CUT_AT]}
    if blocks:
        shape["blocks"] = name_parts(blocks)
    if attachments:
        shape["attachments"] = [_attachment(at, one) for at, one in enumerate(attachments, 1)]
    return shape


def metadata(args: Json) -> Json:
    """`{"metadata": …}`, or {} when there is none. Raises ApiError."""
    given = args.get("metadata")
    if not given:
        return {}
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    if not isinstance(given.get("event_payload", {}), dict):
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(given)) > METADATA:
        raise ApiError("metadata_too_large")
    return {"metadata": {"event_payload": {}} | given}


def authored(core: Core) -> Json:
    """Who a message of the app is from."""
    app, bot = core.app, core.person(core.app.bot_user_id)
    profile = {"id": app.bot_id, "app_id": app.id, "name": bot.real_name, "deleted": False}
    return {
        "type": "message",
        "user": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": core.workspace.team.id,
        "bot_profile": profile | {"team_id": core.workspace.team.id, "icons": {}, "updated": 0},
    }


def dressed(core: Core, args: Json) -> Json:
    """Another name and picture for this message, if the app may choose them; else Slack ignores them."""
    if not core.app.has_scope("chat:write.customize"):
        return {}
    name, emoji, url = (str(args.get(one) or "") for one in ("username", "icon_emoji", "icon_url"))
    icons = ({"emoji": emoji} if emoji else {}) | ({"image_48": url} if url else {})
    return ({"username": name} if name else {}) | ({"icons": icons} if icons else {})


def plain(blocks: list[Json]) -> str:
    """The text that Slack makes up for a notification when the app gave only blocks."""
    words = []
    for block in blocks:
        text = block.get("text")
        if isinstance(text, dict) and text.get("text"):
            words.append(str(text["text"]))
    return re.sub(r"\s+", " ", " ".join(words)).strip()


def _in_markdown(args: Json) -> Json:
    """`markdown_text` as what Slack makes of it: a markdown block, with its words as the text."""
    if args.get("text") or args.get("blocks"):
        raise ApiError("markdown_text_conflict")
    words = str(args["markdown_text"])
    if len(words) > MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    return args | {"text": words, "blocks": [{"type": "markdown", "text": words}]}


def _attachment(at: int, one: Json) -> Json:
    shape = {"id": at, "fallback": one.get("text", "[no preview available]")} | one
    return shape | ({"blocks": name_parts(one["blocks"])} if one.get("blocks") else {})

"""The Web API calls that say things, and those that look whether one was said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from bot.rules.delivery.answers import PUBLISH, SHARE, UPDATE
from bot.rules.delivery.order import Json, Waiting

EVENT_TYPE = "baton"
MARGIN = timedelta(seconds=60)  # between our clock and Slack's
PAGE = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it looks now: a message's text and blocks, or a Home tab's view."""

    text: str = ""
    blocks: Sequence[Json] = ()
    view: Json | None = None

    def digest(self) -> str:
        """Equal for drawings that look the same."""
        shown = json.dumps([self.text, list(self.blocks), self.view], sort_keys=True)
        return blake2b(shown.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Call:
    """One call for one row. `drawing` is the digest of what a card will show."""

    row: Waiting
    method: str
    payload: Mapping[str, Any] = field(repr=False)
    drawing: str | None = None


def note_call(row: Waiting) -> Call:
    if row.method == SHARE:
        return Call(row, SHARE, _shared(row))
    payload = _message(row, row.words or "", row.blocks or ())
    if row.place and row.place.ts:
        payload["thread_ts"] = row.place.ts
        payload["channel"] = row.place.posted_in or row.channel
    return Call(row, row.method, payload)


def card_call(row: Waiting, drawn: Drawn, drawing: str) -> Call:
    """A card's first message, a redraw of it where it is, or a Home tab."""
    if row.method == PUBLISH:
        return Call(row, PUBLISH, {"user_id": row.channel, "view": drawn.view}, drawing)
    if row.method == UPDATE:
        assert row.place is not None
        moved = {
            "channel": row.place.posted_in or row.channel,
            "ts": row.place.ts,
            "text": drawn.text,
            "blocks": list(drawn.blocks),
        }
        return Call(row, UPDATE, moved, drawing)
    return Call(row, row.method, _message(row, drawn.text, drawn.blocks), drawing)


def _shared(row: Waiting) -> dict[str, Any]:
    """A file that is uploaded already, with its words. It is found again by its id, as it takes no other mark."""
    return {
        "files": [{"id": row.marker, "title": row.file_title}],
        "channel_id": row.channel,
        "initial_comment": row.words or "",
    }


def _message(row: Waiting, text: str, blocks: Sequence[Json]) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "channel": row.channel,
        "text": text,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"k": row.marker}},
    }
    if blocks:
        payload["blocks"] = list(blocks)
    return payload


def history_call(
    channel: str, thread: str | None, since: datetime, cursor: str
) -> tuple[str, dict[str, Any]]:
    """One page of what was said in a channel, or in a thread, since a moment."""
    payload: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{(since - MARGIN).timestamp():.6f}",
        "inclusive": True,
        "limit": PAGE,
        "include_all_metadata": True,
    }
    if cursor:
        payload["cursor"] = cursor
    if thread:
        return "conversations.replies", payload | {"ts": thread}
    return "conversations.history", payload


def markers_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The messages on this page that are ours: their marker, and their ts. Files are known by their ids."""
    found: dict[str, str] = {}
    for message in data.get("messages", ()):
        metadata = message.get("metadata") or {}
        marker = (metadata.get("event_payload") or {}).get("k")
        if metadata.get("event_type") == EVENT_TYPE and marker:
            found.setdefault(str(marker), str(message["ts"]))
        for file in message.get("files") or ():
            found.setdefault(str(file.get("id")), str(message["ts"]))
    return found

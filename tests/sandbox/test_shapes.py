"""What the sandbox sends has the keys that Slack sends: none is missing, none is made up."""

import asyncio
import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.sandbox.every_payload import everything
from tests.sandbox.helpers import Json

DATA = Path(__file__).parent / "data" / "slack_payload_keys.json"
KEYS: dict[str, dict[str, str]] = json.loads(DATA.read_text(encoding="utf-8"))
# What is inside these is looked at by other tests.
CLOSED = {"attachments", "blocks", "bot_profile", "file", "files", "icons", "profile", "values"}
CLOSED |= {"enterprise_user", "root"}

# What is left out though Slack sends it, as `kind: key`, and why.
LEFT_OUT = {
    "*: *enterprise_id": "the workspace is in no Enterprise organisation",
    "*: *enterprise_name": "the workspace is in no Enterprise organisation",
    "link_shared: thread_ts": "only where the link stands in a thread",
    "message thread_broadcast: client_msg_id": "people's only; here the app alone broadcasts",
}
# What is sent though no example has it, and why.
ADDED = {
    "*: event_ts": "the schema of events asks for it; the examples of some leave it out",
    "*: *state.values": "the examples of the SDK for Java are without maps",
    "*: view.blocks": "the examples of the SDK for Java are without the blocks of views",
    "*: *.auto_type": "null: the examples of the SDK for Java are without what is null",
    "*: *.deleted_by": "null: the examples of the SDK for Java are without what is null",
    "shortcut: enterprise": "as in all interactions since there are Enterprise organisations",
    "shortcut: is_enterprise_install": "as in all interactions since",
    "block_suggestion: view.*.emoji": "as in the views of all other interactions",
    "block_suggestion: enterprise": "as in all interactions since",
    "block_suggestion: is_enterprise_install": "as in all interactions since",
    "message of the app: app_id": "the app's id, as chat.postMessage answers with it",
    "message thread_broadcast: *": "the app's own, with what its messages have",
    "message channel_topic: team": "as channel_join has it; the examples of these two are older",
    "message file_share: team": "as every message of a person has it",
    "message channel_purpose: team": "as channel_join has it",
}


def keys_of(thing: object, path: str = "") -> Iterator[str]:
    if isinstance(thing, list):
        for one in thing:
            yield from keys_of(one, f"{path}[]")
    if not isinstance(thing, dict):
        return
    for name, value in thing.items():
        here = f"{path}.{name}" if path else name
        yield here
        if name not in CLOSED:
            yield from keys_of(value, here)


def _listed(kind: str, *which: str) -> set[str]:
    return {key for one in which for key in KEYS[kind][one].split()}


def _explained(kind: str, key: str, reasons: dict[str, str]) -> bool:
    return any(fnmatchcase(f"{kind}: {key}", pattern) for pattern in reasons)


@pytest.fixture(scope="module")
def sent() -> dict[str, Json]:
    return asyncio.run(everything())


def test_every_kind_is_compared(sent: dict[str, Json]) -> None:
    assert sorted(sent) == sorted(KEYS.keys() - {"event wrapper"})


@pytest.mark.parametrize("kind", KEYS)
def test_no_key_is_missing_and_none_is_made_up(sent: dict[str, Json], kind: str) -> None:
    there = set(keys_of(_compared(sent, kind)))
    missing, made_up = _listed(kind, "always") - there, there - _listed(kind, "always", "also")
    assert [one for one in sorted(missing) if not _explained(kind, one, LEFT_OUT)] == []
    assert [one for one in sorted(made_up) if not _explained(kind, one, ADDED)] == []


@pytest.mark.parametrize("reason", [*LEFT_OUT, *ADDED])
def test_every_reason_is_still_needed(sent: dict[str, Json], reason: str) -> None:
    unlike = [
        f"{kind}: {key}"
        for kind in KEYS
        for key in set(keys_of(_compared(sent, kind))) ^ _listed(kind, "always")
    ]
    assert any(fnmatchcase(one, reason) for one in unlike)


def _compared(sent: dict[str, Json], kind: str) -> Json:
    """The part of a payload that its kind is known by; the message that an act is about is another's."""
    if kind == "event wrapper":
        return sent["message"] | {"event": None}
    payload = sent[kind]
    if payload.get("type") != "event_callback":
        return payload | ({"message": None} if "message" in payload else {})
    event: Json = payload["event"]
    if "item" in event and "message" in event["item"]:
        event = event | {"item": event["item"] | {"message": None}}
    return event

"""What manifest.json promises Slack, compared with what is handled here."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from handlers.router import Router

FILE = Path(__file__).parents[1] / "manifest.json"


def read() -> Mapping[str, Any] | None:
    """What the file says; None if it is missing or no JSON."""
    try:
        return dict(json.loads(FILE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def scopes(manifest: Mapping[str, Any]) -> frozenset[str]:
    """What the bot asks to be allowed."""
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


def differences(manifest: Mapping[str, Any], router: Router) -> list[str]:
    """One sentence for each command, shortcut or event that is on one side only. Empty when they fit."""
    features, settings = manifest["features"], manifest["settings"]
    return [
        *_compare(
            "command",
            (one["command"] for one in features.get("slash_commands", [])),
            router.commands,
        ),
        *_compare(
            "shortcut",
            (one["callback_id"] for one in features.get("shortcuts", [])),
            router.shortcuts,
        ),
        *_compare(
            "event",
            settings.get("event_subscriptions", {}).get("bot_events", []),
            router.events,
        ),
    ]


def _compare(kind: str, promised: Iterable[str], handled: Iterable[str]) -> list[str]:
    said, done = set(promised), set(handled)
    return [
        *(
            f"the {kind} {one} is in manifest.json, and nothing handles it"
            for one in sorted(said - done)
        ),
        *(
            f"the {kind} {one} is handled, and manifest.json lacks it"
            for one in sorted(done - said)
        ),
    ]

"""The manifest promises what is handled and asks for what is used, within Slack's limits; and the reference says so."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.app import new_router
from bot.clock import RealClock
from handlers import manifest
from storage.database import Database
from tests.about_the_code.source import LAYERS, ROOT, files, tree
from tests.patience import PATIENT

REFERENCE = (ROOT / "docs/reference/scopes.md").read_text()
ROWS = re.findall(r"^\| `([\w:.]+)` \| [^|]+ \|([^|]*)\|$", REFERENCE, re.MULTILINE)
FREE = REFERENCE.partition("need no scope:")[2].partition("\n\n")[0]
FAMILIES = "apps|auth|chat|conversations|usergroups|users|views|files|reactions|pins|bots|dnd"
METHOD = re.compile(rf"(?:{FAMILIES})\.[a-z]\w*(?:\.\w+)?")


@pytest.fixture
def promised() -> Mapping[str, Any]:
    found = manifest.read()
    assert found is not None
    return found


async def test_it_promises_exactly_what_is_handled(
    promised: Mapping[str, Any], sqlite_url: str
) -> None:
    db = Database(sqlite_url, PATIENT)
    router = new_router(db, RealClock())
    await db.close()

    assert manifest.differences(promised, router) == []


async def test_a_difference_is_named_on_both_sides(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    router = new_router(db, RealClock())
    await db.close()
    empty = {
        "features": {"slash_commands": [{"command": "/old"}]},
        "settings": {"event_subscriptions": {"bot_events": []}},
    }

    found = manifest.differences(empty, router)

    assert "the command /old is in manifest.json, and nothing handles it" in found
    assert "the command /escalate is handled, and manifest.json lacks it" in found
    assert "the shortcut escalate_message is handled, and manifest.json lacks it" in found
    assert "the event user_change is handled, and manifest.json lacks it" in found


def test_every_scope_is_explained(promised: Mapping[str, Any]) -> None:
    assert [scope for scope, _ in ROWS] == sorted(manifest.scopes(promised))
    assert len(ROWS) == len(manifest.scopes(promised))


def test_the_scopes_are_those_of_the_methods_and_events_in_use(promised: Mapping[str, Any]) -> None:
    events = set(promised["settings"]["event_subscriptions"]["bot_events"])
    explained = {one for _, used in ROWS for one in re.findall(r"`([\w.]+)`", used)}
    explained |= set(re.findall(r"`([\w.]+)`", FREE))

    assert explained == set(_methods()) | events


def _methods() -> Iterator[str]:
    """Every Web API method that the code names, as a call of the SDK's client or as a string."""
    for path in files(*LAYERS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and METHOD.fullmatch(str(node.value)):
                yield str(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = node.func.attr.replace("_", ".")
                if METHOD.fullmatch(named) and "client" in ast.unparse(node.func.value):
                    yield named


def test_it_stays_within_slacks_limits(promised: Mapping[str, Any]) -> None:
    shown, features = promised["display_information"], promised["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"]) <= 50
    assert len(features["shortcuts"]) <= 10
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert shortcut["type"] in {"message", "global"}

"""Slack's requests, signed as Slack signs them, and each one different."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

from bench.slack import APP, HOST, WORKSPACE
from bench.wire import post
from bot.clock import RealClock

Json = dict[str, Any]

SECRET = "0123456789abcdef0123456789abcdef"
PATH = "/slack/events"
UNIQUE = "zqUNIQUEqz"
"""Wherever it stands in a payload, each request has a number of its own."""

_numbers = count(1)
_clock = RealClock()


@dataclass(frozen=True, slots=True)
class Template:
    """A request's body with places for its number."""

    body: bytes

    def fill(self) -> bytes:
        return self.body.replace(UNIQUE.encode(), b"%012d" % next(_numbers))


def signed(body: bytes) -> bytes:
    """The whole request that carries this body, signed now."""
    stamp = str(int(_clock.now().timestamp()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "Accept-Encoding": "gzip,deflate",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    return post(HOST, PATH, headers, body)


def requests(*templates: Template) -> Callable[[], bytes]:
    """One signed request after another, going round the templates."""
    turn = count()
    return lambda: signed(templates[next(turn) % len(templates)].fill())


def command(name: str, user_id: str, text: str = "") -> Template:
    """Somebody types a slash command."""
    fields = {
        "token": "verification",
        "team_id": WORKSPACE,
        "team_domain": "bench",
        "channel_id": "C0FLOOR",
        "channel_name": "floor",
        "user_id": user_id,
        "user_name": user_id.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": f"http://{HOST}/commands/{WORKSPACE}/{UNIQUE}",
        "trigger_id": f"{UNIQUE}.4711.0123456789abcdef0123456789abcdef",
    }
    return Template(urlencode(fields).encode())


def submission(user_id: str, view: Json, values: Json) -> Template:
    """Somebody sends a form that was opened with `view`."""
    given = {
        "id": f"V{UNIQUE}",
        "team_id": WORKSPACE,
        "app_id": APP,
        "hash": f"1772000000.{UNIQUE}",
        "bot_id": "B0BENCH",
        "state": {"values": values},
        "private_metadata": "",
        "previous_view_id": None,
        "root_view_id": f"V{UNIQUE}",
        "app_installed_team_id": WORKSPACE,
        "external_id": "",
    }
    body = _interaction("view_submission", user_id) | {
        "view": {**given, **view},
        "response_urls": [],
    }
    return _as_form(body)


def click(user_id: str, message: Json, button: Json) -> Template:
    """Somebody presses a button of a message. `message` has `channel`, `ts` and `blocks`."""
    channel, ts = message["channel"], message["ts"]
    shown: Json = {name: button[name] for name in ("action_id", "value", "text") if name in button}
    action = {
        **shown,
        "block_id": "actions",
        "type": "button",
        "action_ts": f"1772000001.{UNIQUE}",
    }
    body = _interaction("block_actions", user_id) | {
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "channel": {"id": channel, "name": "leads"},
        "message": {"type": "message", "user": "U0BENCHBOT", **message},
        "state": {"values": {}},
        "response_url": f"http://{HOST}/actions/{WORKSPACE}/{UNIQUE}",
        "actions": [action],
    }
    return _as_form(body)


def _interaction(kind: str, user_id: str) -> Json:
    name = user_id.lower()
    return {
        "type": kind,
        "user": {"id": user_id, "username": name, "name": name, "team_id": WORKSPACE},
        "api_app_id": APP,
        "token": "verification",
        "trigger_id": f"{UNIQUE}.4711.0123456789abcdef0123456789abcdef",
        "team": {"id": WORKSPACE, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _as_form(payload: Json) -> Template:
    return Template(b"payload=" + quote(json.dumps(payload, separators=(",", ":"))).encode())

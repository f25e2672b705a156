"""Over HTTP: what is Slack's, what is forged, and what is not for us."""

import hashlib
import hmac
import io
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.clock import RealClock
from handlers.request import Request
from sandbox.server import Sandbox
from tests.handlers.listening.ways import hello, listening

CANARY = "Pelikan"


async def test_the_handshake_of_the_request_url(slack: Sandbox, sqlite_url: str) -> None:
    async with listening(slack, sqlite_url, "http"):
        assert await slack.verify_request_url()


def now() -> int:
    return int(RealClock().now().timestamp())


def signed(secret: str, body: str, stamp: str) -> dict[str, str]:
    base = f"v0:{stamp}:{body}".encode()
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
    }


@pytest.mark.parametrize(
    ("what", "headers"),
    [
        ("another secret", lambda body, _s: signed("f" * 32, body, str(now()))),
        ("six minutes old", lambda body, s: signed(s, body, str(now() - 360))),
        ("no number", lambda body, s: signed(s, body, "yesterday")),
        (
            "a number of another script",
            lambda body, s: signed(s, body, "%D9%A1") | {"x-slack-request-timestamp": "\u00b2"},
        ),
        ("none", lambda _b, _s: {"content-type": "application/x-www-form-urlencoded"}),
    ],
)
async def test_a_forged_signature_is_refused_and_nothing_of_it_is_logged(
    slack: Sandbox, sqlite_url: str, written: io.StringIO, what: str, headers: Any
) -> None:
    async with listening(slack, sqlite_url, "http") as bot:
        bot.router.commands["/escalate"] = hello
        body = urlencode({"command": "/escalate", "text": CANARY, "team_id": slack.team_id})
        sent = headers(body, slack.signing_secret)
        url = f"http://127.0.0.1:{bot.http.port}/slack/events"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body, headers=sent) as got,
        ):
            assert got.status == 401, what

    assert "whose signature is not Slack's" in written.getvalue()
    assert CANARY not in written.getvalue()


async def test_a_body_larger_than_slacks_is_refused(slack: Sandbox, sqlite_url: str) -> None:
    async with listening(slack, sqlite_url, "http") as bot, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{bot.http.port}/slack/events"
        async with session.post(url, data=b"x" * 1_000_001) as got:
            assert got.status == 413


async def test_a_request_of_another_workspace_is_refused(
    slack: Sandbox, sqlite_url: str, written: io.StringIO
) -> None:
    heard = []

    async def listen(request: Request) -> None:
        heard.append(request)

    async with listening(slack, sqlite_url, "http") as bot, aiohttp.ClientSession() as session:
        bot.router.commands["/escalate"] = listen
        body = urlencode(
            {"command": "/escalate", "team_id": "T0LEAK", "user_id": "U1", "trigger_id": "1"}
        )
        sent = signed(slack.signing_secret, body, str(now()))
        url = f"http://127.0.0.1:{bot.http.port}/slack/events"
        async with session.post(url, data=body, headers=sent) as got:
            assert got.status == 200

    assert heard == []
    assert "a request of a workspace that this token does not belong to" in written.getvalue()

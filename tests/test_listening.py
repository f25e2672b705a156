"""Both ways in, through real sockets: what is forged, what is in hand at the stop, and what breaks."""

import asyncio
import hashlib
import hmac
import io
import json
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import structlog

from bot import logs
from bot.app import Baton
from bot.clock import RealClock
from bot.errors import CannotStart
from bot.serving import running
from handlers.request import Reply, Request
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from tests.scenarios.stage import settings

MANIFEST = Path(__file__).parents[1] / "manifest.json"
SEED = WorkspaceSeed(
    people=(Cast("alice"), Cast("bob")),
    channels=(ChannelSeed("general", ("alice", "bob"), has_app=True),),
)
CANARY = "Pelikan"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST) as slack:
        yield slack


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    out = io.StringIO()
    logs.configure("debug", "json", [], out)
    yield out
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@asynccontextmanager
async def over_http(slack: Sandbox, database_url: str) -> AsyncIterator[Baton]:
    async with running(settings(slack, database_url, "http"), RealClock()) as bot:
        slack.deliver_to(f"http://127.0.0.1:{bot.http.port}/slack/events")
        yield bot


async def hello(request: Request) -> Reply:
    return Reply(text=f"hello {request.words}")


class Slow:
    """A handler that does not end before it is told to."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(self, _request: Request) -> Reply:
        self.begun.set()
        await self.may_end.wait()
        return Reply(text="done")


@pytest.mark.parametrize("way", ["socket", "http"])
async def test_a_command_is_answered(slack: Sandbox, sqlite_url: str, way: str) -> None:
    over = (
        running(settings(slack, sqlite_url, "socket"), RealClock())
        if way == "socket"
        else over_http(slack, sqlite_url)
    )
    async with over as bot:
        bot.router.commands["/escalate"] = hello
        result = await slack.person("alice").slash("/escalate", "world", channel="general")

    assert result.ok
    assert result.text == "hello world"


async def test_the_handshake_of_the_request_url(slack: Sandbox, sqlite_url: str) -> None:
    async with over_http(slack, sqlite_url):
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
    async with over_http(slack, sqlite_url) as bot:
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
    async with over_http(slack, sqlite_url) as bot, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{bot.http.port}/slack/events"
        async with session.post(url, data=b"x" * 1_000_001) as got:
            assert got.status == 413


async def test_a_request_of_another_workspace_is_refused(
    slack: Sandbox, sqlite_url: str, written: io.StringIO
) -> None:
    heard = []

    async def listen(request: Request) -> None:
        heard.append(request)

    async with over_http(slack, sqlite_url) as bot, aiohttp.ClientSession() as session:
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


async def probe(bot: Baton, path: str) -> tuple[int, dict[str, Any]]:
    url = f"http://127.0.0.1:{bot.http.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as got:
        return got.status, await got.json()


async def until_reasons(bot: Baton, reasons: list[str]) -> None:
    """Wait until the monitor is told this, with the status that belongs to it."""
    wanted = (503 if reasons else 200, {"ready": not reasons, "reasons": reasons})
    async with asyncio.timeout(5):
        while await probe(bot, "/readyz") != wanted:  # noqa: ASYNC110 - it is asked as a monitor asks
            await asyncio.sleep(0.01)


async def test_the_probes(slack: Sandbox, sqlite_url: str) -> None:
    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        assert await probe(bot, "/healthz") == (200, {"alive": True})
        assert await probe(bot, "/readyz") == (200, {"ready": True, "reasons": []})
        url = f"http://127.0.0.1:{bot.http.port}/metrics"
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            assert "python_info" in await got.text()


async def test_it_is_not_ready_without_a_connection(slack: Sandbox, sqlite_url: str) -> None:
    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        slack.faults.reply("apps.connections.open", 503, times=1)
        await slack.core.socket_mode.stop()

        await until_reasons(bot, ["no connection to Slack"])
        await until_reasons(bot, [])


@pytest.mark.parametrize("way", ["socket", "http"])
async def test_what_is_in_hand_at_the_stop_is_answered(
    slack: Sandbox, sqlite_url: str, way: str
) -> None:
    slow = Slow()
    over = (
        running(settings(slack, sqlite_url, "socket"), RealClock())
        if way == "socket"
        else over_http(slack, sqlite_url)
    )
    async with over as bot:
        bot.router.commands["/escalate"] = slow
        asked = asyncio.create_task(slack.person("alice").slash("/escalate", channel="general"))
        await slow.begun.wait()
        bot.stopping.set()

        await until_reasons(bot, ["stopping"])
        slow.may_end.set()
        result = await asked

    assert result.ok
    assert result.text == "done"


async def test_the_answer_goes_the_way_its_question_came_when_slack_changes_the_connection(
    slack: Sandbox, sqlite_url: str
) -> None:
    slow = Slow()
    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        bot.router.commands["/escalate"] = slow
        bot.router.commands["/baton"] = hello
        asked = asyncio.create_task(slack.person("alice").slash("/escalate", channel="general"))
        await slow.begun.wait()
        [old] = slack.core.socket_mode.sockets
        await old.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        await slack.until(lambda: len(slack.core.socket_mode.sockets) == 2)

        assert (
            await slack.person("bob").slash("/baton", "bob", channel="general")
        ).text == "hello bob"
        slow.may_end.set()
        assert (await asked).text == "done"
        await slack.until(lambda: old not in slack.core.socket_mode.sockets)
        assert len(slack.core.socket_mode.sockets) == 1


async def test_no_more_than_sixty_four_at_once(slack: Sandbox, sqlite_url: str) -> None:
    at_once, most, release = 0, 0, asyncio.Event()

    async def count(_request: Request) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await release.wait()
        at_once -= 1

    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        bot.router.commands |= {"/baton": hello, "/escalate": count}
        alice = slack.person("alice")
        await alice.slash("/baton", channel="general")  # from here on she is known
        asked = [
            asyncio.create_task(alice.slash("/escalate", channel="general")) for _ in range(80)
        ]
        await slack.until(lambda: len(bot.in_hand) == 80)
        release.set()
        results = await asyncio.gather(*asked)

    assert most == 64
    assert all(one.ok for one in results)


async def test_a_taken_port_stops_http_and_not_socket_mode(
    slack: Sandbox, sqlite_url: str, written: io.StringIO
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        http = settings(slack, sqlite_url, "http")
        with pytest.raises(
            CannotStart, match=f"Cannot listen on 127.0.0.1:{port}: Address already"
        ):
            async with running(http.model_copy(update={"port": port}), RealClock()):
                pass

        by_socket = settings(slack, sqlite_url, "socket").model_copy(update={"port": port})
        async with running(by_socket, RealClock()) as bot:
            bot.router.commands["/escalate"] = hello
            assert (await slack.person("alice").slash("/escalate", "x", channel="general")).ok

    assert "No health checks: Cannot listen" in written.getvalue()


async def test_slack_away_at_the_start_is_waited_for(
    slack: Sandbox, sqlite_url: str, written: io.StringIO
) -> None:
    slack.faults.drop("auth.test", times=1)

    async with running(settings(slack, sqlite_url, "socket"), RealClock()):
        assert "Slack cannot be reached (ServerDisconnectedError)" in written.getvalue()


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("auth.test", "Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
        ("apps.connections.open", "Slack refuses SLACK_APP_TOKEN (invalid_auth)"),
    ],
)
async def test_a_token_that_slack_refuses_stops_the_start(
    slack: Sandbox, sqlite_url: str, method: str, line: str
) -> None:
    slack.faults.reply(method, 200, body={"ok": False, "error": "invalid_auth"})

    with pytest.raises(CannotStart) as problem:
        async with running(settings(slack, sqlite_url, "socket"), RealClock()):
            pass

    assert line in str(problem.value)

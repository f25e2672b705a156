"""Whichever way requests come in: they are answered, the stop waits for them, and the monitor is told."""

import asyncio
import io
import socket

import aiohttp
import pytest

from bot.clock import RealClock
from bot.errors import CannotStart
from bot.serving import running
from sandbox.server import Sandbox
from tests.handlers.listening.ways import WAYS, Slow, hello, listening, probe, until_reasons
from tests.scenarios.stage import settings


@pytest.mark.parametrize("way", WAYS)
async def test_a_command_is_answered(slack: Sandbox, sqlite_url: str, way: str) -> None:
    async with listening(slack, sqlite_url, way) as bot:
        bot.router.commands["/escalate"] = hello
        result = await slack.person("alice").slash("/escalate", "world", channel="general")

    assert result.ok
    assert result.text == "hello world"


async def test_the_probes(slack: Sandbox, sqlite_url: str) -> None:
    async with listening(slack, sqlite_url, "socket") as bot:
        assert await probe(bot, "/healthz") == (200, {"alive": True})
        assert await probe(bot, "/readyz") == (200, {"ready": True, "reasons": []})
        url = f"http://127.0.0.1:{bot.http.port}/metrics"
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            assert "python_info" in await got.text()


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_in_hand_at_the_stop_is_answered(
    slack: Sandbox, sqlite_url: str, way: str
) -> None:
    slow = Slow()
    async with listening(slack, sqlite_url, way) as bot:
        bot.router.commands["/escalate"] = slow
        asked = asyncio.create_task(slack.person("alice").slash("/escalate", channel="general"))
        await slow.begun.wait()
        bot.stopping.set()

        await until_reasons(bot, ["stopping"])
        slow.may_end.set()
        result = await asked

    assert result.ok
    assert result.text == "done"


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

    async with listening(slack, sqlite_url, "socket"):
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
        async with listening(slack, sqlite_url, "socket"):
            pass

    assert line in str(problem.value)

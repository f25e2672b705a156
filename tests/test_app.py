"""The whole bot against a workspace that comes and goes, a database that comes and goes, and signals."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import OwnWorkspace, build
from bot.clock import RealClock
from bot.rules.delivery import NO_TOKEN, NOT_REACHED
from bot.serving import running, serve
from handlers.authorize import Workspace
from handlers.clients import PROXIES
from handlers.request import Reply, Request
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from schedules.delivery import WebApi
from storage import outbox
from storage.database import Database
from storage.outbox import Note
from tests.about_the_code.source import ROOT
from tests.clock import MovableClock
from tests.conftest import FreshDatabase
from tests.cuttable import cuttable
from tests.patience import PATIENT
from tests.scenarios.stage import settings

MANIFEST = ROOT / "manifest.json"
SEED = WorkspaceSeed(
    people=(Cast("alice"), Cast("bob")),
    channels=(ChannelSeed("general", ("alice", "bob"), has_app=True),),
)


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST) as slack:
        yield slack


async def say(
    db: Database, workspace_id: str, texts: Sequence[str], channel: str, *, now: datetime
) -> None:
    async with db.write(workspace_id) as tx:
        notes = [Note(key=text, channel=channel, text=text) for text in texts]
        await outbox.say(tx, *notes, now=now)


async def test_what_was_to_be_said_while_slack_was_away_is_said_in_order(
    sqlite_url: str, tmp_path: Path
) -> None:
    clock, file = MovableClock(), tmp_path / "sandbox.db"
    wanted = [f"message {n}" for n in range(4)]
    first = await Sandbox(SEED, MANIFEST, path=file).start()
    port = int(first.url.rpartition(":")[2])
    async with running(settings(first, sqlite_url, "socket"), clock) as bot:
        await first.stop()
        await say(bot.db, first.team_id, wanted, first.channel("general").id, now=clock.now())
        async with Sandbox(SEED, MANIFEST, path=file, port=port) as slack:

            def is_said() -> bool:
                clock.jump(seconds=1)
                bot.db.wake("delivery")
                return len(slack.channel("general").messages) == len(wanted)

            await slack.until(is_said, within=10)
            assert [one.text for one in slack.channel("general").messages] == wanted
            await slack.until_connected()


async def test_what_is_overdue_after_a_downtime_does_not_keep_it_from_being_ready(
    slack: Sandbox, sqlite_url: str
) -> None:
    db = Database(sqlite_url, PATIENT)
    long_ago = RealClock().now() - timedelta(days=1)
    await say(db, slack.team_id, ["late"], slack.channel("general").id, now=long_ago)
    await db.close()

    async with asyncio.timeout(10), running(settings(slack, sqlite_url, "socket"), RealClock()):
        await slack.channel("general").wait_for(text="late")


async def test_without_a_database_the_person_is_told_and_afterwards_all_is_well(
    slack: Sandbox, fresh_database: FreshDatabase
) -> None:
    async with (
        cuttable(await fresh_database("postgresql")) as line,
        running(settings(slack, line.url, "socket"), RealClock()) as bot,
    ):
        alice = slack.person("alice")
        assert (await alice.slash("/baton", "help", channel="general")).ok

        await line.cut()
        answer = await alice.slash("/escalate", channel="general")
        assert answer.ok
        assert "nothing was saved" in answer.text
        assert await bot.problems() == ["the database does not answer"]

        await line.mend()
        answer = await alice.slash("/escalate", channel="general")
        assert "no team here yet" in answer.text
        assert await bot.problems() == []


async def test_the_work_of_an_error_is_not_told_to_the_log(
    slack: Sandbox, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(request: Request) -> Reply:
        raise ValueError(request.words)

    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        bot.router.commands["/escalate"] = fails
        answer = await slack.person("alice").slash("/escalate", "Pelikan", channel="general")

    assert "Please quote" in answer.text
    assert "Unexpected error" in caplog.text


@pytest.mark.parametrize(
    ("known", "asked", "error"),
    [("", "T0BATON", NOT_REACHED), ("T0BATON", "T0OTHER", NO_TOKEN)],
)
async def test_nothing_is_said_in_a_workspace_that_is_not_the_tokens(
    slack: Sandbox, sqlite_url: str, known: str, asked: str, error: str
) -> None:
    async with build(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        here = Workspace(known, "", "", "U1", "B1", "", frozenset()) if known else None
        bot.authorize.workspace = here
        sender = OwnWorkspace(asked, bot.authorize, WebApi(bot.clients.sending))

        answer = await sender.call("chat.postMessage", {"channel": "C1", "text": "no"})

    assert answer.error == error
    assert slack.calls("chat.postMessage") == []


async def test_the_environment_neither_turns_oauth_on_nor_sends_us_through_a_proxy(
    slack: Sandbox, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN"):
        monkeypatch.setenv(name, "trap")
    for name in PROXIES:
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async with running(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        assert bot.bolt.oauth_flow is None
        assert os.environ["SLACK_CLIENT_ID"] == "trap"
        answer = await slack.person("alice").slash("/baton", "help", channel="general")

    assert answer.ok
    assert answer.text


# the program


@asynccontextmanager
async def program(
    slack: Sandbox, folder: Path, **environment: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`baton run` in a process of its own, ready; and the address of its probes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'baton.db'}",
        "PORT": port,
    }
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=given | environment,
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await slack.until_connected(within=20)
        yield running, f"http://127.0.0.1:{port}"
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def until_stopping(address: str) -> None:
    """Wait until the monitor is told that it stops."""
    async with asyncio.timeout(10), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{address}/readyz") as got:
                if "stopping" in (await got.json())["reasons"]:
                    return


def rows(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "baton.db") as connection:
        [(count,)] = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    return int(count)


async def test_a_stop_in_the_middle_of_an_event_waits_for_its_commit(
    slack: Sandbox, tmp_path: Path
) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def hold(_call: object) -> None:
        asked.set()
        await may_answer.wait()

    async with program(slack, tmp_path) as (running, address):
        slack.faults.on("users.info", do=hold)
        opened = asyncio.create_task(slack.person("alice").opens_home())
        await asked.wait()
        running.send_signal(signal.SIGTERM)
        await until_stopping(address)
        may_answer.set()
        await opened

        assert await running.wait() == 0
    assert rows(tmp_path, "inbox") == 1
    assert rows(tmp_path, "outbox") == 1


async def test_a_second_signal_stops_at_once(slack: Sandbox, tmp_path: Path) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def hold(_call: object) -> None:
        asked.set()
        await may_answer.wait()

    async with program(slack, tmp_path) as (running, address):
        slack.faults.on("users.info", do=hold)
        opened = asyncio.create_task(slack.person("alice").opens_home())
        await asked.wait()
        running.send_signal(signal.SIGINT)
        await until_stopping(address)
        running.send_signal(signal.SIGINT)

        assert await running.wait() == 130
        may_answer.set()
        await opened


async def test_the_log_of_a_day_has_no_token_and_no_word_of_anybody(
    slack: Sandbox, tmp_path: Path
) -> None:
    canary = "Pelikan"
    async with program(slack, tmp_path, LOG_LEVEL="debug", LOG_FORMAT="json") as (running, _):
        alice = slack.person("alice")
        await alice.slash("/escalate", canary, channel="general")
        await alice.slash("/baton", canary, channel="general")
        await alice.opens_home()
        await alice.changes(status_text=canary)
        running.send_signal(signal.SIGTERM)
        _, logged = await running.communicate()

    assert running.returncode == 0
    text = logged.decode()
    assert '"event": "Connected to Slack"' in text
    assert canary not in text
    assert not any(secret in text for secret in (slack.bot_token, slack.app_token))


async def test_when_one_part_fails_all_stop_and_the_failure_is_told(
    slack: Sandbox, sqlite_url: str
) -> None:
    async def fails(_stop: asyncio.Event) -> None:
        await slack.until_connected()
        raise RuntimeError

    async with build(settings(slack, sqlite_url, "socket"), RealClock()) as bot:
        bot.loops = (*bot.loops, fails)
        with pytest.raises(RuntimeError):
            await serve(bot)

        await slack.until(lambda: not slack.core.connected)
        assert "stopping" in await bot.problems()

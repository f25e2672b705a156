"""`baton demo`: a local workspace and the bot in it, in one process, with everything kept in one folder."""

import asyncio
import fcntl
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import SecretStr

from bot import demo_cast
from bot.app import Baton, build
from bot.clock import RealClock
from bot.demo_story import StagedClock, tell
from bot.errors import CannotStart
from bot.serving import serve, stop_on_signals, until_ready
from bot.settings import Settings
from handlers import manifest
from sandbox.server import Sandbox

PORT = 8765
PORTS_TRIED = 20
SETTLED_SECONDS = 20
FOLDER = Path("demo-data")

WELCOME = """
Baton's demo runs at  {url}

It is the support floor of an online shop: nine people, two teams, in Athens and New York. The page asks who you want to
be, and you can change at any time. Three things to try:

  1. Be Eleni, an agent: write /escalate in #orders-billing, fill in the form and send it.
  2. Be Nikos, a lead: open #orders-billing-leads and press Claim on the card. Then look what Eleni was told.
  3. Be Dana, who leads Deliveries, where a case has waited too long: find it on Baton's Home, take it and resolve it.

Everything is kept in {folder}/. Ctrl-C stops it, the same command goes on from there, `make demo-reset` forgets it.
"""


async def run(port: int = PORT, folder: Path = FOLDER, *, open_page: bool = False) -> None:
    """Run until a signal comes. The first start tells the story so far; a later one goes on from where it was."""
    clock, told = StagedClock(), folder / "told"
    with _alone(folder) as say_where:
        slack = Sandbox(
            demo_cast.SEED,
            manifest.FILE,
            path=folder / "sandbox.db",
            clock=clock,
            port=_free_port(port),
        )
        async with slack, build(_settings(slack, folder), RealClock()) as bot:
            say_where(slack.url)
            stop_on_signals(bot.stopping)
            if is_first := not told.exists():
                await tell(slack, bot, clock)
                told.touch()
            serving = asyncio.create_task(serve(bot))
            opening = asyncio.create_task(_open(slack, bot, folder, is_first=is_first))
            opening.add_done_callback(lambda _: open_page and webbrowser.open(slack.url))
            await serving
            opening.cancel()


async def _open(slack: Sandbox, bot: Baton, folder: Path, *, is_first: bool) -> None:
    await until_ready(bot)
    if is_first:
        print("Setting up the workspace …", flush=True)  # noqa: T201 - a command line tool speaks so
        await _settled(slack)
    print(WELCOME.format(url=slack.url, folder=folder), flush=True)  # noqa: T201


async def _settled(slack: Sandbox) -> None:
    """Wait until every case has its card, so that the first look is a whole one."""
    cards = {
        team.leads_channel: sum(case.team is team for case in demo_cast.CASES)
        for team in demo_cast.TEAMS
    }

    def are_there() -> bool:
        return all(
            sum(bool(one.buttons) for one in slack.channel(name).messages) >= count
            for name, count in cards.items()
        )

    with suppress(AssertionError, TimeoutError):
        await slack.until(are_there, within=SETTLED_SECONDS)


def _settings(slack: Sandbox, folder: Path) -> Settings:
    """The demo's own, whatever the environment says."""
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_signing_secret=None,
        slack_api_url=slack.api_url,
        database_url=SecretStr(f"sqlite:///{folder / 'baton.db'}"),
        migrate_at_start=True,
        host="127.0.0.1",
        port=0,
        log_level="warning",
        log_format="console",
    )


@contextmanager
def _alone(folder: Path) -> Iterator[Callable[[str], None]]:
    """One demo per folder: two would overwrite each other's story."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "running").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise CannotStart(f"The demo is running already. Open {file.read()}") from None

        def say_where(url: str) -> None:
            file.truncate(0)
            file.write(url)
            file.flush()

        yield say_where


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise CannotStart(
        f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are taken. Choose one with --port."
    )

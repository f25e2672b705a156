"""How the two databases are reached: their engines, with how long each waits, and statements compiled once for all."""

from collections.abc import Callable
from dataclasses import dataclass
from json import JSONEncoder
from typing import Any

import asyncpg
from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache
from sqlalchemy.util.concurrency import await_

from bot.errors import CannotStart
from storage import sqlite_one_hop
from storage.walls import enter_workspace

POOL_SIZE = 10
COMPILED: LRUCache[Any, Any] = LRUCache(2000)
DIALECTS: dict[str, Dialect] = {}
_encode = JSONEncoder().encode


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the database, in seconds. Slack gives up after three, so a person must be told before that."""

    turn: float = 1.5  # for the one writer of this process, on SQLite
    lock: float = 1.0  # for another process, on SQLite
    ping: float = 0.8  # for a connection that may be dead
    connection: float = 1.5  # for another one
    statement: float | None = 2.0  # on PostgreSQL


SERVING = Patience()
MAINTAINING = Patience(lock=10, statement=None, connection=10)


def new_engine(url: URL, patience: Patience) -> AsyncEngine:
    """Raises CannotStart for a SQLite database in memory."""
    make = _sqlite if url.get_backend_name() == "sqlite" else _postgresql
    engine = make(url.render_as_string(hide_password=False), patience)
    _compile_once(engine.sync_engine)
    return engine


def _postgresql(url: str, patience: Patience) -> AsyncEngine:
    milliseconds = str(int((patience.statement or 0) * 1000))  # 0: as long as it takes
    engine = create_async_engine(
        url,
        execution_options={"compiled_cache": COMPILED},
        json_serializer=_to_json,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_timeout=patience.connection,
        connect_args={
            "server_settings": {"statement_timeout": milliseconds, "timezone": "UTC"},
            "command_timeout": patience.statement,
            "timeout": patience.connection,
        },
    )
    event.listen(engine.sync_engine, "checkout", _check_alive_within(patience.ping))
    event.listen(engine.sync_engine, "begin", enter_workspace)
    return engine


def _compile_once(engine: Engine) -> None:
    """Statements are compiled for a dialect. One of each kind serves every database of this process: tests open thousands."""

    def share(_connection: DBAPIConnection, _record: Any) -> None:
        # By now its own has learnt what it is connected to.
        engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)

    event.listen(engine, "first_connect", share)


def _to_json(value: Any) -> str:
    """As `json.dumps`. Of the millions that a large file brings half are empty."""
    return "{}" if value == {} else _encode(value)


def _check_alive_within(seconds: float) -> Callable[[DBAPIConnection, Any, Any], None]:
    """As SQLAlchemy's own ping, which waits for long when nothing answers, and then for long that a farewell is heard."""

    def check(connection: DBAPIConnection, _record: Any, _proxy: Any) -> None:
        driver: Any = connection.driver_connection
        try:
            await_(driver.fetchrow(";", timeout=seconds))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            driver.terminate()
            raise InvalidatePoolError(
                "The connection is dead, and so may be the others."
            ) from error

    return check


def _sqlite(url: str, patience: Patience) -> AsyncEngine:
    if ":memory:" in url or url.endswith("://"):
        raise CannotStart(
            "DATABASE_URL names a database in memory, which would be lost at the first restart. "
            "Write a file instead: sqlite+aiosqlite:///baton.db"
        )
    engine = create_async_engine(
        url,
        execution_options={"compiled_cache": COMPILED},
        json_serializer=_to_json,
        module=sqlite_one_hop.driver,
        pool_size=POOL_SIZE,
        pool_reset_on_return=None,  # every transaction here ends by itself; one more ROLLBACK is one more hop
        connect_args={"timeout": patience.lock},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN, not the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a committed promise survives a power cut
        "foreign_keys=ON",
        "automatic_index=OFF",  # or a query may read a whole table to save a few look-ups in an index
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

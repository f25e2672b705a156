"""The least that a bot must do to keep what was sent: the same number of rows, in one raw transaction."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import asyncpg
from sqlalchemy import make_url

AS_MANY_AS_BATON = 10  # connections of its pool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that one submission of Baton's wrote."""

    table: str
    columns: Sequence[str]
    kinds: Sequence[str]
    """What each column holds: text, bigint, boolean or double precision."""
    values: Sequence[Sequence[Any]]

    def create(self, identity: str) -> str:
        columns = ", ".join(
            f'"{name}" {kind}' for name, kind in zip(self.columns, self.kinds, strict=True)
        )
        return f"CREATE TABLE IF NOT EXISTS {self.table} (bare_id {identity}, {columns})"

    def insert(self, places: Sequence[str]) -> str:
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f"INSERT INTO {self.table} ({names}) VALUES ({', '.join(places)})"  # noqa: S608


def load(path: str) -> list[Rows]:
    return [Rows(**one) for one in json.loads(Path(path).read_text())]


class Writer(Protocol):
    async def write(self) -> None:
        """All rows once more, committed."""
        ...


class SqliteWriter:
    """One thread that has the only connection; as safe at a power cut as Baton's."""

    def __init__(self, path: str, rows: Sequence[Rows]) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._path = path
        self._statements = [(one.insert(["?"] * len(one.columns)), one.values) for one in rows]
        self._creations = [one.create("INTEGER PRIMARY KEY") for one in rows]
        self._connection: sqlite3.Connection | None = None

    async def write(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write)

    def _write(self) -> None:
        self._connection = self._connection or self.open()
        self.write_on(self._connection)

    def write_on(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in self._statements:
            connection.executemany(statement, values)
        connection.execute("COMMIT")

    def open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for creation in self._creations:
            connection.execute(creation)
        return connection


class AsyncpgWriter:
    """A pool of connections; one prepared statement per table."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", rows: Sequence[Rows]) -> None:
        self._pool = pool
        self._statements = [
            (one.insert([f"${n + 1}" for n in range(len(one.columns))]), one.values) for one in rows
        ]

    async def write(self) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            for statement, values in self._statements:
                if len(values) == 1:
                    await connection.execute(statement, *values[0])
                else:
                    await connection.executemany(statement, values)


@asynccontextmanager
async def opened(database: str, rows: Sequence[Rows]) -> AsyncIterator[Writer]:
    """A writer on the database at this address; its tables are made if they are not there."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        yield SqliteWriter(url.database or "", rows)
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with asyncpg.create_pool(
        address, min_size=AS_MANY_AS_BATON, max_size=2 * AS_MANY_AS_BATON
    ) as pool:
        for one in rows:
            await pool.execute(one.create("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
        yield AsyncpgWriter(pool, rows)

"""aiosqlite with few hops to its thread: a driver module for SQLAlchemy's own dialect.

Opening a cursor, executing, fetching and closing are one function that runs on the connection's thread: one hop instead of
four. Inside a writing transaction there is none at all. What may wait, for the lock or for the disk, is its BEGIN and
its COMMIT, and these do go to the thread; the statements between them touch a few rows each, in microseconds, and the
thread has nothing else to do meanwhile, so they run where they are made.
"""

import sqlite3
from collections import deque
from typing import Any

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_

BEGIN_WRITING = "BEGIN IMMEDIATE"


class _Cursor(AsyncAdapt_dbapi_cursor):
    """Holds the rows of one finished statement. Nothing stays open on the thread, so there is nothing to close."""

    __slots__ = ("_description", "_lastrowid", "_rowcount", "arraysize")
    _awaitable_cursor_close = False

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection: Any = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - the dialect's own hand-over
        self._rows = deque()
        self._description: Any = None
        self._rowcount = -1
        self._lastrowid: int | None = None
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._description

    @property
    def rowcount(self) -> int:
        return self._rowcount

    @property
    def lastrowid(self) -> Any:
        return self._lastrowid

    async def _async_soft_close(self) -> None:
        return

    def close(self) -> None:
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._run("execute", operation, parameters or ())
        if operation == BEGIN_WRITING:
            self._adapt_connection.is_writing = True

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._run("executemany", operation, seq_of_parameters)

    async def _run(self, method: str, operation: Any, parameters: Any) -> None:
        connection = self._connection
        if self._adapt_connection.is_writing:
            self._keep(_at_once(connection._conn, method, operation, parameters))  # noqa: SLF001
        else:
            self._keep(
                await connection._execute(_at_once, connection._conn, method, operation, parameters)  # noqa: SLF001
            )

    def _keep(self, found: Any) -> None:
        rows, self._description, self._rowcount, self._lastrowid = found
        self._rows = deque(rows)


def _at_once(connection: sqlite3.Connection, method: str, operation: str, parameters: Any) -> Any:
    cursor = connection.cursor()
    try:
        getattr(cursor, method)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return rows, cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ("is_writing",)
    _cursor_cls = _Cursor  # type: ignore[assignment]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.is_writing = False

    def commit(self) -> None:
        self.is_writing = False
        super().commit()

    def rollback(self) -> None:
        self.is_writing = False
        super().rollback()


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **kwargs: Any) -> _Connection:
        # One thread at a time uses it, but not always the same one.
        connection: Any = aiosqlite.connect(*args, **kwargs | {"check_same_thread": False})
        connection._thread.daemon = True  # noqa: SLF001 - as the dialect does: an exit must not wait for it
        return _Connection(self, await_(connection))


driver = _Driver(aiosqlite, sqlite3)

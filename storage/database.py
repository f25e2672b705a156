"""One database, SQLite or PostgreSQL, and the transactions that services open on it.

`write` and `read` belong to one workspace. `across` sees every workspace and is for the loops that only ask
who has work; a test about the code says which modules may use it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from threading import Thread
from typing import Any, NoReturn
from weakref import WeakSet

from sqlalchemy import event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from bot.errors import DatabaseGone
from storage.base import InWorkspace, table_of
from storage.engines import MAINTAINING, SERVING, Patience, new_engine
from storage.sealing import Keys
from storage.walls import CrossesWorkspaces, WorkspaceSession

GOODBYE_SECONDS = 5.0
# What PostgreSQL says (SQLSTATE) when it is not the statement's fault: no connection, no resources (a full disk is one),
# a transaction to be repeated, a stop by the operator or the clock, a broken disk, a server that only reads, a lock.
NOT_OUR_FAULT = ("08", "53", "40", "57", "58", "25006", "55P03")


class Tx(AsyncSession):
    """One transaction in one workspace. Only services open one; storage uses it and never commits."""

    sync_session_class = WorkspaceSession

    @property
    def workspace_id(self) -> str:
        return str(self.info["workspace_id"])

    @property
    def dialect(self) -> str:
        """Which database this is: sqlite or postgresql."""
        return str(self.get_bind().dialect.name)

    async def connection(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: what runs on a bare connection is not confined to the workspace."""
        raise CrossesWorkspaces("A bare connection is not confined to a workspace.")

    @property
    def keys(self) -> Keys:
        """What seals and opens the texts that are kept encrypted."""
        found: Keys = self.info["keys"]
        return found

    @property
    def wakes(self) -> set[str]:
        """The loops to wake once this is committed: "delivery", "tick", "exports", "quiet", "people"."""
        found: set[str] = self.info.setdefault("wakes", set())
        return found


class Database:
    """Opens transactions. Call `close()` at the end. Errors of the driver pass through as SQLAlchemy's.

    `patience` is how long it waits for others; `keys` seal and open what is kept encrypted.
    """

    def __init__(self, url: str, patience: Patience = SERVING, keys: Keys | None = None) -> None:
        self.url = make_url(url)
        self.keys = keys or Keys()
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._threads: WeakSet[Thread] = WeakSet()
        self._patience = patience
        self.engine = self._new_engine(patience)
        # SQLite has one writer; waiting here is fair, and costs no retries
        self._writer = asyncio.Lock()
        self._wakers: dict[str, list[Callable[[], None]]] = {}

    def on_commit(self, what: str, wake: Callable[[], None]) -> None:
        """Call `wake()` in this process after each commit that asked to wake `what`."""
        self._wakers.setdefault(what, []).append(wake)

    def wake(self, what: str) -> None:
        """Wake what waits in this process for `what`, as a commit would."""
        for wake in self._wakers.get(what, []):
            wake()

    @asynccontextmanager
    async def write(self, workspace_id: str) -> AsyncIterator[Tx]:
        """A transaction that commits at the end of the block, or rolls back if it raises."""
        async with _gone_if_unreachable(), AsyncExitStack() as stack:
            if self.is_sqlite:
                async with asyncio.timeout(self._patience.turn):
                    await stack.enter_async_context(self._writer)
            tx = await stack.enter_async_context(self._session(workspace_id, writes=True))
            async with tx.begin():
                yield tx
        for what in tx.wakes:
            self.wake(what)

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[Tx]:
        """A transaction for looking only."""
        async with (
            _gone_if_unreachable(),
            self._session(workspace_id, writes=False) as tx,
            tx.begin(),
        ):
            yield tx

    @asynccontextmanager
    async def across(self) -> AsyncIterator[AsyncConnection]:
        """A look at every workspace: only to ask which of them has work."""
        async with _gone_if_unreachable(), self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def maintaining(self) -> AsyncIterator[AsyncConnection]:
        """One writing transaction outside every workspace: for migrations, which change all of them at once."""
        engine = self._new_engine(MAINTAINING)
        try:
            writing = engine.execution_options(writes=True)
            async with _gone_if_unreachable(), writing.begin() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def close(self) -> None:
        """Wait for what SQLite's threads still do: one that answers when nobody listens any more is an error."""
        await self.engine.dispose()
        for thread in list(self._threads):
            await asyncio.to_thread(thread.join, GOODBYE_SECONDS)

    def _new_engine(self, patience: Patience) -> AsyncEngine:
        engine = new_engine(self.url, patience)
        if self.is_sqlite:
            event.listen(engine.sync_engine, "connect", self._remember_thread)
        return engine

    def _remember_thread(self, connection: DBAPIConnection, _record: Any) -> None:
        driver: Any = connection.driver_connection
        self._threads.add(driver._thread)  # noqa: SLF001 - aiosqlite gives each connection one of its own

    def _session(self, workspace_id: str, *, writes: bool) -> Tx:
        if not workspace_id:
            raise ValueError("A transaction belongs to a workspace.")
        bound = self.engine.execution_options(writes=writes, workspace=workspace_id)
        return Tx(
            bound, expire_on_commit=False, info={"workspace_id": workspace_id, "keys": self.keys}
        )


@asynccontextmanager
async def _gone_if_unreachable() -> AsyncIterator[None]:
    """Name the driver's many ways of saying that it cannot reach the database or cannot write."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError) as error:
        raise DatabaseGone(_one_line(error)) from error
    except DBAPIError as error:
        if not _is_gone(error):
            raise
        raise DatabaseGone(_one_line(error)) from error


def _is_gone(error: DBAPIError) -> bool:
    """Without a statement it was the connection that could not be had."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    no_connection = error.statement is None or error.connection_invalidated
    return no_connection or state.startswith(NOT_OUR_FAULT)


def _one_line(error: Exception) -> str:
    """The driver's own words, without the statement and its parameters."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(cause, TimeoutError) and not str(cause):
        return "it did not answer in time"
    return " ".join(str(cause).split()) or type(cause).__name__


Insert = postgresql.Insert | sqlite.Insert


def insert_into(tx: Tx, row: type[InWorkspace]) -> Insert:
    """An INSERT of this database's own dialect, which can say ON CONFLICT."""
    return insert_for(tx.dialect, row)


def insert_for(dialect: str, row: type[InWorkspace]) -> Insert:
    """The same, for statements that are made once per dialect and kept: making one costs as much as running it.

    It inserts into the table, past the ORM, whose bookkeeping for objects costs more than writing the row.
    """
    table = table_of(row)
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


async def insert_rows(tx: Tx, row: type[InWorkspace], *values: dict[str, Any]) -> None:
    """Insert many rows of one table in one statement, in this transaction's workspace."""
    if values:
        rows = [{"workspace_id": tx.workspace_id, **one} for one in values]
        await tx.execute(insert_into(tx, row), rows)

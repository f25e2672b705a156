"""What every test may ask for: a migrated database of either kind, with a canary workspace in it."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from storage.database import Database
from storage.migrate import migrate
from storage.sealing import Keys
from tests import canary
from tests.patience import PATIENT
from tests.postgres import Server, start_server
from tests.shelf import Lent, Shelf

DATABASES = ("sqlite", "postgresql")
# How long an example takes depends on what else the machine does.
settings.register_profile("baton", deadline=None)
settings.load_profile("baton")
KEYS = Keys(b"k" * 32)
"""With what the tests seal."""
FreshDatabase = Callable[[str], Awaitable[str]]


def _only_loopback(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: whatever reaches beyond this machine is stopped, whichever library tries."""
    if event != "socket.connect":
        return
    address = arguments[1]
    host = str(address[0]) if isinstance(address, tuple) else "a unix socket"
    if isinstance(address, tuple) and not host.startswith(("127.", "::1", "localhost")):
        raise PermissionError(f"A test tried to reach {host}.")


sys.addaudithook(_only_loopback)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's environment may change what a test sees."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "DATABASE_", "LOG_", "BATON_")) or name in {"HOST", "PORT"}:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL: TEST_DATABASE_URL's, or one of our own that all test processes share."""
    with start_server() as server:
        yield server


@dataclass(slots=True)
class Templates:
    """Migrated databases with the canary workspace, made when first asked for: migrating for each test would be slow."""

    folder: Path
    sqlite: Path | None = None
    shelf: Shelf | None = None


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Shared by all tests of this process."""
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
async def fresh_database(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> AsyncIterator[FreshDatabase]:
    """Makes fresh databases of a kind: migrated, with the canary workspace in them."""
    lent: list[Lent] = []

    async def make(kind: str) -> str:
        if kind == "sqlite":
            return await _fresh_sqlite(templates, tmp_path / f"{uuid4().hex[:8]}.db")
        shelf = await _shelf(templates, request.getfixturevalue("postgres"))
        lent.append(await shelf.take())
        return shelf.server.url(lent[-1].name)

    yield make
    for one in lent:
        assert templates.shelf
        await templates.shelf.put_back(one)


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> str:
    """The address of a fresh database, once of each kind."""
    return await fresh_database(request.param)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open database, once on SQLite and once on PostgreSQL."""
    database = Database(database_url, PATIENT, KEYS)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_url(fresh_database: FreshDatabase) -> str:
    """Like database_url, for what is only worth testing on one kind."""
    return await fresh_database("sqlite")


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """An open database on SQLite."""
    database = Database(sqlite_url, PATIENT, KEYS)
    yield database
    await database.close()


async def _fresh_sqlite(templates: Templates, path: Path) -> str:
    if templates.sqlite is None:
        template = templates.folder / "template.db"
        await _prepare(f"sqlite+aiosqlite:///{template}")
        templates.sqlite = template
    shutil.copy(templates.sqlite, path)
    return f"sqlite+aiosqlite:///{path}"


async def _shelf(templates: Templates, server: Server) -> Shelf:
    if templates.shelf is None:
        shelf = Shelf(server, f"template_{uuid4().hex[:12]}")
        await server.run(f"CREATE DATABASE {shelf.template}")
        await _prepare(server.url(shelf.template))
        await shelf.open()
        templates.shelf = shelf
    return templates.shelf


async def _prepare(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await canary.plant(database)
    await database.close()

"""A floor to measure on: people and teams in a fresh database, put there by Baton's own services."""

import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from bench.findings import Size
from bench.peers.job import TOKEN
from bench.processes import Server, free_port, started
from bench.signing import SECRET
from bench.slack import BOT, HOST, WORKSPACE, FakeSlack
from bot.clock import RealClock
from bot.people import Person, Role
from bot.rules.people import Profile
from bot.rules.teams import TeamDraft
from bot.services import teams
from storage import people, workspaces
from storage.database import Database
from storage.migrate import migrate
from tests.postgres import Server as Postgres
from tests.postgres import start_server

TEAMS = 20
AGENTS = tuple(f"U0AGENT{n:02d}" for n in range(TEAMS))
LEADS = tuple(f"U0LEAD{n:02d}" for n in range(TEAMS))
ADMIN = Person(WORKSPACE, "U0ADMIN", name="Ada", is_admin=True)


@dataclass(frozen=True, slots=True)
class Floor:
    """A database with a floor in it."""

    kind: str
    url: str


@dataclass
class World:
    """Where it is measured. `folder` is empty at first and gone at the end."""

    slack: FakeSlack
    folder: Path
    size: Size
    postgres: Postgres | None
    _made: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> Sequence[str]:
        return ("SQLite", "PostgreSQL") if self.postgres else ("SQLite",)

    async def floor(self, kind: str, team_count: int = 1) -> Floor:
        """A fresh database with one lead and one agent in each team."""
        floor = Floor(kind, await self.empty(kind))
        db = Database(floor.url)
        try:
            await migrate(db)
            await _populate(db, team_count)
        finally:
            await db.close()
        return floor

    async def empty(self, kind: str) -> str:
        """The address of a database with nothing in it."""
        name = f"bench_{uuid4().hex[:12]}"
        if kind == "SQLite":
            return f"sqlite+aiosqlite:///{self.folder / name}.db"
        assert self.postgres
        await self.postgres.run(f"CREATE DATABASE {name}")
        self._made.append(name)
        return self.postgres.url(name)

    async def forget(self) -> None:
        """Drop the databases that were made; the files go with the folder."""
        for name in self._made:
            assert self.postgres
            await self.postgres.run(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.clear()

    @asynccontextmanager
    async def baton(self, floor: Floor) -> AsyncIterator[Server]:
        """`baton run`, listening over HTTP, as an operator starts it."""
        port = free_port()
        env = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.url,
            "DATABASE_URL": floor.url,
            "HOST": HOST,
            "PORT": str(port),
            "LOG_LEVEL": "warning",
            "MIGRATE_AT_START": "true",
        }
        name = f"baton-{floor.kind}-{port}"
        async with started(name, ["-m", "bot", "run"], port, self.folder, env) as server:
            yield server


@contextmanager
def a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        yield Path(folder)


@contextmanager
def a_postgres(*, wanted: bool) -> Iterator[Postgres | None]:
    """PostgreSQL out of the wheel, or the one that TEST_DATABASE_URL names."""
    if not wanted:
        yield None
        return
    with start_server(careless=False) as server:
        yield server


async def _populate(db: Database, team_count: int) -> None:
    now = RealClock().now()
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Bench", bot_user_id=BOT)
        profiles = [
            Profile(one, name=one.title(), locale="en-US", updated=1) for one in (*AGENTS, *LEADS)
        ]
        await people.save(tx, *profiles)
        await people.add_unknown(tx, [ADMIN.id])
        await people.set_admins(tx, [ADMIN.id])
    for n in range(team_count):
        draft = TeamDraft(
            name=f"Team {n:02d}",
            leads_channel=f"C0LEADS{n:02d}",
            people={Role.LEAD: (LEADS[n],), Role.AGENT: _agents(n, team_count)},
        )
        await teams.create_team(db, ADMIN, draft, key=f"bench:{n}", now=now)


def _agents(team: int, team_count: int) -> tuple[str, ...]:
    return tuple(one for n, one in enumerate(AGENTS) if n % team_count == team)

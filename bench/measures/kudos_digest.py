"""What the weekly digest of a very large team costs, and what its leads see, beside the same in bare SQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from sqlalchemy import bindparam, text

from bench.findings import Finding, Section, alternate, compared
from bench.measures.standups import heard
from bench.morning import NINE, WORKSPACE
from bench.processes import on_server_core
from bench.world import World
from bot.people import Person, Role
from bot.rules.kudos.digests import About, Digest
from bot.rules.people import Profile
from bot.rules.spans import Span
from bot.rules.teams import Team
from bot.services.kudos import digesting, leading
from storage import members, people, teams, workspaces
from storage.base import Utc
from storage.database import Database, Tx
from storage.migrate import migrate
from tests.thanks import thank_often

NAME = "kudos"
CHANNEL = "C0TEAM"
MS = 1000
LEAD = Person(WORKSPACE, "U0LEAD", roles={NAME: frozenset({Role.LEAD})})
WEEK = About(NAME, Span(NINE - timedelta(days=7), NINE))
AGGREGATE = "one aggregate in bare SQL"
BARE = "the same statements, bare"
ABOUT = """\
One team of {people:,} people, and {thanks:,} kudos of a year: {week:,} are in the week. The digest's card is drawn from its rows: the thanks by value, the
breadth, who opted out. What leads see is who has had none for long and the breadth of eight weeks. The aggregate counts thanks, givers and receivers by
value for the same time in one statement, which is less than a digest tells; the bare statements are those that Baton runs, on one connection; their
rows are fetched and thrown away. Milliseconds each."""
# Written out here so that nothing of Baton is in what it is compared with.
COUNTED = """\
SELECT k.value, count(*), count(DISTINCT r.giver_id), count(DISTINCT r.receiver_id)
FROM kudos_receipts r JOIN kudos k ON k.workspace_id = r.workspace_id AND k.id = r.kudos_id
WHERE r.workspace_id = :workspace AND r.team_id = :team AND r.given_at >= :start AND r.given_at < :end
AND k.undone_at IS NULL GROUP BY k.value"""
AGGREGATED = text(COUNTED).bindparams(*(bindparam(one, type_=Utc()) for one in ("start", "end")))


async def measure(world: World) -> Section:
    size, found, week = world.size, list[Finding](), 0
    for kind in world.kinds:
        async with _filled(world, kind) as filled:
            week = (await filled.seen()).count
            measures = {
                "digest": filled.digest,
                f"digest, {BARE}": filled.bare_digest,
                AGGREGATE: filled.aggregate,
                "team": filled.team,
                f"team, {BARE}": filled.bare_team,
            }
            took = await alternate(size.rounds, measures)
        digest, team = took["digest"], took["team"]
        found += [
            compared(f"{kind}: the digest", "ms", digest, AGGREGATE, took[AGGREGATE]),
            compared(f"{kind}: the digest", "ms", digest, BARE, took[f"digest, {BARE}"]),
            compared(f"{kind}: what leads see", "ms", team, BARE, took[f"team, {BARE}"]),
        ]
    about = ABOUT.format(people=size.thanked, thanks=size.thanks, week=week)
    return Section("Thanks of a large team", about, found)


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with a year of kudos in it."""

    db: Database
    looks: int

    async def digest(self) -> float:
        return await self._timed(self._draw)

    async def team(self) -> float:
        return await self._timed(self._see)

    async def bare_digest(self) -> float:
        return await self._bare(self._draw)

    async def bare_team(self) -> float:
        return await self._bare(self._see)

    async def aggregate(self) -> float:
        return await self._timed(self._count)

    async def seen(self) -> Digest:
        async with self.db.read(WORKSPACE) as tx:
            return await digesting.load(tx, WEEK)

    async def _draw(self) -> None:
        async with self.db.read(WORKSPACE) as tx:
            assert await digesting.draw(tx, WEEK.packed(), CHANNEL)

    async def _see(self) -> None:
        await leading.see_team(self.db, LEAD, NAME, now=NINE)

    async def _timed(self, act: Callable[[], Awaitable[None]]) -> float:
        begun = perf_counter()
        for _ in range(self.looks):
            await act()
        return (perf_counter() - begun) / self.looks * MS

    async def _bare(self, act: Callable[[], Awaitable[None]]) -> float:
        """The statements of it alone."""
        with heard(self.db) as statements:
            await act()
        async with self.db.across() as connection:
            begun = perf_counter()
            for _ in range(self.looks):
                for statement, parameters in statements:
                    (await connection.exec_driver_sql(statement, parameters)).fetchall()
            return (perf_counter() - begun) / self.looks * MS

    async def _count(self) -> None:
        given = {
            "workspace": WORKSPACE,
            "team": NAME,
            "start": WEEK.span.start,
            "end": WEEK.span.end,
        }
        async with self.db.across() as connection:
            (await connection.execute(AGGREGATED, given)).fetchall()


@asynccontextmanager
async def _filled(world: World, kind: str) -> AsyncIterator[Filled]:
    with on_server_core():
        db = Database(await world.empty(kind))
        try:
            await migrate(db)
            async with db.write(WORKSPACE) as tx:
                await _fill(tx, world.size.thanked, world.size.thanks)
            filled = Filled(db, world.size.looks)
            await filled.digest()
            yield filled
        finally:
            await db.close()


async def _fill(tx: Tx, thanked: int, thanks: int) -> None:
    ids = [f"U0P{n:05}" for n in range(thanked)]
    await workspaces.save(tx, name="Bench", bot_user_id="U0BATON")
    await people.save(tx, *(Profile(one, name=one, updated=1) for one in (*ids, LEAD.id)))
    await teams.add(tx, Team(WORKSPACE, NAME, "Team", team_channel=CHANNEL))
    await members.add(tx, NAME, Role.AGENT, ids)
    await members.add(tx, NAME, Role.LEAD, [LEAD.id])
    await thank_often(tx, NAME, ids, thanks, since=NINE - timedelta(days=365), until=NINE)

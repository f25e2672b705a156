"""A round of thousands of people at Slack's own rate limits, against the least time that these allow; and what a summary costs."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import event

from bench.findings import AtMost, Finding, Section, alone, alternate, compared
from bench.morning import BLOCKERS, FOCUS, NINE, WINDOW, WORKSPACE, Morning, least, morning
from bench.processes import on_server_core
from bench.world import World
from bot.people import Role
from bot.rules.people import Profile
from bot.rules.standups import Blocker, Round, RoundState, Said, Seat, SeatState, StandUp, Via
from bot.rules.teams import Team
from bot.services.standups import summarising
from storage import members, people, standups, teams, workspaces
from storage.database import Database, Tx
from storage.migrate import migrate

NAME = "round"
CHANNEL = "C0TEAM"
US = 1_000_000
BARE = "the same statements, bare"
LEAST = "the least by arithmetic"
URGENT_EACH = 4
WITHIN = AtMost(1.1)
WORDS = (
    "The queue of refunds until noon, and then calling back those who have waited since yesterday"
)
ABOUT = """\
{people:,} people in {teams} teams, all asked at nine, in the local workspace with Slack's own rate limits: 300 posts in any minute, one a second
in a channel, 50 redraws a minute, 20 questions about do-not-disturb. Whoever is asked answers within twenty seconds; at half past the summaries are
posted. Counted are the seconds from nine until the last was asked, and from half past until the last summary was there. The time is the workspace's: its
clock stands still while Baton or the workspace are at work, so that it tells how long the limits (Slack's, and Baton's own below them) hold messages
up, and not how quick the machine is. *The least* is as many at once as a minute holds, and again each minute. The second morning has {urgent} urgent messages
in every twenty seconds while people are asked: they waited {waited:.1f} s at most. Slack refused {refused} calls."""
COST = """\
The card of a closed round is drawn from its rows, with so many answers in it and with a blocker in every tenth: microseconds for each answer. The bare
statements are those that the drawing runs, on one connection; their rows are fetched and thrown away."""


async def measure(world: World) -> Section:
    """On SQLite only: no database is what holds it up."""
    size = world.size
    quiet, loud = await _lived(world, 0), await _lived(world, URGENT_EACH)
    about = ABOUT.format(
        people=size.asked,
        teams=size.asked_teams,
        urgent=URGENT_EACH,
        waited=max(loud.urgent, default=0.0),
        refused=quiet.refused + loud.refused,
    )
    findings = [
        *_findings("from asking to summary", quiet, WITHIN),
        *_findings("the same with urgent messages", loud, None),
    ]
    return Section("A round of many people", about, findings)


async def _lived(world: World, urgent_each: int) -> Morning:
    size, url = world.size, await world.empty("SQLite")
    with on_server_core():
        async with morning(url, size.asked, size.asked_teams, urgent_each) as held:
            await held.live()
    assert len(held.asked) == size.asked, "somebody was not asked"
    assert len(held.posted) == size.asked_teams, "a summary is missing"
    return held


def _findings(what: str, held: Morning, target: AtMost | None) -> list[Finding]:
    took = max(held.asked.values()) + max(held.posted.values())
    return [
        compared(what, "s", [took], LEAST, [least(held.people)], target),
        alone(f"{what}, of our own time", "s", [held.took]),
    ]


@dataclass(frozen=True, slots=True)
class Cost:
    """A round with so many answers in a database of its own."""

    db: Database
    answers: int
    looks: int

    async def draw(self) -> float:
        """Microseconds for each answer."""
        begun = perf_counter()
        for _ in range(self.looks):
            async with self.db.read(WORKSPACE) as tx:
                assert await summarising.draw(tx, NAME, CHANNEL, now=NINE + WINDOW)
        return (perf_counter() - begun) / self.looks / self.answers * US

    async def bare(self) -> float:
        """The same for the statements alone."""
        with heard(self.db) as statements:
            await Cost(self.db, self.answers, 1).draw()
        async with self.db.across() as connection:
            begun = perf_counter()
            for _ in range(self.looks):
                for statement, parameters in statements:
                    (await connection.exec_driver_sql(statement, parameters)).fetchall()
            return (perf_counter() - begun) / self.looks / self.answers * US


async def measure_summary(world: World) -> Section:
    size, found = world.size, list[Finding]()
    for kind in world.kinds:
        for answers in size.answers:
            async with _cost(world, kind, answers) as cost:
                measures = {"": cost.draw, BARE: cost.bare}
                values = await alternate(size.rounds, measures)
            what = f"{kind}: {answers} answers"
            found.append(compared(what, "µs each", values[""], BARE, values[BARE]))
    return Section("A summary", COST, found)


@asynccontextmanager
async def _cost(world: World, kind: str, answers: int) -> AsyncIterator[Cost]:
    with on_server_core():
        db = Database(await world.empty(kind))
        try:
            await migrate(db)
            async with db.write(WORKSPACE) as tx:
                await _held(tx, answers)
            cost = Cost(db, answers, world.size.looks)
            await cost.draw()
            yield cost
        finally:
            await db.close()


async def _held(tx: Tx, answers: int) -> None:
    ids = [f"U0P{n:04}" for n in range(answers)]
    await workspaces.save(tx, name="Bench", bot_user_id="U0BATON")
    await people.save(tx, *(Profile(one, name=one, updated=1) for one in ids))
    await teams.add(tx, Team(WORKSPACE, NAME, "Team", team_channel=CHANNEL))
    await members.add(tx, NAME, Role.AGENT, ids)
    questions = (FOCUS, BLOCKERS)
    standup = StandUp(WORKSPACE, NAME, NAME, "Morning", questions, channel=CHANNEL)
    await standups.add(tx, standup, now=NINE)
    closed = Round(
        WORKSPACE,
        NAME,
        NAME,
        NAME,
        "key",
        NINE.date(),
        NINE,
        NINE + WINDOW,
        "Morning",
        questions,
        CHANNEL,
        state=RoundState.CLOSED,
        opened_at=NINE,
        closed_at=NINE + WINDOW,
    )
    await standups.add_round(tx, closed)
    await standups.add_seats(tx, *(_seat(one) for one in ids))
    blockers = [Blocker(WORKSPACE, one, NAME, NAME, one, WORDS, NINE, NINE) for one in ids[::10]]
    await standups.add_blockers(tx, *blockers)


def _seat(person_id: str) -> Seat:
    return Seat(
        NAME,
        person_id,
        NINE,
        NINE + WINDOW,
        SeatState.ANSWERED,
        "message",
        asked_at=NINE,
        answered_at=NINE + timedelta(minutes=5),
        via=Via.FORM,
        answers={FOCUS.id: Said(text=WORDS)},
    )


@contextmanager
def heard(db: Database) -> Iterator[Sequence[tuple[str, Any]]]:
    """The statements that the database gets inside the block."""
    said: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    yield said
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)

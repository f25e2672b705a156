"""What an import of many calls costs beside reading its file, and a digest for many people beside SQL over the same facts."""

import csv
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import text

from bench.findings import AtMost, Below, Finding, Section, alone, alternate, compared
from bench.imports import AGENTS, DAYS, LAST_DAY, LEAD, TEAM, id_of
from bench.processes import on_server_core, output_of
from bench.slack import WORKSPACE
from bench.world import World
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import Choice, Digest
from bot.rules.metrics.digest.telling import first_by_name, people_parts
from bot.rules.metrics.look.settings import MINIMUM_N
from bot.rules.reports.periods import Period
from bot.services.metrics.comparison import lines
from bot.services.metrics.digest import drawing
from bot.serving import set_aside_what_stays
from bot.views.metrics.digest import PARTS_SHOWN
from storage import teams
from storage.database import Database
from storage.metrics import names
from tests.clock import NOON
from tests.patience import PATIENT

MS = 1000
BARE: Mapping[str, str] = {"csv": "the csv module", "xlsx": "python-calamine"}
MEMORY, CHILD = Below(300, "MB"), Below(150, "MB")
A_TENTH = AtMost(0.1)
AGGREGATES = "two plain SQL aggregates"
OF_THE_PEOPLE, OF_THE_TEAM = "that of the people", "that of the team"
AT_ONCE = 5_000
WEEK = Period(LAST_DAY - timedelta(days=6), LAST_DAY)
TOLD = ("contacts", "csat", "rating", "aht", "asa", "abandonment")
MEDIANS = (*TOLD, "handle", "wait")
ABOUT = """\
Files of calls of ten columns, one line each, of {agents} people and five weeks, as an export of a call centre has them. *Import* is the whole way but for
Slack, in a process of its own: the file is looked through, read in a process apart under limits, kept line by line where nothing counts yet, all of it
counts at a stroke, and {days} days are rolled up by person, topic and hour. Its peer reads every cell of the same file and throws it away. *Peak* is
the largest resident memory of Baton's process, and of the one apart that reads the file.

*Digest* is all that is worked out for a weekly digest of a lead: six metrics of the team against the week before and four weeks, what each of the {agents}
people came to in that week, the same six of the {shown} of them that a message has room for, who they are, and whether the lead may see them. *The team's lines* and *people's lines* are its two parts, without the rights and
the names. Their peers are aggregates over the same calls, of the team by week over the five weeks, and by person over the one, which is a fifth of the calls; for the
digest one after the other. They ask a plain table with a column for each amount, an index on team and day, and its statistics up to date; they give sums, and judge
nothing. With medians there is no peer: SQLite has none.

One round of each import, and five of each digest. The target of a tenth was set for 1,000,000 calls: the digest costs the same however many there are, so
beside few calls it cannot be met."""
PLAIN = """\
CREATE TABLE bench_calls (team_id TEXT NOT NULL, day TEXT NOT NULL, agent TEXT NOT NULL, answered INTEGER NOT NULL, abandoned INTEGER NOT NULL,
wait INTEGER, talk INTEGER, rating INTEGER, good INTEGER)"""
INDEX = "CREATE INDEX bench_calls_team_day ON bench_calls (team_id, day)"
INSERT = text(
    "INSERT INTO bench_calls VALUES (:team, :day, :agent, :answered, :abandoned, :wait, :talk, :rating, :good)"
)
SUMS = """\
count(*), sum(answered), sum(abandoned), sum(wait), sum(talk), count(rating), sum(rating), sum(good)
FROM bench_calls WHERE team_id = :team AND day BETWEEN :first AND :last"""
WEEK_OF = "CASE WHEN day > :week0 THEN 0 WHEN day > :week1 THEN 1 WHEN day > :week2 THEN 2 WHEN day > :week3 THEN 3 ELSE 4 END"
OF_PEOPLE = text(f"SELECT agent, {SUMS} GROUP BY agent")
OF_TEAM = text(f"SELECT {WEEK_OF} AS week, {SUMS} GROUP BY week")
ASKED = {
    "team": TEAM,
    "first": (LAST_DAY - timedelta(days=DAYS - 1)).isoformat(),
    "last": LAST_DAY.isoformat(),
    **{f"week{at}": (LAST_DAY - timedelta(days=7 * (at + 1))).isoformat() for at in range(4)},
}


async def measure(world: World) -> Section:
    found = list[Finding]()
    for count in world.size.imported:
        files = {kind: await _file(world.folder, kind, count) for kind in BARE}
        for name in world.kinds:
            imported = {kind: await _imported(world, name, path) for kind, path in files.items()}
            for kind, one in imported.items():
                found += one.findings(f"{name}, {count:,} lines as .{kind}", BARE[kind])
            async with _filled(imported["csv"].urls[-1], files["csv"]) as filled:
                found += await _digests(filled, f"{name}, {count:,} calls", world.size.rounds)
    about = ABOUT.format(agents=AGENTS, days=DAYS, shown=PARTS_SHOWN)
    return Section("Numbers in, and a digest of them", about, found)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing one file, each time into a database of its own, and of reading it bare."""

    urls: list[str] = field(default_factory=list)
    ours: list[dict[str, float]] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def findings(self, what: str, peer: str) -> list[Finding]:
        whole = [one["seconds"] for one in self.ours]
        steps = {"looked": "looked through", "read": "read and kept", "rolled": "rolled up"}
        return [
            compared(f"{what}: imported", "s", whole, peer, self.bare),
            *(
                alone(f"{what}: {told}", "s", [one[step] for one in self.ours])
                for step, told in steps.items()
            ),
            alone(f"{what}: peak", "MB", [one["peak"] for one in self.ours], MEMORY),
            alone(f"{what}: peak apart", "MB", [one["child"] for one in self.ours], CHILD),
        ]


async def _imported(world: World, name: str, path: Path) -> Imported:
    done = Imported()

    async def ours() -> float:
        done.urls.append(await world.empty(name))
        done.ours.append(await _run(world.folder, "ours", done.urls[-1], str(path)))
        return done.ours[-1]["seconds"]

    async def bare() -> float:
        done.bare.append((await _run(world.folder, path.suffix[1:], str(path)))["seconds"])
        return done.bare[-1]

    await alternate(world.size.import_rounds, {"ours": ours, "bare": bare})
    return done


async def _file(folder: Path, kind: str, count: int) -> Path:
    path = folder / f"calls-{count}.{kind}"
    await output_of(["-m", "bench.imports", "make", str(path), str(count)], folder)
    return path


async def _run(folder: Path, *arguments: str) -> dict[str, float]:
    said = await output_of(["-m", "bench.imports", *arguments], folder)
    done: dict[str, float] = json.loads(said)
    return done


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with the calls as Baton keeps them, and the same calls in a plain table."""

    db: Database
    whose: tuple[Mapping[str, str], Collection[tuple[str, str]]]
    """The people by the ids of their names, and whose numbers may be told."""

    async def digest(self) -> None:
        await self._digest(TOLD)

    async def with_medians(self) -> None:
        await self._digest(MEDIANS)

    async def people(self) -> None:
        """As a digest does: everybody's week, and the lines of those who are shown, beside nothing."""
        async with self.db.read(WORKSPACE) as tx:
            found = await lines.of_people(tx, [TEAM], WEEK, *self.whose)
        called = dict.fromkeys(found, "")
        shown = first_by_name(called, PARTS_SHOWN)
        assert people_parts(called, shown, found, [BY_KEY[one] for one in TOLD], MINIMUM_N)

    async def team(self) -> None:
        async with self.db.read(WORKSPACE) as tx:
            scope = Scope((TEAM,))
            found = await lines.lines_of(tx, scope, TOLD, WEEK, Cadence.WEEKLY, now=NOON)
        assert all(one.is_known and one.compared for one in found)

    async def plain(self) -> None:
        await self.plain_team()
        await self.plain_people()

    async def plain_people(self) -> None:
        await self._ask(OF_PEOPLE, first=WEEK.first.isoformat())

    async def plain_team(self) -> None:
        await self._ask(OF_TEAM)

    async def _digest(self, metrics: tuple[str, ...]) -> None:
        digest = Digest(
            WORKSPACE, "", TEAM, "Numbers", Cadence.WEEKLY, time(8), 0, metrics, LEAD.id,
            readers=(LEAD.id,), choice=Choice(has_chart=False, by_person=True),
        )  # fmt: skip
        async with self.db.read(WORKSPACE) as tx:
            team = await teams.get(tx, TEAM)
            told = await drawing.load(tx, digest, team, WEEK, LEAD, now=NOON)
        assert told.people
        assert len(told.lines) == len(metrics)

    async def _ask(self, statement: Any, **other: str) -> None:
        async with self.db.across() as connection:
            assert (await connection.execute(statement, ASKED | other)).all()


async def _digests(filled: Filled, what: str, rounds: int) -> list[Finding]:
    measures = {
        "digest": _timed(filled.digest),
        AGGREGATES: _timed(filled.plain),
        "people": _timed(filled.people),
        OF_THE_PEOPLE: _timed(filled.plain_people),
        "team": _timed(filled.team),
        OF_THE_TEAM: _timed(filled.plain_team),
        "medians": _timed(filled.with_medians),
    }
    with on_server_core():
        for one in measures.values():
            await one()
        took = await alternate(rounds, measures)
    rows = {
        "digest": ("digest", AGGREGATES),
        "team": ("the team's lines", OF_THE_TEAM),
        "people": ("people's lines", OF_THE_PEOPLE),
    }
    return [
        *(
            compared(f"{what}: {told}", "ms", took[one], peer, took[peer], A_TENTH)
            for one, (told, peer) in rows.items()
        ),
        alone(f"{what}: digest with medians", "ms", took["medians"]),
    ]


def _timed(act: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[float]]:
    async def took() -> float:
        begun = perf_counter()
        await act()
        return (perf_counter() - begun) * MS

    return took


@asynccontextmanager
async def _filled(url: str, path: Path) -> AsyncIterator[Filled]:
    db = Database(url, PATIENT)  # the peers may take their time
    try:
        async with db.engine.begin() as connection:
            await connection.execute(text(PLAIN))
        with path.open(newline="") as file:
            rows = map(_plain, csv.DictReader(file))
            while some := list(islice(rows, AT_ONCE)):
                async with db.engine.begin() as connection:
                    await connection.execute(INSERT, some)
        async with db.maintaining() as connection:  # with time enough
            await connection.execute(text(INDEX))
            await connection.execute(text("ANALYZE bench_calls"))
        async with db.read(WORKSPACE) as tx:
            held = await names.of_person(tx, *map(id_of, range(AGENTS)))
        owners = {name_id: one for one, ids in held.items() for name_id in ids}
        set_aside_what_stays()  # as a bot does when it starts
        yield Filled(db, (owners, {(TEAM, one) for one in owners.values()}))
    finally:
        await db.close()


def _plain(row: Mapping[str, str]) -> dict[str, Any]:
    answered = row["Answered (Y/N)"] == "Y"
    rating = int(row["Satisfaction rating"]) if answered else None
    minutes, seconds = row["AvgTalkDuration"].split(":")[1:] if answered else (0, 0)
    return {
        "team": TEAM,
        "day": row["Date"],
        "agent": row["Agent"],
        "answered": int(answered),
        "abandoned": int(not answered),
        "wait": int(row["Speed of answer in seconds"]) if answered else None,
        "talk": 60 * int(minutes) + int(seconds) if answered else None,
        "rating": rating,
        "good": None if rating is None else int(rating >= 4),
    }

"""`python -m bench.imports make|csv|xlsx|ours …`: a file of calls is made, read bare, or imported, in a process of its own.

`make` writes so many calls of five weeks. `csv` and `xlsx` read every cell of the file and nothing else, which is the least
that any import does. `ours` is the whole way through Baton but for Slack: the file is looked through, read into the store,
counts, and all its days are rolled up. Each prints how long it took, and what memory it had at its peak.
"""

import asyncio
import csv
import json
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bench.processes import peak
from bench.slack import WORKSPACE
from bot.people import Person, Role
from bot.rules.delivery import Answer
from bot.rules.people import Profile
from bot.rules.teams import Team
from bot.services.metrics.importing import bringing, deciding
from bot.services.metrics.importing.bringing import Dropped
from bot.serving import set_aside_what_stays
from schedules.imports import Importer
from schedules.rollups import RollUps
from storage import members, people, teams, workspaces
from storage.database import Database
from storage.migrate import migrate
from storage.sealing import KEY_BYTES, Keys
from tests.clock import NOON, MovableClock

TEAM, DAYS, AGENTS = "team", 35, 200
LEAD = Person(WORKSPACE, "U0LEAD", roles={TEAM: frozenset({Role.LEAD})})
LAST_DAY = NOON.date() - timedelta(days=1)
TOPICS = ("Refunds", "Parcels", "Payment", "Account", "Other")
HEADER = ("Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)", "Resolved", "Speed of answer in seconds",
          "AvgTalkDuration", "Satisfaction rating")  # fmt: skip
UNANSWERED = 0.2
LOOK_SECONDS = 0.1
KEYS = Keys(b"b" * KEY_BYTES)


def agent_of(number: int) -> str:
    """How one of them is called."""
    return f"Agent {number:03}"


def id_of(number: int) -> str:
    """Who that is in Slack."""
    return f"U0AGENT{number:03}"


def calls(count: int) -> Iterator[tuple[str, ...]]:
    """The same each time: by chance over the days, the agents and the hours from nine to six."""
    chance = Random(7)  # noqa: S311 - nothing here is a secret
    for at in range(count):
        day = LAST_DAY - timedelta(days=chance.randrange(DAYS))
        moment = f"{chance.randrange(9, 18):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
        agent, topic = agent_of(chance.randrange(AGENTS)), chance.choice(TOPICS)
        call = (f"C{at:07}", agent, day.isoformat(), moment, topic)
        if chance.random() < UNANSWERED:
            yield (*call, "N", "N", "", "", "")
            continue
        talk = f"0:{chance.randrange(10):02}:{chance.randrange(60):02}"
        yield (*call, "Y", "Y", str(chance.randrange(5, 240)), talk, str(chance.randrange(1, 6)))


def make(path: str, count: int) -> None:
    if path.endswith(".csv"):
        with Path(path).open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *calls(count)])
        return
    with Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((HEADER, *calls(count))):
            sheet.write_row(at, 0, row)


def read_csv(path: str) -> int:
    with Path(path).open(newline="") as file:
        return sum(1 for _row in csv.reader(file)) - 1


def read_xlsx(path: str) -> int:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _row in sheet.iter_rows()) - 1


async def ours(url: str, path: str) -> dict[str, float]:
    """Each step of it apart, in seconds."""
    db, clock = Database(url, keys=KEYS), MovableClock()
    await _furnish(db)
    set_aside_what_stays()  # as a bot does when it starts
    importer, rollups = Importer(db, clock, lambda _id: Shelf(path)), RollUps(db, clock)
    async with _watching_children() as children:
        begun = perf_counter()
        name = Path(path).name
        [held] = await bringing.bring(db, LEAD, [Dropped("F1", name)], key="1", now=NOON)
        assert await importer.take_all() == 1
        looked = perf_counter()
        await deciding.start(db, LEAD, held.id, key="2", now=NOON)
        assert await importer.take_all() == 1
        read = perf_counter()
        days = await rollups.roll_all()
        rolled = perf_counter()
    await db.close()
    assert days, "nothing has come in"
    return {
        "seconds": rolled - begun,
        "looked": looked - begun,
        "read": read - looked,
        "rolled": rolled - read,
        "child": max(children.values()),
    }


class Shelf:
    """A Slack that has the one file."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    async def call(self, _method: str, _payload: Mapping[str, Any], /) -> Answer:
        file = {"url_private_download": "https://files.slack.com/x", "size": 1}
        return Answer(data={"file": file, "channel": {"id": "D0LEAD"}})

    async def download(self, _url: str, path: Path, _most: int, /) -> Answer:
        await asyncio.to_thread(shutil.copy, self._path, path)
        return Answer()

    async def upload(self, _url: str, _path: Path, /) -> Answer:
        raise AssertionError("Every line of it can be read, so there is no report.")


async def _furnish(db: Database) -> None:
    await migrate(db)
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Bench", bot_user_id="U0BATON")
        agents = [Profile(id_of(at), name=agent_of(at), updated=1) for at in range(AGENTS)]
        await people.save(tx, Profile(LEAD.id, name="Lena", updated=1), *agents)
        await teams.add(tx, Team(WORKSPACE, TEAM, "Refunds", zone="Europe/Berlin"))
        await members.add(tx, TEAM, Role.LEAD, [LEAD.id])
        await members.add(tx, TEAM, Role.AGENT, [one.id for one in agents])


@asynccontextmanager
async def _watching_children() -> AsyncIterator[dict[int, float]]:
    """The peak memory, in MB, of each process that this one starts, as long as it can be seen."""
    peaks: dict[int, float] = {0: 0.0}

    async def watch() -> None:
        while True:
            for pid in _children():
                with suppress(OSError, ValueError):  # it has ended meanwhile
                    peaks[pid] = peak(pid)
            await asyncio.sleep(LOOK_SECONDS)

    watching = asyncio.create_task(watch())
    try:
        yield peaks
    finally:
        watching.cancel()


def _children() -> list[int]:
    with suppress(OSError):
        listed = Path("/proc/self/task").glob("*/children")
        return [int(pid) for one in listed for pid in one.read_text().split()]
    return []


def _say(**found: float) -> None:
    print(json.dumps({**found, "peak": peak()}))


def main() -> None:
    match sys.argv[1:]:
        case ["make", path, count]:
            make(path, int(count))
        case ["csv" | "xlsx" as kind, path]:
            begun = perf_counter()
            lines = {"csv": read_csv, "xlsx": read_xlsx}[kind](path)
            _say(seconds=perf_counter() - begun, lines=lines)
        case ["ours", url, path]:
            _say(**asyncio.run(ours(url, path)))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()

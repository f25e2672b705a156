"""`python -m bench.exports ours|rows|bare …`: one export in a process of its own, which prints how long it took and its peak.

`ours` makes the file of a database, as the bot does but for Slack. `rows` reads what is in it. `bare` writes the same
cells with openpyxl, write-only, and does nothing else.
"""

import asyncio
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from bench.processes import peak
from bench.slack import WORKSPACE
from bot.people import Role, system
from bot.rules.coaching import (
    Body,
    CommitmentState,
    EntryKind,
    Evidence,
    Kind,
    Part,
    Promiser,
    State,
    Visibility,
)
from bot.rules.coaching.notes import PARTS
from bot.rules.people import Profile
from bot.rules.reports import About, Asked, Period
from bot.rules.teams import Team
from bot.services import reports
from schedules.exports import BOOKS
from storage import keys, members, people, teams, workspaces
from storage.coaching.bodies import to_text
from storage.coaching.rows import CommitmentRow, EntryRow, NoteRow
from storage.database import Database, Tx, insert_rows
from storage.migrate import migrate
from storage.sealing import Keys
from tests.cast import NOON

KEYS = Keys(b"b" * 32)
PEOPLE = 200
LEAD, TEAM = "U0LEAD", "team"
AT_ONCE = 500
DAYS = 28
WORDS = {
    Part.SITUATION: "The call of Monday about the parcel that was sent twice and never came",
    Part.BEHAVIOUR: "You let the customer finish, said back what you had understood, and then looked at both orders at once",
    Part.IMPACT: "They calmed down, took the refund for one of them and thanked you for the second time this month",
    Part.GOAL: "To lead the desk for refunds by summer, and to teach two colleagues what is done there",
    Part.REALITY: "The hard cases are solved alone, and what was learnt from them is not written down anywhere",
    Part.OPTIONS: "A short session each Friday; a page with the ten commonest cases; somebody who sits beside",
    Part.WAY_FORWARD: "The first session on the twentieth, about the limits, with three cases of last week",
}
PROMISE = "Say back what the customer wants before answering, and write down how often it helped"


async def fill(url: str, count: int) -> None:
    """So many shared notes of one lead about two hundred people, with a commitment each and a comment to every other."""
    db = Database(url, keys=KEYS)
    await migrate(db)
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Bench", bot_user_id="U0BATON")
        ids = [_agent(number) for number in range(PEOPLE)]
        profiles = [Profile(one, name=f"Agent {one[-3:]}", updated=1) for one in ids]
        await people.save(tx, Profile(LEAD, name="Lena", updated=1), *profiles)
        await teams.add(tx, Team(WORKSPACE, TEAM, "Refunds", zone="Europe/Berlin"))
        await members.add(tx, TEAM, Role.LEAD, [LEAD])
        await members.add(tx, TEAM, Role.AGENT, ids)
        await keys.remember(tx, now=NOON)
    for start in range(0, count, AT_ONCE):
        async with db.write(WORKSPACE) as tx:
            numbers = range(start, min(start + AT_ONCE, count))
            await insert_rows(tx, NoteRow, *(_note(tx, one) for one in numbers))
            await insert_rows(tx, CommitmentRow, *(_promise(tx, one) for one in numbers))
            await insert_rows(tx, EntryRow, *(_comment(tx, one) for one in numbers if one % 2))
    await db.close()


async def ours(url: str, out: str) -> None:
    """All of them, as whoever asked in Slack would get them."""
    db, clock = Database(url, keys=KEYS), system(WORKSPACE)
    period = Period((NOON - timedelta(days=DAYS)).date(), NOON.date())
    async with db.read(WORKSPACE) as tx:
        lead = await people.get(tx, LEAD)
    begun = perf_counter()  # a bot has spoken with its database before
    asked = Asked(period, about=About.COACHING)
    await reports.want(db, lead, asked, key=out, now=NOON)
    job = await reports.begin(db, clock, now=NOON)
    assert job
    book = await asyncio.to_thread(BOOKS[About.COACHING], Path(out), job, NOON)
    for ids in job.batches:
        found, names = await reports.read(db, clock, job, ids, now=NOON)
        await asyncio.to_thread(book.add, found, names, now=NOON)
    await asyncio.to_thread(book.finish, now=NOON)
    _say(perf_counter() - begun, book.listed)
    await db.close()


def rows(made: str, kept: str) -> None:
    """What is in each cell, row after row, so that the peer writes the same and need not work out anything."""
    book = CalamineWorkbook.from_path(made)
    with Path(kept).open("wb") as file:
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).iter_rows():
                pickle.dump((name, [None if one == "" else one for one in row]), file)
    _say(0, 0)


def bare(kept: str, out: str) -> None:
    begun = perf_counter()
    book = Workbook(write_only=True)
    sheets: dict[str, Any] = {}
    listed = 0
    for name, row in _kept(Path(kept)):
        if name not in sheets:
            sheets[name] = book.create_sheet(name)
        sheets[name].append(row)
        listed += 1
    book.save(out)
    _say(perf_counter() - begun, listed)


def _kept(path: Path) -> Iterator[tuple[str, list[Any]]]:
    with path.open("rb") as file:
        try:
            while True:
                yield pickle.load(file)  # noqa: S301 - our own, of a moment ago
        except EOFError:
            return


def _say(seconds: float, listed: int) -> None:
    print(json.dumps({"seconds": seconds, "peak": peak(), "listed": listed}))


def _agent(number: int) -> str:
    return f"U0AGENT{number % PEOPLE:03d}"


def _kind(number: int) -> Kind:
    return list(Kind)[number % len(Kind)]


def _note(tx: Tx, number: int) -> dict[str, Any]:
    kind, name = _kind(number), f"n{number:07d}"
    at = NOON - timedelta(minutes=number % (DAYS * 24 * 60 - 60 * 24))
    evidence = (Evidence("The call", f"https://calls.example/{number}"),) if number % 3 == 0 else ()
    body = Body({part: WORDS[part] for part in PARTS[kind]}, evidence)
    done = number % 2 == 1
    return {
        "id": name,
        "team_id": TEAM,
        "author_id": LEAD,
        "agent_id": _agent(number),
        "kind": kind.value,
        "visibility": Visibility.CHAIN.value,
        "state": (State.ACKNOWLEDGED if done else State.SHARED).value,
        "skill": "Listening",
        "topic": "",
        "body": keys.seal(tx, NoteRow.__tablename__, "body", name, to_text(body)),
        "written_at": at,
        "version": 1,
        "shared_at": at,
        "dispute_until": at + timedelta(days=2),
        "acknowledged_at": at + timedelta(days=1) if done else None,
        "has_comment": done,
    }


def _promise(tx: Tx, number: int) -> dict[str, Any]:
    name = f"c{number:07d}"
    return {
        "id": name,
        "note_id": f"n{number:07d}",
        "team_id": TEAM,
        "author_id": LEAD,
        "agent_id": _agent(number),
        "promiser": Promiser.AGENT.value,
        "words": keys.seal(tx, CommitmentRow.__tablename__, "words", name, PROMISE),
        "due_on": (NOON + timedelta(days=number % 30 - 10)).date().isoformat(),
        "state": CommitmentState.OPEN.value,
    }


def _comment(tx: Tx, number: int) -> dict[str, Any]:
    name = f"e{number:07d}"
    words = "Thank you, I shall try it from tomorrow on."
    return {
        "id": name,
        "note_id": f"n{number:07d}",
        "place": 1,
        "kind": EntryKind.ACKNOWLEDGED.value,
        "by": _agent(number),
        "at": NOON,
        "words": keys.seal(tx, EntryRow.__tablename__, "words", name, words),
        "detail": "",
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", url, count]:
            asyncio.run(fill(url, int(count)))
            _say(0, int(count))
        case ["ours", url, out]:
            asyncio.run(ours(url, out))
        case ["rows", made, kept]:
            rows(made, kept)
        case ["bare", kept, out]:
            bare(kept, out)

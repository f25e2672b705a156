"""What one submission writes, found by looking at every table before and after it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bench.peers.writing import Rows
from bench.slack import WORKSPACE
from bench.world import AGENTS, Floor, World
from bot.clock import RealClock
from bot.rules.escalations import Draft
from bot.services import escalations, people
from storage.database import Database

Table = tuple[Sequence[str], list[tuple[Any, ...]]]


async def of_one_submission(world: World, kind: str) -> list[Rows]:
    """The rows that are new or changed after one escalation was raised; nothing is delivered meanwhile."""
    floor = await world.floor(kind)
    db = Database(floor.url)
    try:
        await _escalate(db, "first")
        before = await contents(floor)
        await _escalate(db, "second")
        return _difference(before, await contents(floor))
    finally:
        await db.close()


def save(rows: Sequence[Rows], path: Path) -> str:
    path.write_text(json.dumps([asdict(one) for one in rows]))
    return str(path)


async def count(floor: Floor, table: str) -> int:
    return len((await contents(floor))[table][1])


async def contents(floor: Floor) -> Mapping[str, Table]:
    """Every table: its columns, and its rows with values as JSON knows them."""
    url = make_url(floor.url)
    if floor.kind == "SQLite":
        return _sqlite_contents(url.database or "")
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    try:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        found = {}
        for (table,) in await connection.fetch(named):
            statement = await connection.prepare(f'SELECT * FROM "{table}"')  # noqa: S608
            columns = [one.name for one in statement.get_attributes()]
            found[table] = (columns, [_plain(tuple(row)) for row in await statement.fetch()])
        return found
    finally:
        await connection.close()


def _sqlite_contents(path: str) -> Mapping[str, Table]:
    connection = sqlite3.connect(path)
    try:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        found = {}
        for (table,) in connection.execute(named).fetchall():
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            columns = [one[0] for one in cursor.description]
            found[table] = (columns, [_plain(row) for row in cursor.fetchall()])
        return found
    finally:
        connection.close()


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    known = str | int | float | bool | None
    return tuple(value if isinstance(value, known) else str(value) for value in row)


def _difference(before: Mapping[str, Table], after: Mapping[str, Table]) -> list[Rows]:
    found = []
    for table, (columns, rows) in after.items():
        known = set(before[table][1])
        if written := [row for row in rows if row not in known]:
            found.append(Rows(f"bare_{table}", columns, _kinds(written), written))
    return found


def _kinds(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    return [_kind(values) for values in zip(*rows, strict=True)]


def _kind(values: Sequence[Any]) -> str:
    kinds: dict[type, str] = {bool: "boolean", int: "bigint", float: "double precision"}
    first = next((value for value in values if value is not None), "")
    return kinds.get(type(first), "text")


async def _escalate(db: Database, word: str) -> None:
    person = await people.find(db, WORKSPACE, AGENTS[0])
    assert person
    draft = Draft(
        summary=f"The {word} customer waits for the money",
        ticket=f"T-{word}",
        customer="Kim",
        severity="high",
        category="billing",
        tried="Looked at the order and asked the warehouse.",
        need="decision",
        promise="An answer today",
    )
    team = next(iter(person.roles))
    await escalations.escalate(db, person, team, draft, key=word, now=RealClock().now())

"""The same rows as Baton's clocks and claims write, in bare SQL on one connection after another: it decides nothing."""

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Protocol

import asyncpg
from sqlalchemy import make_url

from bench.slack import WORKSPACE

Row = Sequence[Any]

CLAIM_TIMER = """
    DELETE FROM timers WHERE (workspace_id, kind, subject, step) IN (
        SELECT workspace_id, kind, subject, step FROM timers WHERE workspace_id = ? AND not_before <= ?
        ORDER BY due_at, kind, subject, step LIMIT 1 {skip})
    RETURNING kind, subject"""
FIND = "SELECT * FROM escalations WHERE workspace_id = ? AND id = ? {lock}"
CLIMB = """
    UPDATE escalations SET version = ?, changed_at = ?, level = 0, step_at = ?, called = ?
    WHERE workspace_id = ? AND id = ? AND version = ? RETURNING version"""
CLAIM = """
    UPDATE escalations SET version = ?, changed_at = ?, state = 'claimed', owner_id = ?, claimed_at = ?, step_at = NULL,
        claim_warn_at = NULL, update_warn_at = ?, update_due_at = ?, due_at = ?
    WHERE workspace_id = ? AND id = ? AND version = ? RETURNING version"""
LANE = """
    INSERT INTO lanes (workspace_id, name, last_seq, epoch) VALUES (?, ?, ?, 0)
    ON CONFLICT (workspace_id, name) DO UPDATE SET last_seq = lanes.last_seq + excluded.last_seq RETURNING last_seq"""
FORGET = "DELETE FROM timers WHERE workspace_id = ? AND subject = ? AND kind IN (?, ?, ?)"
SEEN = "state IN ('open', 'claimed', 'waiting', 'returned') AND (team_id IN ({teams}) OR raised_by = ?)"
PAGE = f"""
    SELECT * FROM escalations WHERE workspace_id = ? AND {SEEN}
    ORDER BY due_at IS NULL, due_at, id LIMIT 20"""  # noqa: S608
TOTAL = f"SELECT count(*) FROM escalations WHERE workspace_id = ? AND {SEEN}"  # noqa: S608


class Bare(Protocol):
    """One connection. Placeholders are `?`, times are aware."""

    async def run(self, sql: str, *values: Any) -> list[Row]: ...
    async def begin(self) -> None: ...
    async def commit(self) -> None: ...


class BareSqlite:
    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    async def run(self, sql: str, *values: Any) -> list[Row]:
        bound = [_at_rest(one) if isinstance(one, datetime) else one for one in values]
        return self._connection.execute(sql.format_map(NOTHING), bound).fetchall()

    async def begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class BarePostgres:
    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    async def run(self, sql: str, *values: Any) -> list[Row]:
        if sql not in self._known:
            parts = sql.format_map(LOCKS).split("?")
            numbered = [f"{part}${n}" for n, part in enumerate(parts[:-1], 1)]
            self._known[sql] = "".join([*numbered, parts[-1]])
        found: list[Row] = await self._connection.fetch(self._known[sql], *values)
        return found

    async def begin(self) -> None:
        await self._connection.execute("BEGIN")

    async def commit(self) -> None:
        await self._connection.execute("COMMIT")


NOTHING: Mapping[str, str] = {"skip": "", "lock": ""}
LOCKS: Mapping[str, str] = {"skip": "FOR UPDATE SKIP LOCKED", "lock": "FOR UPDATE"}


@asynccontextmanager
async def opened(database: str, number: int = 1) -> AsyncIterator[Sequence[Bare]]:
    """So many connections; on SQLite one, which is all that can write."""
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        one = BareSqlite(url.database or "")
        yield [one] * number
        one.close()
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with asyncpg.create_pool(address, min_size=number, max_size=number) as pool:
        connections = [await pool.acquire() for _ in range(number)]
        yield [BarePostgres(one) for one in connections]
        for one in connections:
            await pool.release(one)


async def list_page(bare: Bare, teams: Sequence[str], person_id: str) -> int:
    """The first page of a list, and how many there are in all."""
    places = ", ".join("?" * len(teams))
    values = (WORKSPACE, *teams, person_id)
    page = await bare.run(PAGE.replace("{teams}", places), *values)
    await bare.run(TOTAL.replace("{teams}", places), *values)
    return len(page)


async def ring(bare: Bare, now: datetime, channel: str) -> bool:
    """One clock: a level of the policy is told. False if none is due."""
    await bare.begin()
    taken = await bare.run(CLAIM_TIMER, WORKSPACE, now)
    if not taken:
        await bare.commit()
        return False
    number = int(taken[0][1])
    version = await _version(bare, number)
    again = now + timedelta(hours=8)
    called = json.dumps(["U0LEAD0", "U0LEAD1"])
    await bare.run(CLIMB, version + 1, now, again, called, WORKSPACE, number, version)
    changes = {"level": [None, 0], "step_at": ["", ""], "called": [[], ["U0LEAD0", "U0LEAD1"]]}
    await _append(bare, number, version + 1, now, ("SYSTEM", "level_told", "open", "open"), changes)
    await _timer(bare, number, "escalation.policy_step", again)
    await _say(bare, number, version + 1, now, channel, "Somebody is needed for this case.")
    await bare.commit()
    return True


async def claim(bare: Bare, number: int, person_id: str, now: datetime, channel: str) -> bool:
    """Compare and set: whoever is first has it."""
    await bare.begin()
    await bare.run(*_insert("inbox", key=token_hex(8), heard_at=now))
    [found] = await bare.run(
        f"SELECT version, state {FIND.removeprefix('SELECT *')}", WORKSPACE, number
    )
    version, due = int(found[0]), now + timedelta(hours=16)
    if found[1] != "open":
        await bare.commit()
        return False
    values = (version + 1, now, person_id, now, due, due, due, WORKSPACE, number, version)
    await bare.run(CLAIM, *values)
    told = (person_id, "claimed", "open", "claimed")
    await _append(bare, number, version + 1, now, told, {"owner_id": [None, person_id]})
    kinds = (f"escalation.{one}" for one in ("claim_warning", "claim_breach", "policy_step"))
    await bare.run(FORGET, WORKSPACE, str(number), *kinds)
    for kind in ("update_warning", "update_breach"):
        await _timer(bare, number, f"escalation.{kind}", due)
    await _say(bare, number, version + 1, now, channel, "Somebody has taken your escalation.")
    await bare.commit()
    return True


async def _version(bare: Bare, number: int) -> int:
    sql = f"SELECT version, summary {FIND.removeprefix('SELECT *')}"
    [found] = await bare.run(sql, WORKSPACE, number)
    return int(found[0])


async def _append(
    bare: Bare, number: int, version: int, now: datetime, told: Row, changes: Any
) -> None:
    by, kind, old, new = told
    line = _insert(
        "escalation_events",
        escalation_id=number,
        version=version,
        at=now,
        by=by,
        kind=kind,
        old=old,
        new=new,
        reason="",
        why="",
        changes=json.dumps(changes),
    )
    await bare.run(*line)


async def _timer(bare: Bare, number: int, kind: str, at: datetime) -> None:
    subject = str(number)
    await bare.run(
        *_insert(
            "timers", kind=kind, subject=subject, step="", due_at=at, not_before=at, attempts=0
        )
    )


async def _say(
    bare: Bare, number: int, version: int, now: datetime, channel: str, words: str
) -> None:
    """A card and a note."""
    [[last]] = await bare.run(LANE, WORKSPACE, channel, 2)
    common = {"lane": channel, "channel": channel, "priority": 1, "state": "pending"}
    common |= {"attempts": 0, "looks": 0, "told": False, "queued_at": now}
    subject = str(number)
    card = {
        "key": token_hex(16),
        "is_card": True,
        "card_kind": "escalation",
        "card_subject": subject,
    }
    card |= {"supersedes": f"escalation\n{subject}\n{channel}", "marker": token_hex(16)}
    sql, *values = _insert("outbox", seq=last - 1, **common, **card)
    await bare.run(f"{sql} ON CONFLICT DO NOTHING", *values)
    note = {"key": f"escalation:{number}:v{version}", "is_card": False, "words": words}
    sql, *values = _insert("outbox", seq=last, marker=token_hex(16), blocks="[]", **common, **note)
    await bare.run(f"{sql} ON CONFLICT DO NOTHING", *values)


def _insert(table: str, **values: Any) -> tuple[str, *tuple[Any, ...]]:
    names = ", ".join(f'"{one}"' for one in ("workspace_id", *values))
    places = ", ".join("?" * (len(values) + 1))
    sql = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
    return (sql, WORKSPACE, *values.values())


def _at_rest(moment: datetime) -> str:
    """As SQLAlchemy keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

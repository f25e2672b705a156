"""PostgreSQL databases that tests use one after another: what a test left in one is tidied away, or it is thrown away.

To make a database, to be the first to connect to it and to drop it again costs many times what tidying does.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import asyncpg
from sqlalchemy import make_url

from tests.postgres import Server

USES = 100
"""After so many it is thrown away: what was deleted in it still takes room, for nothing vacuums it."""
GROWTH = 16_000_000
"""Bytes that it may have grown by before it is thrown away."""
PATIENCE = 10
"""Seconds to wait for a lock that somebody still holds in it."""

# What may not differ after a test: tables, columns, rights, rules, settings, and what is known for planning.
SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', c.oid, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
                                    c.reltuples > 0, a.attname, a.atttypid, a.attnotnull),
                          ',' ORDER BY c.oid, a.attnum)),
           (SELECT count(*) FROM pg_policy), (SELECT count(*) FROM pg_constraint),
           (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_trigger),
           (SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
             WHERE d.datname = current_database())
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace
"""
TABLES = "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
Rows = dict[str, tuple[int, int]]
"""Of each table how many rows it has, and which transaction wrote the newest: nothing else changes a row."""


@dataclass(slots=True)
class Lent:
    """A database, and what is in it when it is tidy."""

    name: str
    shape: tuple[object, ...]
    size: int
    rows: Rows
    uses: int = 0


@dataclass(slots=True)
class Shelf:
    """The databases of one test process. `template` is migrated and has the canary workspace in it; `open` comes first."""

    server: Server
    template: str
    free: list[Lent] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Keep in the template, beside each table, a copy of what is in it."""
        async with self._connected(self.template) as connection:
            self.tables = [name for (name,) in await connection.fetch(TABLES)]
            copies = [f"CREATE TABLE tidy.{name} AS TABLE {name}" for name in self.tables]
            await connection.execute(";".join(["CREATE SCHEMA tidy", *copies]))

    async def take(self) -> Lent:
        return self.free.pop() if self.free else await self._new()

    async def put_back(self, lent: Lent) -> None:
        lent.uses += 1
        if lent.uses < USES and await self._tidied(lent):
            self.free.append(lent)
        else:
            await self.server.run(f"DROP DATABASE {lent.name} WITH (FORCE)")

    async def _new(self) -> Lent:
        name = f"test_{uuid4().hex[:12]}"
        await self.server.run(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        async with self._connected(name) as connection:
            return Lent(
                name,
                await _shape(connection),
                await _size(connection),
                await self._rows(connection, self.tables),
            )

    async def _tidied(self, lent: Lent) -> bool:
        """False if it is no longer what it was, whatever a test has done to it."""
        try:
            async with self._connected(lent.name) as connection:
                await connection.execute(ALONE)
                if await _shape(connection) != lent.shape:
                    return False
                await self._restore(connection, lent)
                return await _size(connection) < lent.size + GROWTH
        except (asyncpg.PostgresError, OSError):
            return False

    async def _restore(self, connection: asyncpg.Connection, lent: Lent) -> None:
        found = await self._rows(connection, self.tables)
        changed = [name for name in self.tables if found[name] != lent.rows[name]]
        await connection.execute(
            ";".join(
                [
                    "SET session_replication_role = replica",  # foreign keys would ask for an order
                    *[f"DELETE FROM {name}" for name in changed],  # noqa: S608 - names of ours
                    *[
                        f"INSERT INTO {name} OVERRIDING SYSTEM VALUE TABLE tidy.{name}"
                        for name in changed
                        if lent.rows[name][0]
                    ],
                ]
            )
        )
        lent.rows |= await self._rows(connection, changed)

    async def _rows(self, connection: asyncpg.Connection, tables: list[str]) -> Rows:
        each = [
            f"SELECT '{name}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {name}"  # noqa: S608 - names of ours
            for name in tables
        ]
        found = await connection.fetch(" UNION ALL ".join(each)) if each else []
        return {name: (count, newest) for name, count, newest in found}

    @asynccontextmanager
    async def _connected(self, name: str) -> AsyncIterator[asyncpg.Connection]:
        url = make_url(self.server.address).set(drivername="postgresql", database=name)
        connection = await asyncpg.connect(
            url.render_as_string(hide_password=False),
            server_settings={"lock_timeout": str(PATIENCE * 1000)},
            statement_cache_size=0,
        )
        try:
            yield connection
        finally:
            await connection.close()


async def _shape(connection: asyncpg.Connection) -> tuple[object, ...]:
    return tuple(await connection.fetchrow(SHAPE))


async def _size(connection: asyncpg.Connection) -> int:
    return int(await connection.fetchval("SELECT pg_database_size(current_database())"))

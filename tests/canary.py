"""A second workspace full of LEAK-…: whatever shows one of its words has crossed a wall."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, String, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from sandbox.server import Sandbox
from storage.base import Utc
from storage.database import Database
from storage.models import metadata
from tests.cast import OTHER_WORKSPACE

WORD = "LEAK"
NOT_PLANTED = {
    "encryption_keys",  # a key that nobody has refuses every start, whichever workspace needs it
    "metric_stale_days",  # a day to roll up anew would take the canary's own roll-ups away
}
NEVER = datetime(2999, 1, 1, tzinfo=UTC)  # its timers are not due in any story


async def plant(database: Database) -> None:
    """One row in every table, in an order that foreign keys allow."""
    async with database.maintaining() as connection:
        for table in metadata.sorted_tables:
            if table.name not in NOT_PLANTED:
                await _plant(connection, table)


async def _plant(connection: AsyncConnection, table: Table) -> None:
    await connection.execute(table.insert().values({c.name: _value(c) for c in table.columns}))


def check_silent(slack: Sandbox) -> None:
    """Nothing that Slack was told, by a call or in an answer, may hold a word of the canary's."""
    told = [(one.name, one.sent if one.kind != "delivery" else one.answer) for one in slack.log]
    assert told, "Nothing was said at all."
    leaks = [one for one in told if WORD in str(one)]
    assert not leaks, leaks


def _value(column: Column[Any]) -> object:
    """A value that points at the canary's own rows, since every identifier in a table is the same word."""
    if column.name == "workspace_id":
        return OTHER_WORKSPACE
    if column.foreign_keys:
        [pointed] = {key.column.name for key in column.foreign_keys}
        if pointed != "workspace_id":
            return _value(next(iter(column.foreign_keys)).column)
    for kind, value in ((Integer, 1), (Float, 1.0), (Boolean, False), (Utc, NEVER)):
        if isinstance(column.type, kind):
            return value
    if isinstance(column.type, LargeBinary):
        return WORD.encode()
    return f"{WORD}-{column.name}" if isinstance(column.type, String) else []

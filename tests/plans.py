"""How SQLite would find what it is asked: whether it reads only what is wanted, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database import Database

Statement = tuple[str, Any]


@contextmanager
def hearing(db: Database, *tables: str) -> Iterator[list[Statement]]:
    """What the database is asked inside the block about tables whose names begin so."""
    said: list[Statement] = []
    words = [f"{before} {table}" for before in ("FROM", "JOIN") for table in tables]

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if any(one in statement for one in words):
            said.append((statement, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    yield said
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)


async def plans(db: Database, said: list[Statement]) -> list[list[str]]:
    assert said
    found = []
    async with db.across() as connection:
        for statement, parameters in said:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.append([str(row[-1]) for row in rows])
    return found


def reads_all(plan: list[str]) -> list[str]:
    """The steps that go through everything there is, or everything of a workspace; not through what was just found."""
    return [
        step
        for step in plan
        if (step.startswith("SCAN") and step != "SCAN wanted") or step.endswith("(workspace_id=?)")
    ]

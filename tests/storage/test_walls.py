"""Two walls: nothing in a session of one workspace can see, change or add a row of another, by whichever way it tries."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import (
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from storage.base import Base
from storage.database import Database, Tx, insert_into, insert_rows
from storage.inbox import InboxRow
from storage.outbox import CardRow, LaneRow
from storage.walls import ROLE, SETTING, CrossesWorkspaces
from tests.cast import NOON, OTHER_WORKSPACE, WORKSPACE

TABLE = Base.metadata.tables["inbox"]
Way = Callable[[Tx], Awaitable[object]]


@pytest.fixture
async def mine(db: Database) -> Database:
    """One row of ours beside the canary's."""
    async with db.write(WORKSPACE) as tx:
        tx.add(InboxRow(workspace_id=WORKSPACE, key="mine", heard_at=NOON))
        tx.add(LaneRow(workspace_id=WORKSPACE, name="mine"))
    return db


async def everything(db: Database) -> list[tuple[str, str]]:
    async with db.across() as connection:
        rows = await connection.execute(select(TABLE.c.workspace_id, TABLE.c.key))
        return sorted((row.workspace_id, row.key) for row in rows)


UNTOUCHED = sorted([(WORKSPACE, "mine"), (OTHER_WORKSPACE, "LEAK-key")])


async def keys(found: Awaitable[object]) -> list[object]:
    return list(await found)  # type: ignore[call-overload, no-any-return]


READS: dict[str, Way] = {
    "entities": lambda tx: _all(tx, select(InboxRow.key)),
    "an alias": lambda tx: _all(tx, select(aliased(InboxRow).key)),
    "a subquery": lambda tx: _all(tx, select(select(InboxRow.key).subquery().c.key)),
    "a CTE": lambda tx: _all(tx, select(select(InboxRow.key).cte().c.key)),
    "IN a subquery": lambda tx: _all(
        tx, select(InboxRow.key).where(InboxRow.key.in_(select(InboxRow.key)))
    ),
    "a scalar subquery": lambda tx: _all(
        tx, select(select(func.max(InboxRow.key)).scalar_subquery())
    ),
    "a join": lambda tx: _all(tx, select(InboxRow.key).join(LaneRow, LaneRow.name == InboxRow.key)),
    "an outer join to everything": lambda tx: _all(
        tx, select(InboxRow.key).select_from(LaneRow).outerjoin(InboxRow, literal(value=True))
    ),
    "its own key": lambda tx: tx.get(InboxRow, (OTHER_WORKSPACE, "LEAK-key")),
    "asking for the other workspace": lambda tx: _all(
        tx, select(InboxRow.key).where(InboxRow.workspace_id == OTHER_WORKSPACE)
    ),
    "an OR": lambda tx: _all(
        tx,
        select(InboxRow.key).where((InboxRow.key == "x") | (InboxRow.key == "LEAK-key")),
    ),
}

REFUSED: dict[str, Way] = {
    "raw SQL": lambda tx: tx.execute(text("SELECT * FROM inbox")),
    "raw SQL as entities": lambda tx: tx.execute(
        select(InboxRow).from_statement(text("SELECT * FROM inbox"))
    ),
    "a Core table": lambda tx: tx.execute(select(TABLE)),
    "a Core update": lambda tx: tx.execute(update(_table("inbox")).values(key="x")),
    "a Core delete": lambda tx: tx.execute(delete(_table("inbox"))),
    "a Core insert of another's row": lambda tx: tx.execute(
        insert(_table("inbox")).values(workspace_id=OTHER_WORKSPACE, key="x", heard_at=NOON)
    ),
    "a Core insert of many with one of another": lambda tx: tx.execute(
        insert(_table("inbox")),
        [
            {"workspace_id": one, "key": "x", "heard_at": NOON}
            for one in (WORKSPACE, OTHER_WORKSPACE)
        ],
    ),
    "a bare connection": lambda tx: tx.connection(),
    "a bulk update by key": lambda tx: tx.execute(
        update(InboxRow),
        [{"workspace_id": OTHER_WORKSPACE, "key": "LEAK-key", "heard_at": NOON}],
    ),
    "an insert of another's row": lambda tx: tx.execute(
        insert(InboxRow).values(workspace_id=OTHER_WORKSPACE, key="x", heard_at=NOON)
    ),
    "an insert of many with one of another": lambda tx: tx.execute(
        insert(InboxRow),
        [
            {"workspace_id": one, "key": "x", "heard_at": NOON}
            for one in (WORKSPACE, OTHER_WORKSPACE)
        ],
    ),
    "an insert of many in VALUES": lambda tx: tx.execute(
        insert(InboxRow).values(
            [
                {"workspace_id": one, "key": "x", "heard_at": NOON}
                for one in (WORKSPACE, OTHER_WORKSPACE)
            ]
        )
    ),
    "an insert without a workspace": lambda tx: tx.execute(
        insert(InboxRow).values(key="x", heard_at=NOON)
    ),
    "an insert whose workspace comes later": lambda tx: tx.execute(
        insert(InboxRow).values(workspace_id=bindparam("later"), key="x", heard_at=NOON),
        {"later": OTHER_WORKSPACE},
    ),
    "an insert out of a select": lambda tx: tx.execute(
        insert(InboxRow).from_select(
            ["workspace_id", "key", "heard_at"],
            select(literal(OTHER_WORKSPACE), CardRow.kind, literal(NOON)),
        )
    ),
    "a union": lambda tx: tx.execute(union_all(select(InboxRow.key), select(InboxRow.key))),
    "an upsert that moves the row": lambda tx: tx.execute(
        insert_into(tx, InboxRow)
        .values(workspace_id=WORKSPACE, key="mine", heard_at=NOON)
        .on_conflict_do_update(
            index_elements=["workspace_id", "key"], set_={"workspace_id": OTHER_WORKSPACE}
        )
    ),
    "an update whose values come later": lambda tx: tx.execute(
        update(InboxRow), {"workspace_id": OTHER_WORKSPACE}
    ),
    "an upsert that names the column by itself": lambda tx: tx.execute(
        insert_into(tx, InboxRow)
        .values(workspace_id=WORKSPACE, key="mine", heard_at=NOON)
        .on_conflict_do_update(
            index_elements=["workspace_id", "key"], set_={InboxRow.workspace_id: OTHER_WORKSPACE}
        )
    ),
    "an update that moves the row": lambda tx: tx.execute(
        update(InboxRow).values(workspace_id=OTHER_WORKSPACE)
    ),
}


async def _all(tx: Tx, statement: object) -> list[object]:
    return list(await tx.scalars(statement))  # type: ignore[call-overload]


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


@pytest.mark.parametrize("way", READS)
async def test_nothing_of_another_workspace_can_be_read(mine: Database, way: str) -> None:
    async with mine.read(WORKSPACE) as tx:
        assert "LEAK" not in repr(await READS[way](tx))


@pytest.mark.parametrize("way", REFUSED)
async def test_what_cannot_be_confined_is_refused(mine: Database, way: str) -> None:
    with pytest.raises(CrossesWorkspaces):
        async with mine.write(WORKSPACE) as tx:
            await REFUSED[way](tx)
    assert await everything(mine) == UNTOUCHED


@pytest.mark.parametrize(
    "statement",
    [
        update(InboxRow).values(heard_at=NOON),
        update(InboxRow).where(InboxRow.key == "LEAK-key").values(key="mine too"),
        update(InboxRow).where(InboxRow.workspace_id == OTHER_WORKSPACE).values(key="x"),
        delete(InboxRow).where(InboxRow.key == "LEAK-key"),
        delete(InboxRow).where(InboxRow.workspace_id == OTHER_WORKSPACE),
        delete(InboxRow).where(exists(select(InboxRow.key).where(InboxRow.key == "LEAK-key"))),
    ],
    ids=str,
)
async def test_updates_and_deletes_stay_inside(mine: Database, statement: object) -> None:
    async with mine.write(WORKSPACE) as tx:
        await tx.execute(statement)  # type: ignore[call-overload]
    assert await everything(mine) == UNTOUCHED


async def test_objects_of_another_workspace_are_not_flushed(mine: Database) -> None:
    with pytest.raises(CrossesWorkspaces):
        async with mine.write(WORKSPACE) as tx:
            tx.add(InboxRow(workspace_id=OTHER_WORKSPACE, key="x", heard_at=NOON))
    with pytest.raises(CrossesWorkspaces):
        async with mine.write(WORKSPACE) as tx:
            [row] = await tx.scalars(select(InboxRow))
            row.workspace_id = OTHER_WORKSPACE
    with pytest.raises(CrossesWorkspaces):
        async with mine.write(WORKSPACE) as tx:
            await tx.merge(InboxRow(workspace_id=OTHER_WORKSPACE, key="LEAK-key", heard_at=NOON))
    assert await everything(mine) == UNTOUCHED


async def test_a_reference_to_another_workspace_cannot_be_stored(mine: Database) -> None:
    """Keys hold the workspace, so that a row here cannot point at a lane there."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            pairs = {(one.parent.name, one.column.name) for one in key.elements}
            assert ("workspace_id", "workspace_id") in pairs, table.name


async def test_many_rows_are_inserted_into_this_workspace(mine: Database) -> None:
    async with mine.write(WORKSPACE) as tx:
        await insert_rows(
            tx, InboxRow, {"key": "a", "heard_at": NOON}, {"key": "b", "heard_at": NOON}
        )
    assert (WORKSPACE, "b") in await everything(mine)


async def test_a_transaction_without_a_workspace_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="belongs to a workspace"):
        async with db.read(""):
            pass


@asynccontextmanager
async def behind_the_first_wall(db: Database) -> AsyncIterator[AsyncConnection]:
    """What a statement that the first wall let through by mistake would run on. It is always rolled back."""
    confined = db.engine.execution_options(workspace=WORKSPACE)
    async with confined.connect() as connection:
        yield connection
        await connection.rollback()


@pytest.fixture
def only_postgresql(db: Database) -> None:
    if db.is_sqlite:
        pytest.skip("SQLite has no row-level security: there the first wall stands alone")


@pytest.mark.usefixtures("only_postgresql")
@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
async def test_the_second_wall_hides_every_table(mine: Database, table: Table) -> None:
    async with behind_the_first_wall(mine) as connection:
        found = await connection.execute(text(f"SELECT workspace_id FROM {table.name}"))  # noqa: S608
        assert {row.workspace_id for row in found} <= {WORKSPACE}


@pytest.mark.usefixtures("only_postgresql")
async def test_the_second_wall_holds_against_changes(mine: Database) -> None:
    async with behind_the_first_wall(mine) as connection:
        changed = await connection.execute(
            text("UPDATE inbox SET key = 'x' WHERE key LIKE 'LEAK%'")
        )
        deleted = await connection.execute(text("DELETE FROM inbox WHERE key LIKE 'LEAK%'"))
        assert (changed.rowcount, deleted.rowcount) == (0, 0)
    for statement in (
        "INSERT INTO inbox VALUES ('T0LEAK', 'x', now())",
        "UPDATE inbox SET workspace_id = 'T0LEAK'",
        "TRUNCATE inbox",
        "DROP TABLE inbox",
    ):
        async with behind_the_first_wall(mine) as connection:
            with pytest.raises(
                DBAPIError, match=r"row-level security|permission denied|must be owner"
            ):
                await connection.execute(text(statement))
    assert await everything(mine) == UNTOUCHED


@pytest.mark.usefixtures("only_postgresql")
async def test_a_connection_forgets_its_workspace_at_the_end(mine: Database) -> None:
    async with behind_the_first_wall(mine) as connection:
        assert await connection.scalar(text("SELECT current_user")) == ROLE
    async with mine.across() as connection:
        assert await connection.scalar(text("SELECT current_user")) != ROLE
        asked = text(f"SELECT current_setting('{SETTING}', true)")
        assert not await connection.scalar(asked)
    async with mine.read("T0OTHER") as tx:
        assert list(await tx.scalars(select(InboxRow))) == []

"""Two walls between workspaces: every session statement is confined, and PostgreSQL confines each row again.

The first wall works on both databases: ORM statements get the workspace as a condition, inserts must carry it, and what
cannot be confined (raw SQL, Core tables) is refused. The second is row-level security on PostgreSQL, for whatever the first let pass.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql.dml import Insert, Update
from sqlalchemy.sql.selectable import Select

from storage.base import Base, InWorkspace

ROLE = "baton_in_one_workspace"
SETTING = "baton.workspace"


class CrossesWorkspaces(Exception):
    """A statement that could touch another workspace's rows was about to run. It never does: this is a bug."""


class WorkspaceSession(Session):
    """A session of one workspace: `info["workspace_id"]` says which."""


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _confine(state: ORMExecuteState) -> None:
    workspace_id = state.session.info["workspace_id"]
    if isinstance(state.statement, Insert):
        _check_inserted(state.statement, state.parameters, workspace_id)
        return
    if not state.is_orm_statement:
        raise CrossesWorkspaces("Raw SQL and Core tables are not confined to a workspace.")
    if not (isinstance(state.statement, Select) or state.is_update or state.is_delete):
        raise CrossesWorkspaces("Only plain ORM statements are confined to a workspace.")
    if (state.is_update or state.is_delete) and isinstance(state.parameters, list):
        raise CrossesWorkspaces("A bulk update by key is not confined to a workspace.")
    if isinstance(state.statement, Update):
        _check_stays(state.statement._values)  # noqa: SLF001
        _check_stays(state.parameters)
    state.statement = state.statement.options(_only(workspace_id))


@lru_cache(maxsize=1000)  # making one costs as much as a small statement
def _only(workspace_id: str) -> LoaderCriteriaOption:
    return with_loader_criteria(
        InWorkspace, lambda row: row.workspace_id == workspace_id, include_aliases=True
    )


@event.listens_for(WorkspaceSession, "before_flush")
def _check_flushed(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if row.workspace_id != session.info["workspace_id"]:
            raise CrossesWorkspaces(f"A {type(row).__name__} of another workspace.")


def _check_inserted(statement: Insert, parameters: Any, workspace_id: str) -> None:
    """Every inserted row names this workspace, whichever way its values were given."""
    if statement.select is not None:
        raise CrossesWorkspaces("INSERT … SELECT is not confined to a workspace.")
    given = _rows(parameters)
    fixed = [_by_name(values) for group in statement._multi_values for values in group]  # noqa: SLF001
    if statement._values:  # noqa: SLF001
        fixed.append(_by_name(statement._values))  # noqa: SLF001
    if not given and not fixed:
        raise CrossesWorkspaces("An insert without a workspace.")
    for values in (*given, *fixed):
        named = values.get("workspace_id")
        if getattr(named, "value", named) != workspace_id:
            raise CrossesWorkspaces("An insert into another workspace.")
    conflict: Any = getattr(statement, "_post_values_clause", None)
    for clause in getattr(conflict, "clauses", [conflict]):
        _check_stays(getattr(clause, "update_values_to_set", None))


def _check_stays(values: Any) -> None:
    """No row is moved to another workspace."""
    if values and "workspace_id" in _by_name(values):
        raise CrossesWorkspaces("A row does not leave its workspace.")


def _rows(parameters: Any) -> Iterable[Mapping[str, Any]]:
    if not parameters:
        return []
    return parameters if isinstance(parameters, list) else [parameters]


def _by_name(values: Any) -> dict[str, Any]:
    return {getattr(column, "key", column): value for column, value in values.items()}


def enter_workspace(connection: Connection) -> None:
    """At BEGIN on PostgreSQL: become the confined role, in one round trip, if the wall could be raised."""
    workspace_id = connection.get_execution_options().get("workspace")
    if workspace_id is None:
        return
    known = (
        connection.engine.pool.__dict__
    )  # asked once; the role is made before anything is served
    if "_baton_walled" not in known:
        known["_baton_walled"] = _is_member(connection)
    walled = known["_baton_walled"]
    role = f", set_config('role', '{ROLE}', true)" if walled else ""
    connection.exec_driver_sql(f"SELECT set_config('{SETTING}', $1, true){role}", (workspace_id,))


def raise_wall(connection: Connection) -> None:
    """Row-level security for every table. Safe to repeat; run after each migration. Nothing on SQLite."""
    if connection.dialect.name != "postgresql" or not _has_role(connection):
        return
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {ROLE}"))
    existing = set(inspect(connection).get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in existing:
            continue
        name = table.name
        condition = f"workspace_id = current_setting('{SETTING}', true)"
        connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {ROLE}"))
        connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"DROP POLICY IF EXISTS one_workspace ON {name}"))
        connection.execute(
            text(
                f"CREATE POLICY one_workspace ON {name} TO {ROLE}"
                f" USING ({condition}) WITH CHECK ({condition})"
            )
        )


def _has_role(connection: Connection) -> bool:
    """The role that workspace transactions become; made if this user may make it."""
    found = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": ROLE})
    try:
        with connection.begin_nested():
            if not found:
                connection.execute(text(f"CREATE ROLE {ROLE} NOLOGIN"))
            connection.execute(text(f"GRANT {ROLE} TO CURRENT_USER"))
    except DBAPIError:  # not allowed to, or another replica made it a moment ago
        pass
    return _is_member(connection)


def _is_member(connection: Connection) -> bool:
    asked = "SELECT pg_has_role(current_user, oid, 'member') FROM pg_roles WHERE rolname = :r"
    return bool(connection.scalar(text(asked), {"r": ROLE}))

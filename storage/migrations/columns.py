"""Columns, keys and indexes as migrations write them: each table begins with its workspace, and names follow one rule.

What migrations have made stands in databases: a function here may be added, and none may come to mean something else.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op


def key(*names: str) -> list[sa.Column[str]]:
    """The workspace, and what else the primary key is made of."""
    return texts("workspace_id", *names)


def texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=nullable) for one in names]


def flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(one, sa.Boolean, nullable=False) for one in names]


def numbers(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(one, sa.Integer, nullable=nullable) for one in names]


def amounts(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    """Whole numbers beyond two thousand million."""
    return [sa.Column(one, sa.BigInteger, nullable=nullable) for one in names]


def moments(*names: str, nullable: bool = False) -> list[sa.Column[datetime]]:
    return [sa.Column(one, sa.DateTime(timezone=True), nullable=nullable) for one in names]


def documents(*names: str) -> list[sa.Column[sa.JSON]]:
    return [sa.Column(one, sa.JSON, nullable=False) for one in names]


def sealed(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """To a row of the same workspace."""
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.id"],
        name=f"fk_{table}_workspace_id_{column}_{to}",
    )


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("workspace_id", *columns, name=f"pk_{table}")


def index(table: str, *columns: Sequence[str], unique: bool = False) -> None:
    """One for each list of columns."""
    for some in columns:
        name = "_".join(("ix", table, "workspace_id", *some))
        op.create_index(name, table, ["workspace_id", *some], unique=unique)

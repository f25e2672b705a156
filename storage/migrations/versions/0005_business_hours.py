"""A team's business hours in place of its working days, and until when a case that was raised outside them waits."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from storage.base import Utc

revision = "0005"
down_revision = "0004"

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = "09:00-17:00"


def upgrade() -> None:
    """Nothing was counted by working days, so every team stays open around the clock; its days are kept for the form."""
    hours = sa.Column("hours", sa.JSON, nullable=False, server_default=json.dumps(_hours(WEEKDAYS)))
    op.add_column("teams", hours)
    _fill("hours", "working_days", _hours)
    op.drop_column("teams", "working_days")
    op.add_column("escalations", sa.Column("opens_at", Utc(), nullable=True))


def downgrade() -> None:
    op.drop_column("escalations", "opens_at")
    days = sa.Column("working_days", sa.JSON, nullable=False, server_default=json.dumps(WEEKDAYS))
    op.add_column("teams", days)
    _fill("working_days", "hours", _days)
    op.drop_column("teams", "hours")


def _hours(days: object) -> object:
    week = dict.fromkeys(days, OFFICE) if isinstance(days, list) else {}
    return {
        "always_open": True,
        "week": week,
        "region": "",
        "days_off": [],
        "other_days": [],
        "critical_always": False,
    }


def _days(hours: object) -> object:
    return list(hours["week"]) if isinstance(hours, dict) else WEEKDAYS


def _fill(new: str, old: str, made: Callable[[object], object]) -> None:
    """Write one column of every team from another. Teams are few."""
    columns = [
        sa.column("workspace_id"),
        sa.column("id"),
        sa.column(new, sa.JSON),
        sa.column(old, sa.JSON),
    ]
    teams = sa.table("teams", *columns)
    connection = op.get_bind()
    for row in connection.execute(sa.select(teams)).mappings().all():
        here = (teams.c.workspace_id == row["workspace_id"]) & (teams.c.id == row["id"])
        connection.execute(sa.update(teams).where(here).values({new: made(row[old])}))

"""The index of what waits holds the state too, so that it alone answers, and SQLite prefers it to the primary key."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NAME = "ix_outbox_waiting"
COLUMNS = ["workspace_id", "lane", "seq", "priority", "not_before", "queued_at"]
WAITING = sa.text("state IN ('pending', 'sending')")


def upgrade() -> None:
    _create_anew([*COLUMNS, "state"])


def downgrade() -> None:
    _create_anew(COLUMNS)


def _create_anew(columns: list[str]) -> None:
    op.drop_index(NAME, table_name="outbox")
    op.create_index(NAME, "outbox", columns, postgresql_where=WAITING, sqlite_where=WAITING)

"""Files that people want, files in the outbox, and the orders in which cases are listed and counted."""

import sqlalchemy as sa
from alembic import op

from storage.base import Utc

revision = "0011"
down_revision = "0010"

RESOLVED = sa.text("state IN ('resolved')")
UNFINISHED = sa.text("state IN ('open', 'claimed', 'waiting', 'returned')")
WANTED = sa.text("state = 'wanted'")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("file_title", sa.String(), nullable=True))
    op.create_table(
        "exports",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("asked", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("not_before", Utc(), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("file_id", sa.String, nullable=False),
        sa.Column("trouble", sa.String, nullable=True),
        sa.Column("finished_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_exports"),
    )
    op.create_index(
        "ix_exports_wanted",
        "exports",
        ["workspace_id", "not_before"],
        postgresql_where=WANTED,
        sqlite_where=WANTED,
    )
    op.create_index(
        "ix_escalations_due",
        "escalations",
        ["workspace_id", "due_at", "id", "state", "team_id", "owner_id", "raised_by"],
        postgresql_where=UNFINISHED,
        sqlite_where=UNFINISHED,
    )
    op.create_index(
        "ix_escalations_lived",
        "escalations",
        ["workspace_id", "team_id", "closed_at", "raised_at", "id"],
    )
    op.create_index(
        "ix_escalations_resolved",
        "escalations",
        ["workspace_id", "closed_at", "id"],
        postgresql_where=RESOLVED,
        sqlite_where=RESOLVED,
    )


def downgrade() -> None:
    op.drop_index("ix_escalations_resolved", "escalations")
    op.drop_index("ix_escalations_lived", "escalations")
    op.drop_index("ix_escalations_due", "escalations")
    op.drop_table("exports")
    op.drop_column("outbox", "file_title")

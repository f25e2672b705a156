"""The four mechanisms: what was heard, what will be said, what will be done later."""

import sqlalchemy as sa
from alembic import op

from storage.base import Utc

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("heard_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_heard_at", "inbox", ["heard_at"])
    op.create_table(
        "lanes",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("not_before", Utc(), nullable=True),
        sa.Column("posts_not_before", Utc(), nullable=True),
        sa.Column("leased_until", Utc(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "name", name="pk_lanes"),
    )
    _outbox()
    op.create_table(
        "cards",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("posted_in", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("drawing", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "subject", "channel", name="pk_cards"),
    )
    op.create_table(
        "gates",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("paused_until", Utc(), nullable=True),
        sa.Column("tokens", sa.Double(), nullable=True),
        sa.Column("refilled_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "method", "scope", name="pk_gates"),
    )
    op.create_table(
        "timers",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("not_before", Utc(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "subject", "step", name="pk_timers"),
    )
    op.create_index("ix_timers_not_before", "timers", ["not_before"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=True),
        sa.Column("is_card", sa.Boolean(), nullable=False),
        sa.Column("card_kind", sa.String(), nullable=True),
        sa.Column("card_subject", sa.String(), nullable=True),
        sa.Column("supersedes", sa.String(), nullable=True),
        sa.Column("not_before", Utc(), nullable=True),
        sa.Column("expires_at", Utc(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", Utc(), nullable=True),
        sa.Column("sought_since", Utc(), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("queued_at", Utc(), nullable=False),
        sa.Column("sent_at", Utc(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "lane", "seq", name="pk_outbox"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lane"],
            ["lanes.workspace_id", "lanes.name"],
            name="fk_outbox_workspace_id_lane_lanes",
        ),
    )
    op.create_index("ix_outbox_workspace_id_key", "outbox", ["workspace_id", "key"], unique=True)
    op.create_index("ix_outbox_workspace_id_queued_at", "outbox", ["workspace_id", "queued_at"])
    pending = sa.text("state = 'pending'")
    op.create_index(
        "uq_outbox_waiting_card",
        "outbox",
        ["workspace_id", "supersedes"],
        unique=True,
        postgresql_where=pending,
        sqlite_where=pending,
    )
    waiting = sa.text("state IN ('pending', 'sending')")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["workspace_id", "lane", "seq", "priority", "not_before", "queued_at"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    dead = sa.text("state = 'dead'")
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["workspace_id", "lane", "seq"],
        postgresql_where=dead,
        sqlite_where=dead,
    )


def downgrade() -> None:
    for table in ("timers", "gates", "cards", "outbox", "lanes", "inbox"):
        op.drop_table(table)

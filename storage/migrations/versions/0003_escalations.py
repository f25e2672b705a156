"""Escalations, their timelines, and the counter that numbers them."""

import sqlalchemy as sa
from alembic import op

from storage.base import Utc

revision = "0003"
down_revision = "0002"

STILL_UNFINISHED = sa.text("state IN ('open', 'claimed', 'returned')")


def upgrade() -> None:
    op.create_table(
        "escalation_counters",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_escalation_counters")),
    )
    _create_escalations()
    op.create_table(
        "escalation_events",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalations.workspace_id", "escalations.id"],
            name=op.f("fk_escalation_events_workspace_id_escalation_id_escalations"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "escalation_id", "version", name=op.f("pk_escalation_events")
        ),
    )


def downgrade() -> None:
    op.drop_table("escalation_events")
    op.drop_table("escalations")
    op.drop_table("escalation_counters")


def _create_escalations() -> None:
    needed = (
        *("team_id", "channel", "state", "summary", "ticket", "ticket_key", "customer"),
        *("severity", "category", "tried", "need", "promise", "source", "raised_by"),
        "return_why",
    )
    maybe = (
        *("owner_id", "returned_by", "return_reason", "closed_by", "cause", "decision"),
        *("currency", "solvable"),
    )
    times = ("raised_at", "changed_at", "clock_started_at", "claim_due_at")
    maybe_times = ("promise_by", "due_at", "claim_late_at", "claimed_at", "closed_at")
    op.create_table(
        "escalations",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reopened_count", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        *[sa.Column(name, sa.String(), nullable=False) for name in needed],
        *[sa.Column(name, sa.String(), nullable=True) for name in maybe],
        *[sa.Column(name, Utc(timezone=True), nullable=False) for name in times],
        *[sa.Column(name, Utc(timezone=True), nullable=True) for name in maybe_times],
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name=op.f("fk_escalations_workspace_id_team_id_teams"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalations")),
    )
    op.create_index(
        "ix_escalations_unfinished",
        "escalations",
        ["workspace_id", "team_id", "ticket_key"],
        postgresql_where=STILL_UNFINISHED,
        sqlite_where=STILL_UNFINISHED,
    )
    for column in ("raised_by", "owner_id"):
        op.create_index(
            op.f(f"ix_escalations_workspace_id_{column}"), "escalations", ["workspace_id", column]
        )

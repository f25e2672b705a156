"""Handovers and their items; and the shift ends of teams that have shifts already are planned from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _create_handovers()
    _create_items()
    _plan_shift_ends()


def downgrade() -> None:
    op.drop_table("handover_items")
    op.drop_table("handovers")
    op.execute(
        "DELETE FROM timers WHERE kind IN ('shift.plan_ends', 'shift.ends', 'handover.look')"
    )


def _create_handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("giver_id", sa.String, nullable=False),
        sa.Column("receiver_id", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_handovers"),
    )


def _create_items() -> None:
    op.create_table(
        "handover_items",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("handover_id", sa.String, nullable=False),
        sa.Column("escalation_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("giver_id", sa.String, nullable=False),
        sa.Column("asked_id", sa.String, nullable=False),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_step", sa.String, nullable=False),
        sa.Column("waiting_on", sa.String, nullable=False),
        sa.Column("promised_by", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("asked_again_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint(
            "workspace_id", "handover_id", "escalation_id", name="pk_handover_items"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "handover_id"],
            ["handovers.workspace_id", "handovers.id"],
            name="fk_handover_items_workspace_id_handover_id_handovers",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalations.workspace_id", "escalations.id"],
            name="fk_handover_items_workspace_id_escalation_id_escalations",
        ),
    )
    is_offered = sa.text("state = 'offered'")
    op.create_index(
        "ix_handover_items_offered",
        "handover_items",
        ["workspace_id", "escalation_id"],
        unique=True,
        postgresql_where=is_offered,
        sqlite_where=is_offered,
    )
    for name, column in (("team", "team_id"), ("giver", "giver_id"), ("asked", "asked_id")):
        op.create_index(
            f"ix_handover_items_{name}", "handover_items", ["workspace_id", column, "offered_at"]
        )


def _plan_shift_ends() -> None:
    """From here on every change of shifts plans them anew; those that were there before need a first push."""
    op.execute(
        """
        INSERT INTO timers (workspace_id, kind, subject, step, due_at, not_before, attempts)
        SELECT workspace_id, 'shift.plan_ends', team_id, '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0
        FROM shift_patterns
        UNION
        SELECT workspace_id, 'shift.plan_ends', team_id, '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0
        FROM shift_overrides
        """
    )

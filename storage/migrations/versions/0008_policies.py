"""Escalation policies: the policies, whose turn it is in their rounds, and the user groups that they name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_policies"),
        _pointing("policies", "team_id", "teams"),
    )
    op.create_index("ix_policies_team", "policies", ["workspace_id", "team_id"])
    op.create_table(
        "policy_turns",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("policy_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "policy_id", "person_id", name="pk_policy_turns"),
        _pointing("policy_turns", "policy_id", "policies"),
        _pointing("policy_turns", "person_id", "people"),
    )
    op.create_table(
        "policy_groups",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("usergroup_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("people", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "usergroup_id", name="pk_policy_groups"),
    )


def downgrade() -> None:
    for table in ("policy_groups", "policy_turns", "policies"):
        op.drop_table(table)


def _pointing(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.id"],
        name=f"fk_{table}_workspace_id_{column}_{to}",
        ondelete="CASCADE",
    )

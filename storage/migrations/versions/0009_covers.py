"""Who asks for cover of a shift, and who works in their place."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "covers",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("taken_by", sa.String),
        sa.Column("override_id", sa.String),
        sa.Column("closed_by", sa.String),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_covers"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name="fk_covers_workspace_id_team_id_teams",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_covers_workspace_id_person_id_people",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_covers_team", "covers", ["workspace_id", "team_id", "state", "ends_at"])
    op.create_index("ix_covers_person", "covers", ["workspace_id", "person_id"])


def downgrade() -> None:
    op.drop_table("covers")

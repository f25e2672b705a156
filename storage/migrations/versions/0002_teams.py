"""Workspaces, people, teams, and who is what in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("bot_user_id", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_workspaces"),
    )
    _create_people()
    _create_teams()
    _create_members()
    _create_team_groups()


def downgrade() -> None:
    for table in ("team_groups", "members", "teams", "people", "workspaces"):
        op.drop_table(table)


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("real_name", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("is_slack_admin", sa.Boolean, nullable=False),
        sa.Column("is_bot", sa.Boolean, nullable=False),
        sa.Column("is_guest", sa.Boolean, nullable=False),
        sa.Column("is_deleted", sa.Boolean, nullable=False),
        sa.Column("is_admin", sa.Boolean, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_people"),
    )


def _create_teams() -> None:
    op.create_table(
        "teams",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("name_key", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("working_days", sa.JSON, nullable=False),
        sa.Column("team_channel", sa.String, nullable=False),
        sa.Column("leads_channel", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("claim_minutes", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_teams"),
    )
    op.create_index(
        "ix_teams_workspace_id_name_key", "teams", ["workspace_id", "name_key"], unique=True
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "team_id", "person_id", "role", "source", name="pk_members"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name="fk_members_workspace_id_team_id_teams",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_members_workspace_id_person_id_people",
        ),
    )
    op.create_index("ix_members_workspace_id_person_id", "members", ["workspace_id", "person_id"])


def _create_team_groups() -> None:
    op.create_table(
        "team_groups",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("usergroup_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "team_id", "role", "usergroup_id", name="pk_team_groups"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name="fk_team_groups_workspace_id_team_id_teams",
        ),
    )
    op.create_index(
        "ix_team_groups_workspace_id_usergroup_id",
        "team_groups",
        ["workspace_id", "usergroup_id"],
    )

"""The next timer of a workspace is found through an index, however many wait for their time."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index(
        "ix_timers_next", "timers", ["workspace_id", "not_before", "kind", "subject", "step"]
    )


def downgrade() -> None:
    op.drop_index("ix_timers_next", "timers")

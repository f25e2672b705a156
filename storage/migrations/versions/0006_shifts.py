"""Who works when, and who is away: weekly patterns, single days, changes for single people, absences and offers of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _create_patterns()
    _create_shift_people()
    _create_shift_days()
    _create_overrides()
    _create_absences()
    _create_offers()


def downgrade() -> None:
    for table in (
        "absence_offers",
        "absences",
        "shift_overrides",
        "shift_days",
        "shift_people",
        "shift_patterns",
    ):
        op.drop_table(table)


def _pointing(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.id"],
        name=f"fk_{table}_workspace_id_{column}_{to}",
        ondelete="CASCADE",
    )


def _create_patterns() -> None:
    op.create_table(
        "shift_patterns",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("weekdays", sa.JSON, nullable=False),
        sa.Column("start", sa.String, nullable=False),
        sa.Column("end", sa.String, nullable=False),
        sa.Column("valid_from", sa.String),
        sa.Column("valid_until", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_shift_patterns"),
        _pointing("shift_patterns", "team_id", "teams"),
    )
    op.create_index("ix_shift_patterns_team", "shift_patterns", ["workspace_id", "team_id"])


def _create_shift_people() -> None:
    op.create_table(
        "shift_people",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("pattern_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "pattern_id", "person_id", name="pk_shift_people"),
        _pointing("shift_people", "pattern_id", "shift_patterns"),
        _pointing("shift_people", "person_id", "people"),
    )
    op.create_index("ix_shift_people_person", "shift_people", ["workspace_id", "person_id"])


def _create_shift_days() -> None:
    op.create_table(
        "shift_days",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("pattern_id", sa.String, nullable=False),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("start", sa.String),
        sa.Column("end", sa.String),
        sa.PrimaryKeyConstraint("workspace_id", "pattern_id", "day", name="pk_shift_days"),
        _pointing("shift_days", "pattern_id", "shift_patterns"),
    )


def _create_overrides() -> None:
    op.create_table(
        "shift_overrides",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("team_id", sa.String, nullable=False),
        sa.Column("change", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("instead_of", sa.String),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_shift_overrides"),
        _pointing("shift_overrides", "team_id", "teams"),
        _pointing("shift_overrides", "person_id", "people"),
        _pointing("shift_overrides", "instead_of", "people"),
    )
    op.create_index(
        "ix_shift_overrides_team", "shift_overrides", ["workspace_id", "team_id", "ends_at"]
    )
    op.create_index("ix_shift_overrides_person", "shift_overrides", ["workspace_id", "person_id"])


def _create_absences() -> None:
    op.create_table(
        "absences",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("whole_days", sa.Boolean, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_absences"),
        _pointing("absences", "person_id", "people"),
    )
    op.create_index("ix_absences_person", "absences", ["workspace_id", "person_id", "ends_at"])


def _create_offers() -> None:
    op.create_table(
        "absence_offers",
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("mark", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_absence_offers"),
        _pointing("absence_offers", "person_id", "people"),
    )

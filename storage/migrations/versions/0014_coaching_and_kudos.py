"""Coaching notes, sealed, with all that belongs to them; kudos; the department that a team reports to."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    documents,
    flags,
    index,
    key,
    moments,
    numbers,
    primary,
    refers,
    sealed,
    texts,
)

revision = "0014"
down_revision = "0013"

TABLES = (
    "encryption_keys",
    "coaching_notes",
    "coaching_entries",
    "coaching_commitments",
    "coaching_looks",
    "coaching_settings",
    "coaching_seeds",
    "export_choices",
    "kudos",
    "kudos_receipts",
    "kudos_flags",
    "kudos_settings",
    "kudos_tastes",
)


def upgrade() -> None:
    op.add_column("teams", sa.Column("department_id", sa.String, nullable=True))
    _create_notes()
    _create_what_belongs_to_notes()
    _create_what_was_decided()
    _create_kudos()
    _create_tastes_in_kudos()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("teams", "department_id")
    op.execute("DELETE FROM timers WHERE kind LIKE 'coaching.%' OR kind LIKE 'kudos.%'")


def _create_notes() -> None:
    table = "coaching_notes"
    op.create_table(
        table,
        *key("id"),
        *texts("team_id", "author_id", "agent_id", "kind", "visibility", "state"),
        *texts("skill", "topic"),
        sealed("body"),
        *moments("written_at"),
        *moments("edited_at", nullable=True),
        *numbers("version"),
        *texts("follow_up_on", nullable=True),
        *moments("followed_up_at", "shared_at", "dispute_until", nullable=True),
        *moments("acknowledged_at", nullable=True),
        *flags("has_comment"),
        *moments("disputed_at", nullable=True),
        *texts("decider_id", nullable=True),
        *moments("decided_at", nullable=True),
        *texts("verdict", nullable=True),
        *moments("closed_at", nullable=True),
        primary(table, "id"),
        refers(table, "team_id", "teams"),
        refers(table, "author_id", "people"),
        refers(table, "agent_id", "people"),
    )
    by_time = [[one, "written_at"] for one in ("agent_id", "author_id", "team_id")]
    index(
        table,
        *by_time,
        ["agent_id", "shared_at", "verdict"],
        ["author_id", "state"],
        ["decider_id"],
    )


def _create_what_belongs_to_notes() -> None:
    table = "coaching_entries"
    op.create_table(
        table,
        *key("id"),
        *texts("note_id"),
        *numbers("place"),
        *texts("kind", "by"),
        *moments("at"),
        sealed("words"),
        *texts("detail"),
        primary(table, "id"),
        refers(table, "note_id", "coaching_notes"),
    )
    index(table, ["note_id", "place"], unique=True)
    table = "coaching_commitments"
    op.create_table(
        table,
        *key("id"),
        *texts("note_id", "team_id", "author_id", "agent_id", "promiser"),
        sealed("words"),
        *texts("due_on", "state"),
        *texts("carried_from", nullable=True),
        *moments("settled_at", nullable=True),
        *texts("settled_by", nullable=True),
        primary(table, "id"),
        refers(table, "note_id", "coaching_notes"),
    )
    index(table, ["note_id"], ["agent_id", "state"], ["author_id", "state"])
    table = "coaching_looks"
    op.create_table(
        table,
        *key("id"),
        *texts("note_id", "agent_id", "person_id"),
        *moments("at"),
        *texts("kind"),
        *flags("was_private"),
        *texts("export_id", nullable=True),
        primary(table, "id"),
    )
    index(table, ["agent_id", "at"], ["note_id", "at"])


def _create_what_was_decided() -> None:
    """With which keys texts are sealed, what teams teach, which cases were drafted from, and what files people want."""
    op.create_table(
        "encryption_keys", *key("id"), *moments("first_used_at"), primary("encryption_keys", "id")
    )
    op.create_table(
        "coaching_settings",
        *key("team_id"),
        *documents("skills"),
        *numbers("quiet_weeks", "version"),
        primary("coaching_settings", "team_id"),
        refers("coaching_settings", "team_id", "teams"),
    )
    op.create_table(
        "coaching_seeds",
        *key("team_id", "person_id", "topic"),
        *moments("up_to"),
        *texts("by"),
        *moments("at"),
        primary("coaching_seeds", "team_id", "person_id", "topic"),
        refers("coaching_seeds", "team_id", "teams"),
    )
    op.create_table(
        "export_choices",
        *key("person_id", "about"),
        *documents("choice"),
        primary("export_choices", "person_id", "about"),
    )


def _create_kudos() -> None:
    op.create_table(
        "kudos",
        *key("id"),
        *texts("giver_id", "value", "reason"),
        *flags("is_public"),
        *texts("via", "source"),
        *moments("given_at"),
        *moments("undone_at", nullable=True),
        primary("kudos", "id"),
        refers("kudos", "giver_id", "people"),
    )
    index("kudos", ["giver_id", "given_at"])
    by_reaction = sa.text("via = 'reaction'")
    op.create_index(
        "ix_kudos_reaction",
        "kudos",
        ["workspace_id", "giver_id", "source"],
        unique=True,
        postgresql_where=by_reaction,
        sqlite_where=by_reaction,
    )
    table = "kudos_receipts"
    op.create_table(
        table,
        *key("kudos_id", "receiver_id"),
        *texts("team_id", "giver_id"),
        *moments("given_at"),
        primary(table, "kudos_id", "receiver_id"),
        refers(table, "kudos_id", "kudos"),
        refers(table, "receiver_id", "people"),
        refers(table, "team_id", "teams"),
    )
    index(table, *[[one, "given_at"] for one in ("team_id", "receiver_id", "giver_id")])


def _create_tastes_in_kudos() -> None:
    table = "kudos_flags"
    op.create_table(
        table,
        *key("id"),
        *texts("team_id", "kind", "kudos_id", "giver_id", "receiver_id"),
        *moments("at"),
        primary(table, "id"),
        refers(table, "kudos_id", "kudos"),
    )
    index(table, ["team_id", "at"])
    table = "kudos_settings"
    op.create_table(
        table,
        *key("team_id"),
        *documents("team_values"),
        *texts("emoji"),
        *numbers("per_day", "per_pair"),
        sa.Column("digest_day", sa.Integer, nullable=True),
        *texts("digest_at"),
        *flags("has_wall", "has_leaderboard"),
        *numbers("quiet_weeks", "version"),
        primary(table, "team_id"),
        refers(table, "team_id", "teams"),
    )
    table = "kudos_tastes"
    op.create_table(
        table,
        *key("person_id"),
        *flags("in_public"),
        *texts("started_on", nullable=True),
        *flags("celebrates"),
        primary(table, "person_id"),
        refers(table, "person_id", "people"),
    )

"""Coaching notes, sealed, with all that belongs to them; kudos; the department that a team reports to."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

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


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=False) for one in ("workspace_id", *names)]


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=nullable) for one in names]


def _flag(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(one, sa.Boolean, nullable=False) for one in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(one, sa.Integer, nullable=False) for one in names]


def _when(*names: str, nullable: bool = False) -> list[sa.Column[datetime]]:
    return [sa.Column(one, sa.DateTime(timezone=True), nullable=nullable) for one in names]


def _sealed(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _json(name: str) -> sa.Column[sa.JSON]:
    return sa.Column(name, sa.JSON, nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.id"],
        name=f"fk_{table}_workspace_id_{column}_{to}",
    )


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("workspace_id", *columns, name=f"pk_{table}")


def _index(table: str, *columns: Sequence[str], unique: bool = False) -> None:
    for some in columns:
        name = "_".join(("ix", table, "workspace_id", *some))
        op.create_index(name, table, ["workspace_id", *some], unique=unique)


def _create_notes() -> None:
    table = "coaching_notes"
    op.create_table(
        table,
        *_key("id"),
        *_text("team_id", "author_id", "agent_id", "kind", "visibility", "state"),
        *_text("skill", "topic"),
        _sealed("body"),
        *_when("written_at"),
        *_when("edited_at", nullable=True),
        *_number("version"),
        *_text("follow_up_on", nullable=True),
        *_when("followed_up_at", "shared_at", "dispute_until", nullable=True),
        *_when("acknowledged_at", nullable=True),
        *_flag("has_comment"),
        *_when("disputed_at", nullable=True),
        *_text("decider_id", nullable=True),
        *_when("decided_at", nullable=True),
        *_text("verdict", nullable=True),
        *_when("closed_at", nullable=True),
        _primary(table, "id"),
        _refers(table, "team_id", "teams"),
        _refers(table, "author_id", "people"),
        _refers(table, "agent_id", "people"),
    )
    by_time = [[one, "written_at"] for one in ("agent_id", "author_id", "team_id")]
    _index(
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
        *_key("id"),
        *_text("note_id"),
        *_number("place"),
        *_text("kind", "by"),
        *_when("at"),
        _sealed("words"),
        *_text("detail"),
        _primary(table, "id"),
        _refers(table, "note_id", "coaching_notes"),
    )
    _index(table, ["note_id", "place"], unique=True)
    table = "coaching_commitments"
    op.create_table(
        table,
        *_key("id"),
        *_text("note_id", "team_id", "author_id", "agent_id", "promiser"),
        _sealed("words"),
        *_text("due_on", "state"),
        *_text("carried_from", nullable=True),
        *_when("settled_at", nullable=True),
        *_text("settled_by", nullable=True),
        _primary(table, "id"),
        _refers(table, "note_id", "coaching_notes"),
    )
    _index(table, ["note_id"], ["agent_id", "state"], ["author_id", "state"])
    table = "coaching_looks"
    op.create_table(
        table,
        *_key("id"),
        *_text("note_id", "agent_id", "person_id"),
        *_when("at"),
        *_text("kind"),
        *_flag("was_private"),
        *_text("export_id", nullable=True),
        _primary(table, "id"),
    )
    _index(table, ["agent_id", "at"], ["note_id", "at"])


def _create_what_was_decided() -> None:
    """With which keys texts are sealed, what teams teach, which cases were drafted from, and what files people want."""
    op.create_table(
        "encryption_keys", *_key("id"), *_when("first_used_at"), _primary("encryption_keys", "id")
    )
    op.create_table(
        "coaching_settings",
        *_key("team_id"),
        _json("skills"),
        *_number("quiet_weeks", "version"),
        _primary("coaching_settings", "team_id"),
        _refers("coaching_settings", "team_id", "teams"),
    )
    op.create_table(
        "coaching_seeds",
        *_key("team_id", "person_id", "topic"),
        *_when("up_to"),
        *_text("by"),
        *_when("at"),
        _primary("coaching_seeds", "team_id", "person_id", "topic"),
        _refers("coaching_seeds", "team_id", "teams"),
    )
    op.create_table(
        "export_choices",
        *_key("person_id", "about"),
        _json("choice"),
        _primary("export_choices", "person_id", "about"),
    )


def _create_kudos() -> None:
    op.create_table(
        "kudos",
        *_key("id"),
        *_text("giver_id", "value", "reason"),
        *_flag("is_public"),
        *_text("via", "source"),
        *_when("given_at"),
        *_when("undone_at", nullable=True),
        _primary("kudos", "id"),
        _refers("kudos", "giver_id", "people"),
    )
    _index("kudos", ["giver_id", "given_at"])
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
        *_key("kudos_id", "receiver_id"),
        *_text("team_id", "giver_id"),
        *_when("given_at"),
        _primary(table, "kudos_id", "receiver_id"),
        _refers(table, "kudos_id", "kudos"),
        _refers(table, "receiver_id", "people"),
        _refers(table, "team_id", "teams"),
    )
    _index(table, *[[one, "given_at"] for one in ("team_id", "receiver_id", "giver_id")])


def _create_tastes_in_kudos() -> None:
    table = "kudos_flags"
    op.create_table(
        table,
        *_key("id"),
        *_text("team_id", "kind", "kudos_id", "giver_id", "receiver_id"),
        *_when("at"),
        _primary(table, "id"),
        _refers(table, "kudos_id", "kudos"),
    )
    _index(table, ["team_id", "at"])
    table = "kudos_settings"
    op.create_table(
        table,
        *_key("team_id"),
        _json("team_values"),
        *_text("emoji"),
        *_number("per_day", "per_pair"),
        sa.Column("digest_day", sa.Integer, nullable=True),
        *_text("digest_at"),
        *_flag("has_wall", "has_leaderboard"),
        *_number("quiet_weeks", "version"),
        _primary(table, "team_id"),
        _refers(table, "team_id", "teams"),
    )
    table = "kudos_tastes"
    op.create_table(
        table,
        *_key("person_id"),
        *_flag("in_public"),
        *_text("started_on", nullable=True),
        *_flag("celebrates"),
        _primary(table, "person_id"),
        _refers(table, "person_id", "people"),
    )

"""Stand-ups: their set-up, rounds and seats, blockers, notes to the next shift, what people agreed to; whom to ask first, and how fast."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TABLES = (
    "standups",
    "standup_rounds",
    "standup_seats",
    "standup_ahead",
    "standup_blockers",
    "standup_notes",
    "standup_consents",
    "quiet_times",
)
OUTBOX_INDEX = "ix_outbox_waiting"
OUTBOX_WAITING = ["lane", "seq", "priority", "not_before", "queued_at", "state"]


def upgrade() -> None:
    _create_standups()
    _create_rounds()
    _create_seats()
    _create_ahead()
    _create_blockers()
    _create_notes()
    _create_consents()
    _create_quiet_times()
    op.add_column("outbox", sa.Column("urgent_by", sa.DateTime(timezone=True), nullable=True))
    _index_the_outbox([*OUTBOX_WAITING, "urgent_by"])
    for column in (
        sa.Column("minute", sa.JSON, nullable=True),
        sa.Column("most", sa.Integer, nullable=True),
        *_when("learned_at", "full_until", "shut_until", nullable=True),
    ):
        op.add_column("gates", column)


def downgrade() -> None:
    for column in ("shut_until", "full_until", "learned_at", "most", "minute"):
        op.drop_column("gates", column)
    _index_the_outbox(OUTBOX_WAITING)
    op.drop_column("outbox", "urgent_by")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM timers WHERE kind LIKE 'standup.%'")


def _index_the_outbox(columns: list[str]) -> None:
    waits = sa.text("state IN ('pending', 'sending')")
    op.drop_index(OUTBOX_INDEX, table_name="outbox")
    op.create_index(
        OUTBOX_INDEX,
        "outbox",
        ["workspace_id", *columns],
        postgresql_where=waits,
        sqlite_where=waits,
    )


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=False) for one in ("workspace_id", *names)]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=False) for one in names]


def _flag(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(one, sa.Boolean, nullable=False) for one in names]


def _when(*names: str, nullable: bool = False) -> list[sa.Column[datetime]]:
    return [sa.Column(one, sa.DateTime(timezone=True), nullable=nullable) for one in names]


def _json(*names: str) -> list[sa.Column[sa.JSON]]:
    return [sa.Column(one, sa.JSON, nullable=False) for one in names]


def _refers(table: str, column: str, to: str, to_column: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.{to_column}"],
        name=f"fk_{table}_workspace_id_{column}_{to}",
        ondelete="CASCADE" if to == "people" else None,
    )


def _create_standups() -> None:
    op.create_table(
        "standups",
        *_key("id"),
        *_text("team_id", "name"),
        *_json("questions"),
        *_text("moment"),
        *_json("weekdays"),
        *_text("at"),
        sa.Column("offset_minutes", sa.Integer, nullable=False),
        sa.Column("window_minutes", sa.Integer, nullable=False),
        *_json("asked"),
        *_text("channel", "not_answered"),
        *_flag("heeds_dnd", "heeds_status", "is_active"),
        *_text("made_by"),
        sa.Column("version", sa.Integer, nullable=False),
        *_when("looked_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_standups"),
        _refers("standups", "team_id", "teams"),
    )
    op.create_index("ix_standups_workspace_id_team_id", "standups", ["workspace_id", "team_id"])


def _create_rounds() -> None:
    op.create_table(
        "standup_rounds",
        *_key("id"),
        *_text("standup_id", "team_id", "key", "day"),
        *_when("opens_at", "closes_at"),
        *_text("name"),
        *_json("questions"),
        *_text("channel", "not_answered"),
        *_json("plan"),
        *_text("state", "focus", "focus_by"),
        *_when("opened_at", "closed_at", nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_standup_rounds"),
        _refers("standup_rounds", "standup_id", "standups"),
    )
    op.create_index(
        "ix_standup_rounds_workspace_id_standup_id_key",
        "standup_rounds",
        ["workspace_id", "standup_id", "key"],
        unique=True,
    )
    op.create_index(
        "ix_standup_rounds_workspace_id_team_id_opens_at",
        "standup_rounds",
        ["workspace_id", "team_id", "opens_at"],
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_standup_rounds_open",
        "standup_rounds",
        ["workspace_id", "standup_id"],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )


def _create_seats() -> None:
    op.create_table(
        "standup_seats",
        *_key("round_id", "person_id"),
        *_when("ask_at", "until"),
        *_text("state", "message"),
        *_when("asked_at", "reminded_at", "nudged_at", "answered_at", "edited_at", nullable=True),
        sa.Column("via", sa.String),
        *_json("answers"),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "person_id", name="pk_standup_seats"),
        _refers("standup_seats", "round_id", "standup_rounds"),
    )
    op.create_index(
        "ix_standup_seats_person", "standup_seats", ["workspace_id", "person_id", "ask_at"]
    )
    op.create_index("ix_standup_seats_message", "standup_seats", ["workspace_id", "message"])


def _create_ahead() -> None:
    op.create_table(
        "standup_ahead",
        *_key("standup_id", "person_id", "day"),
        *_text("state"),
        *_when("said_at"),
        *_json("answers"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "standup_id", "person_id", "day", name="pk_standup_ahead"
        ),
        _refers("standup_ahead", "standup_id", "standups"),
    )


def _create_blockers() -> None:
    op.create_table(
        "standup_blockers",
        *_key("id"),
        *_text("team_id", "round_id", "person_id", "words"),
        *_when("raised_at", "confirmed_at"),
        *_text("state"),
        sa.Column("taken_by", sa.String),
        sa.Column("case_number", sa.Integer),
        *_when("closed_at", nullable=True),
        sa.Column("closed_by", sa.String),
        *_text("closed_word"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_standup_blockers"),
        _refers("standup_blockers", "round_id", "standup_rounds"),
        _refers("standup_blockers", "case_number", "escalations"),
    )
    for name, column in (("team", "team_id"), ("person", "person_id")):
        op.create_index(
            f"ix_standup_blockers_{name}",
            "standup_blockers",
            ["workspace_id", column, "raised_at"],
        )
    became_a_case = sa.text("case_number IS NOT NULL")
    op.create_index(
        "ix_standup_blockers_case",
        "standup_blockers",
        ["workspace_id", "case_number"],
        postgresql_where=became_a_case,
        sqlite_where=became_a_case,
    )


def _create_notes() -> None:
    op.create_table(
        "standup_notes",
        *_key("round_id", "person_id"),
        *_text("team_id", "words"),
        *_when("said_at"),
        sa.Column("told_round_id", sa.String),
        *_when("confirmed_at", nullable=True),
        sa.Column("confirmed_by", sa.String),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "person_id", name="pk_standup_notes"),
        _refers("standup_notes", "round_id", "standup_rounds"),
    )
    op.create_index("ix_standup_notes_told", "standup_notes", ["workspace_id", "told_round_id"])
    is_unconfirmed = sa.text("confirmed_at IS NULL")
    op.create_index(
        "ix_standup_notes_unconfirmed",
        "standup_notes",
        ["workspace_id", "team_id"],
        postgresql_where=is_unconfirmed,
        sqlite_where=is_unconfirmed,
    )


def _create_consents() -> None:
    op.create_table(
        "standup_consents",
        *_key("person_id"),
        *_flag("shares_mood"),
        *_when("said_at"),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_standup_consents"),
        _refers("standup_consents", "person_id", "people"),
    )


def _create_quiet_times() -> None:
    op.create_table(
        "quiet_times",
        *_key("person_id"),
        *_when("starts_at", "ends_at", "asked_at"),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_quiet_times"),
        _refers("quiet_times", "person_id", "people"),
    )

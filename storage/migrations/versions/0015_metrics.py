"""The numbers: feeds, imports, facts and their roll-ups; names; own metrics, targets and notes; digests, alerts and tokens."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TABLES = (
    "metric_feeds",
    "metric_mappings",
    "metric_imports",
    "metric_import_days",
    "metric_facts",
    "metric_stale_days",
    "metric_rollups",
    "metric_names",
    "metric_definitions",
    "metric_targets",
    "metric_notes",
    "metric_settings",
    "metric_digests",
    "metric_posts",
    "metric_alerts",
    "metric_alert_events",
    "metric_tokens",
    "metric_requests",
)


def upgrade() -> None:
    _create_feeds()
    _create_imports()
    _create_facts()
    _create_registry()
    _create_digests()
    _create_alerts()
    _create_tokens()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM timers WHERE kind LIKE 'metrics.%'")


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=False) for one in ("workspace_id", *names)]


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(one, sa.String, nullable=nullable) for one in names]


def _flag(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(one, sa.Boolean, nullable=False) for one in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(one, sa.Integer, nullable=nullable) for one in names]


def _amount(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(one, sa.BigInteger, nullable=nullable) for one in names]


def _when(*names: str, nullable: bool = False) -> list[sa.Column[datetime]]:
    return [sa.Column(one, sa.DateTime(timezone=True), nullable=nullable) for one in names]


def _json(*names: str) -> list[sa.Column[sa.JSON]]:
    return [sa.Column(one, sa.JSON, nullable=False) for one in names]


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


def _create_feeds() -> None:
    table = "metric_feeds"
    op.create_table(
        table, *_key("id"), *_text("name", "source"), *_number("version"), _primary(table, "id")
    )
    _index(table, ["name"], unique=True)
    table = "metric_mappings"
    op.create_table(
        table,
        *_key("signature"),
        *_text("feed_id"),
        *_json("mapping"),
        *_text("by"),
        *_when("at"),
        _primary(table, "signature"),
        _refers(table, "feed_id", "metric_feeds"),
    )


def _create_imports() -> None:
    table = "metric_imports"
    op.create_table(
        table,
        *_key("id"),
        *_number("number"),
        *_text("kind", "feed_id", "team_id", "person_id", "file_id", "file_name", "digest"),
        *_text("state"),
        *_json("asked", "found"),
        *_number("total", "done", "tries"),
        *_when("asked_at", "not_before"),
        *_when("live_at", "ended_at", nullable=True),
        *_text("ended_by", "trouble"),
        *_number("version"),
        _primary(table, "id"),
    )
    _index(table, ["number"], unique=True)
    _index(table, ["feed_id", "state"], ["digest"], ["asked_at"])
    wanted = sa.text("state IN ('looking', 'reading')")
    op.create_index(
        "ix_metric_imports_wanted",
        table,
        ["workspace_id", "not_before"],
        postgresql_where=wanted,
        sqlite_where=wanted,
    )
    table = "metric_import_days"
    op.create_table(
        table,
        *_key(),
        *_number("number"),
        *_text("day"),
        *_number("facts"),
        _primary(table, "number", "day"),
    )


def _create_facts() -> None:
    table = "metric_facts"
    op.create_table(
        table,
        *_key("feed_id", "key"),
        *_number("number"),
        *_text("updated"),
        *_when("at"),
        *_text("zone", "day"),
        *_number("hour", nullable=True),
        *_text("team_id", "person", "channel", "topic"),
        *_json("labels", "parts"),
        _primary(table, "feed_id", "key", "number"),
    )
    _index(table, ["day"])
    table = "metric_stale_days"
    op.create_table(table, *_key("day"), *_number("stamp"), _primary(table, "day"))
    table = "metric_rollups"
    op.create_table(
        table,
        *_key("team_id", "slice", "day", "member"),
        *_number("facts"),
        *_json("sums", "samples"),
        _primary(table, "team_id", "slice", "day", "member"),
    )
    _index(table, ["day"])
    table = "metric_names"
    op.create_table(
        table,
        *_key("id"),
        *_text("name", "name_key"),
        *_text("person_id", "linked_by"),
        _primary(table, "id"),
    )
    _index(table, ["name_key"], unique=True)
    _index(table, ["person_id"])


def _create_registry() -> None:
    table = "metric_definitions"
    op.create_table(
        table,
        *_key("id"),
        *_text("name", "words", "numerator", "denominator", "unit", "direction"),
        *_number("decimals"),
        *_text("owner_id"),
        *_flag("is_retired"),
        *_number("version"),
        _primary(table, "id"),
    )
    table = "metric_targets"
    op.create_table(
        table,
        *_key("id"),
        *_text("metric", "team_id", "person_id"),
        *_amount("amount"),
        *_text("first_day"),
        *_text("last_day", nullable=True),
        *_text("by"),
        *_when("at"),
        _primary(table, "id"),
        _refers(table, "team_id", "teams"),
    )
    _index(table, ["team_id", "metric"])
    table = "metric_notes"
    op.create_table(
        table,
        *_key("team_id", "metric"),
        *_text("words", "by"),
        *_when("at"),
        *_text("until_day"),
        _primary(table, "team_id", "metric"),
        _refers(table, "team_id", "teams"),
    )
    table = "metric_settings"
    op.create_table(
        table,
        *_key("team_id"),
        *_flag("has_ranking"),
        *_number("minimum_n", "version"),
        _primary(table, "team_id"),
        _refers(table, "team_id", "teams"),
    )


def _create_digests() -> None:
    table = "metric_digests"
    op.create_table(
        table,
        *_key("id"),
        *_text("team_id", "person_id", "name", "cadence", "at_time"),
        *_number("on_day"),
        *_text("channel"),
        *_json("readers", "metrics", "choice"),
        *_text("owner_id"),
        *_flag("is_on"),
        *_number("version"),
        _primary(table, "id"),
        _refers(table, "team_id", "teams"),
    )
    _index(table, ["team_id"])
    table = "metric_posts"
    op.create_table(
        table,
        *_key("id"),
        *_text("digest_id", "first_day", "last_day"),
        *_when("posted_at"),
        *_flag("is_late"),
        *_json("told", "corrected"),
        *_when("corrected_at", nullable=True),
        _primary(table, "id"),
        _refers(table, "digest_id", "metric_digests"),
    )
    _index(table, ["digest_id", "first_day"], unique=True)
    _index(table, ["last_day"])


def _create_alerts() -> None:
    table = "metric_alerts"
    op.create_table(
        table,
        *_key("id"),
        *_text("team_id", "person_id", "metric", "direction"),
        *_amount("threshold", "clear_at"),
        *_number("minimum_n", "days"),
        *_json("readers"),
        *_text("owner_id"),
        *_flag("is_on", "is_firing"),
        *_text("fired_on"),
        *_when("snoozed_until", nullable=True),
        *_text("acknowledged_by", "escalation_id"),
        *_when("acknowledged_at", nullable=True),
        *_number("version"),
        _primary(table, "id"),
        _refers(table, "team_id", "teams"),
    )
    _index(table, ["team_id"])
    table = "metric_alert_events"
    op.create_table(
        table,
        *_key("id"),
        *_text("alert_id", "kind", "by"),
        *_when("at"),
        *_amount("amount", nullable=True),
        *_number("n"),
        *_text("detail"),
        _primary(table, "id"),
        _refers(table, "alert_id", "metric_alerts"),
    )
    _index(table, ["alert_id", "at"])


def _create_tokens() -> None:
    table = "metric_tokens"
    op.create_table(
        table,
        *_key("id"),
        *_text("digest", "name", "feed_id", "team_id", "by"),
        *_when("made_at"),
        *_when("used_at", "revoked_at", nullable=True),
        _primary(table, "id"),
        _refers(table, "feed_id", "metric_feeds"),
    )
    _index(table, ["digest"], unique=True)
    table = "metric_requests"
    op.create_table(
        table,
        *_key("token_id", "idempotency_key"),
        *_text("digest"),
        *_json("answer"),
        *_when("at"),
        _primary(table, "token_id", "idempotency_key"),
        _refers(table, "token_id", "metric_tokens"),
    )
    _index(table, ["at"])

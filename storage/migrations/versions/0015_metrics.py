"""The numbers: feeds, imports, facts and their roll-ups; names; own metrics, targets and notes; digests, alerts and tokens."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    amounts,
    documents,
    flags,
    index,
    key,
    moments,
    numbers,
    primary,
    refers,
    texts,
)

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


def _create_feeds() -> None:
    table = "metric_feeds"
    op.create_table(
        table, *key("id"), *texts("name", "source"), *numbers("version"), primary(table, "id")
    )
    index(table, ["name"], unique=True)
    table = "metric_mappings"
    op.create_table(
        table,
        *key("signature"),
        *texts("feed_id"),
        *documents("mapping"),
        *texts("by"),
        *moments("at"),
        primary(table, "signature"),
        refers(table, "feed_id", "metric_feeds"),
    )


def _create_imports() -> None:
    table = "metric_imports"
    op.create_table(
        table,
        *key("id"),
        *numbers("number"),
        *texts("kind", "feed_id", "team_id", "person_id", "file_id", "file_name", "digest"),
        *texts("state"),
        *documents("asked", "found"),
        *numbers("total", "done", "tries"),
        *moments("asked_at", "not_before"),
        *moments("live_at", "ended_at", nullable=True),
        *texts("ended_by", "trouble"),
        *numbers("version"),
        primary(table, "id"),
    )
    index(table, ["number"], unique=True)
    index(table, ["feed_id", "state"], ["digest"], ["asked_at"])
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
        *key(),
        *numbers("number"),
        *texts("day"),
        *numbers("facts"),
        primary(table, "number", "day"),
    )


def _create_facts() -> None:
    table = "metric_facts"
    op.create_table(
        table,
        *key("feed_id", "key"),
        *numbers("number"),
        *texts("updated"),
        *moments("at"),
        *texts("zone", "day"),
        *numbers("hour", nullable=True),
        *texts("team_id", "person", "channel", "topic"),
        *documents("labels", "parts"),
        primary(table, "feed_id", "key", "number"),
    )
    index(table, ["day"])
    table = "metric_stale_days"
    op.create_table(table, *key("day"), *numbers("stamp"), primary(table, "day"))
    table = "metric_rollups"
    op.create_table(
        table,
        *key("team_id", "slice", "day", "member"),
        *numbers("facts"),
        *documents("sums", "samples"),
        primary(table, "team_id", "slice", "day", "member"),
    )
    index(table, ["day"])
    table = "metric_names"
    op.create_table(
        table,
        *key("id"),
        *texts("name", "name_key", "team_id", "counts_for"),
        *texts("person_id", "linked_by"),
        primary(table, "id"),
    )
    index(table, ["name_key", "team_id"], unique=True)
    index(table, ["person_id"])


def _create_registry() -> None:
    table = "metric_definitions"
    op.create_table(
        table,
        *key("id"),
        *texts("name", "words", "numerator", "denominator", "unit", "direction"),
        *numbers("decimals"),
        *texts("owner_id"),
        *flags("is_retired"),
        *numbers("version"),
        primary(table, "id"),
    )
    table = "metric_targets"
    op.create_table(
        table,
        *key("id"),
        *texts("metric", "team_id", "person_id"),
        *amounts("amount"),
        *texts("first_day"),
        *texts("last_day", nullable=True),
        *texts("by"),
        *moments("at"),
        primary(table, "id"),
        refers(table, "team_id", "teams"),
    )
    index(table, ["team_id", "metric"])
    table = "metric_notes"
    op.create_table(
        table,
        *key("team_id", "metric"),
        *texts("words", "by"),
        *moments("at"),
        *texts("until_day"),
        primary(table, "team_id", "metric"),
        refers(table, "team_id", "teams"),
    )
    table = "metric_settings"
    op.create_table(
        table,
        *key("team_id"),
        *flags("has_ranking"),
        *numbers("minimum_n", "version"),
        primary(table, "team_id"),
        refers(table, "team_id", "teams"),
    )


def _create_digests() -> None:
    table = "metric_digests"
    op.create_table(
        table,
        *key("id"),
        *texts("team_id", "person_id", "name", "cadence", "at_time"),
        *numbers("on_day"),
        *texts("channel"),
        *documents("readers", "stopped", "metrics", "choice"),
        *texts("owner_id"),
        *flags("is_on"),
        *numbers("version"),
        primary(table, "id"),
        refers(table, "team_id", "teams"),
    )
    index(table, ["team_id"])
    table = "metric_posts"
    op.create_table(
        table,
        *key("id"),
        *texts("digest_id", "first_day", "last_day"),
        *moments("posted_at"),
        *flags("is_late"),
        *documents("told", "corrected"),
        *moments("corrected_at", nullable=True),
        primary(table, "id"),
        refers(table, "digest_id", "metric_digests"),
    )
    index(table, ["digest_id", "first_day"], unique=True)
    index(table, ["last_day"])


def _create_alerts() -> None:
    table = "metric_alerts"
    op.create_table(
        table,
        *key("id"),
        *texts("team_id", "person_id", "metric", "direction"),
        *amounts("threshold", "clear_at"),
        *numbers("minimum_n", "days"),
        *documents("readers"),
        *texts("owner_id"),
        *flags("is_on", "is_firing"),
        *texts("fired_on"),
        *moments("snoozed_until", nullable=True),
        *texts("acknowledged_by", "escalation_id"),
        *moments("acknowledged_at", nullable=True),
        *numbers("version"),
        primary(table, "id"),
        refers(table, "team_id", "teams"),
    )
    index(table, ["team_id"])
    table = "metric_alert_events"
    op.create_table(
        table,
        *key("id"),
        *texts("alert_id", "kind", "by"),
        *moments("at"),
        *amounts("amount", nullable=True),
        *numbers("n"),
        *texts("detail"),
        primary(table, "id"),
        refers(table, "alert_id", "metric_alerts"),
    )
    index(table, ["alert_id", "at"])


def _create_tokens() -> None:
    table = "metric_tokens"
    op.create_table(
        table,
        *key("id"),
        *texts("digest", "name", "feed_id", "team_id", "by"),
        *moments("made_at"),
        *moments("used_at", "revoked_at", nullable=True),
        primary(table, "id"),
        refers(table, "feed_id", "metric_feeds"),
    )
    index(table, ["digest"], unique=True)
    table = "metric_requests"
    op.create_table(
        table,
        *key("token_id", "idempotency_key"),
        *texts("digest"),
        *documents("answer"),
        *moments("at"),
        primary(table, "token_id", "idempotency_key"),
        refers(table, "token_id", "metric_tokens"),
    )
    index(table, ["at"])

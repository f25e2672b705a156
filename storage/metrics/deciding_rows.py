"""The tables of what people decide about numbers: own metrics, targets, notes, digests, alerts and tokens."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json


def _of(column: str, to: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"{to}.workspace_id", f"{to}.id"])


def _by(table: str, *columns: str, unique: bool = False) -> Index:
    name = "_".join(("ix", table, "workspace_id", *columns))
    return Index(name, "workspace_id", *columns, unique=unique)


class DefinitionRow(InWorkspace, Base):
    """A metric of the workspace's own. `id` is its key."""

    __tablename__ = "metric_definitions"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    words: Mapped[str]
    numerator: Mapped[str]
    denominator: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[str]
    decimals: Mapped[int]
    owner_id: Mapped[str]
    is_retired: Mapped[bool]
    version: Mapped[int]


class TargetRow(InWorkspace, Base):
    """`person_id` is empty for the team's; `amount` is in thousandths of the metric's unit."""

    __tablename__ = "metric_targets"

    id: Mapped[str] = mapped_column(primary_key=True)
    metric: Mapped[str]
    team_id: Mapped[str]
    person_id: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    first_day: Mapped[str]
    last_day: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (_of("team_id", "teams"), _by("metric_targets", "team_id", "metric"))


class MetricNoteRow(InWorkspace, Base):
    """What the metric's owner has to say beside its number."""

    __tablename__ = "metric_notes"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    until_day: Mapped[str]

    __table_args__ = (_of("team_id", "teams"),)


class MetricSettingsRow(InWorkspace, Base):
    __tablename__ = "metric_settings"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    has_ranking: Mapped[bool]
    minimum_n: Mapped[int]
    version: Mapped[int]

    __table_args__ = (_of("team_id", "teams"),)


class DigestRow(InWorkspace, Base):
    """`person_id` is whose own numbers it tells, or empty; `channel` is empty for one that goes to `readers` privately."""

    __tablename__ = "metric_digests"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    person_id: Mapped[str]
    name: Mapped[str]
    cadence: Mapped[str]
    at_time: Mapped[str]
    on_day: Mapped[int]
    channel: Mapped[str]
    readers: Mapped[list[str]]
    stopped: Mapped[list[str]]
    """Who of them has chosen not to get it: theirs to say, whoever changes the digest."""
    metrics: Mapped[list[str]]
    choice: Mapped[Json]
    owner_id: Mapped[str]
    is_on: Mapped[bool]
    version: Mapped[int]

    __table_args__ = (_of("team_id", "teams"), _by("metric_digests", "team_id"))


class PostRow(InWorkspace, Base):
    """A digest that was posted, with the numbers that it told and those that it should have told since."""

    __tablename__ = "metric_posts"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest_id: Mapped[str]
    first_day: Mapped[str]
    last_day: Mapped[str]
    posted_at: Mapped[datetime]
    is_late: Mapped[bool]
    told: Mapped[Json]
    corrected: Mapped[Json]
    corrected_at: Mapped[datetime | None]

    __table_args__ = (
        _of("digest_id", "metric_digests"),
        _by("metric_posts", "digest_id", "first_day", unique=True),
        _by("metric_posts", "last_day"),
    )


class AlertRow(InWorkspace, Base):
    """It fires beyond `threshold` and is over beyond `clear_at`, both in thousandths of the metric's unit."""

    __tablename__ = "metric_alerts"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    person_id: Mapped[str]
    metric: Mapped[str]
    direction: Mapped[str]
    threshold: Mapped[int] = mapped_column(BigInteger)
    clear_at: Mapped[int] = mapped_column(BigInteger)
    minimum_n: Mapped[int]
    days: Mapped[int]
    """Over how many days it is looked at."""
    readers: Mapped[list[str]]
    owner_id: Mapped[str]
    is_on: Mapped[bool]
    is_firing: Mapped[bool]
    fired_on: Mapped[str]
    """The last day on which it was told, in the team's zone, or empty."""
    snoozed_until: Mapped[datetime | None]
    acknowledged_by: Mapped[str]
    escalation_id: Mapped[str]
    acknowledged_at: Mapped[datetime | None]
    version: Mapped[int]

    __table_args__ = (_of("team_id", "teams"), _by("metric_alerts", "team_id"))


class AlertEventRow(InWorkspace, Base):
    __tablename__ = "metric_alert_events"

    id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str]
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    n: Mapped[int]
    detail: Mapped[str]

    __table_args__ = (
        _of("alert_id", "metric_alerts"),
        _by("metric_alert_events", "alert_id", "at"),
    )


class TokenRow(InWorkspace, Base):
    """What lets a program in. Only what the token's digest comes to is kept."""

    __tablename__ = "metric_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    name: Mapped[str]
    feed_id: Mapped[str]
    team_id: Mapped[str]
    by: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        _of("feed_id", "metric_feeds"),
        _by("metric_tokens", "digest", unique=True),
    )


class FactRequestRow(InWorkspace, Base):
    """What was answered to a request over HTTP, for whoever sends it again."""

    __tablename__ = "metric_requests"

    token_id: Mapped[str] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    answer: Mapped[Json]
    at: Mapped[datetime]

    __table_args__ = (_of("token_id", "metric_tokens"), _by("metric_requests", "at"))

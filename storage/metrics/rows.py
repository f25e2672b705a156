"""The tables of what numbers are made of: feeds, imports, facts, roll-ups and names."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json

WANTED = "state IN ('looking', 'reading')"


class FeedRow(InWorkspace, Base):
    __tablename__ = "metric_feeds"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    source: Mapped[str]
    version: Mapped[int]
    """How often what holds in it has changed: whoever worked something out beforehand looks whether it still holds."""

    __table_args__ = (
        Index("ix_metric_feeds_workspace_id_name", "workspace_id", "name", unique=True),
    )


class MappingRow(InWorkspace, Base):
    """What the columns under certain headers mean, as somebody said last."""

    __tablename__ = "metric_mappings"

    signature: Mapped[str] = mapped_column(primary_key=True)
    feed_id: Mapped[str]
    mapping: Mapped[Json]
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "feed_id"], ["metric_feeds.workspace_id", "metric_feeds.id"]
        ),
    )


class ImportRow(InWorkspace, Base):
    __tablename__ = "metric_imports"

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    """Grows: of two imports that say something of one key, the one with the greater is the later."""
    kind: Mapped[str]
    feed_id: Mapped[str]
    team_id: Mapped[str]
    person_id: Mapped[str]
    file_id: Mapped[str]
    """Slack's id of the file."""
    file_name: Mapped[str]
    digest: Mapped[str]
    """What the file's bytes come to, so that the same file is known again."""
    state: Mapped[str]
    asked: Mapped[Json]
    """What was decided before reading: the mapping, whose numbers they are, what they replace."""
    found: Mapped[Json]
    """What was seen in looking, and what was taken and left out in reading."""
    total: Mapped[int]
    done: Mapped[int]
    tries: Mapped[int]
    asked_at: Mapped[datetime]
    not_before: Mapped[datetime]
    """Nobody begins it earlier: who is at it has it until then, and after a failure it rests."""
    live_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str]
    trouble: Mapped[str]
    version: Mapped[int]

    __table_args__ = (
        Index("ix_metric_imports_workspace_id_number", "workspace_id", "number", unique=True),
        Index("ix_metric_imports_workspace_id_feed_id_state", "workspace_id", "feed_id", "state"),
        Index("ix_metric_imports_workspace_id_digest", "workspace_id", "digest"),
        Index("ix_metric_imports_workspace_id_asked_at", "workspace_id", "asked_at"),
        Index(
            "ix_metric_imports_wanted",
            "workspace_id",
            "not_before",
            postgresql_where=text(WANTED),
            sqlite_where=text(WANTED),
        ),
    )


class ImportDayRow(InWorkspace, Base):
    """On which days an import says something."""

    __tablename__ = "metric_import_days"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[int]


class FactRow(InWorkspace, Base):
    __tablename__ = "metric_facts"

    feed_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its import's."""
    updated: Mapped[str]
    at: Mapped[datetime]
    zone: Mapped[str]
    day: Mapped[str]
    """As the calendar on the wall was: `2023-08-01`."""
    hour: Mapped[int | None]
    team_id: Mapped[str]
    person: Mapped[str]
    """The id of a name."""
    channel: Mapped[str]
    topic: Mapped[str]
    labels: Mapped[Json]
    parts: Mapped[Json]
    """Thousandths: a number is a sum, a list are samples."""

    __table_args__ = (Index("ix_metric_facts_workspace_id_day", "workspace_id", "day"),)


class StaleDayRow(InWorkspace, Base):
    """Days whose facts have changed since they were rolled up. `stamp` grows with each change."""

    __tablename__ = "metric_stale_days"

    day: Mapped[str] = mapped_column(primary_key=True)
    stamp: Mapped[int]


class RollupRow(InWorkspace, Base):
    __tablename__ = "metric_rollups"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    slice: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[int]
    sums: Mapped[Json]
    samples: Mapped[Json]
    """Apart from the sums, which most readers want alone."""

    __table_args__ = (Index("ix_metric_rollups_workspace_id_day", "workspace_id", "day"),)


class NameRow(InWorkspace, Base):
    """What a source calls somebody, and who of the workspace that is, if that is known.

    `team_id` is empty but for what a name is in that team alone: somebody else, or with `counts_for` lines of another team.
    """

    __tablename__ = "metric_names"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    team_id: Mapped[str]
    counts_for: Mapped[str]
    person_id: Mapped[str]
    linked_by: Mapped[str]

    __table_args__ = (
        Index(
            "ix_metric_names_workspace_id_name_key_team_id",
            *("workspace_id", "name_key", "team_id"),
            unique=True,
        ),
        Index("ix_metric_names_workspace_id_person_id", "workspace_id", "person_id"),
    )

"""The tables of kudos."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace

BY_REACTION = "via = 'reaction'"


class KudosRow(InWorkspace, Base):
    __tablename__ = "kudos"

    id: Mapped[str] = mapped_column(primary_key=True)
    giver_id: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    is_public: Mapped[bool]
    via: Mapped[str]
    source: Mapped[str]
    given_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "giver_id"], ["people.workspace_id", "people.id"]),
        Index(None, "workspace_id", "giver_id", "given_at"),
        # The same reaction to the same message is one thanks, however often it is taken away and set again.
        Index(
            "ix_kudos_reaction",
            "workspace_id",
            "giver_id",
            "source",
            unique=True,
            postgresql_where=text(BY_REACTION),
            sqlite_where=text(BY_REACTION),
        ),
    )


class ReceiptRow(InWorkspace, Base):
    """Who gave and when is here too, so that what a team or a person got is one index away."""

    __tablename__ = "kudos_receipts"

    kudos_id: Mapped[str] = mapped_column(primary_key=True)
    receiver_id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    giver_id: Mapped[str]
    given_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "kudos_id"], ["kudos.workspace_id", "kudos.id"]),
        ForeignKeyConstraint(["workspace_id", "receiver_id"], ["people.workspace_id", "people.id"]),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        Index(None, "workspace_id", "team_id", "given_at"),
        Index(None, "workspace_id", "receiver_id", "given_at"),
        Index(None, "workspace_id", "giver_id", "given_at"),
    )


class FlagRow(InWorkspace, Base):
    __tablename__ = "kudos_flags"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    kind: Mapped[str]
    kudos_id: Mapped[str]
    giver_id: Mapped[str]
    receiver_id: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "kudos_id"], ["kudos.workspace_id", "kudos.id"]),
        Index(None, "workspace_id", "team_id", "at"),
    )


class KudosSettingsRow(InWorkspace, Base):
    __tablename__ = "kudos_settings"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    team_values: Mapped[list[str]]
    emoji: Mapped[str]
    per_day: Mapped[int]
    per_pair: Mapped[int]
    digest_day: Mapped[int | None]
    digest_at: Mapped[str]
    has_wall: Mapped[bool]
    has_leaderboard: Mapped[bool]
    quiet_weeks: Mapped[int]
    version: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
    )


class TasteRow(InWorkspace, Base):
    __tablename__ = "kudos_tastes"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    in_public: Mapped[bool]
    started_on: Mapped[str | None]
    celebrates: Mapped[bool]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
    )

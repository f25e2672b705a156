"""The tables of stand-ups."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json

IS_OPEN = "state = 'open'"
IS_UNCONFIRMED = "confirmed_at IS NULL"
BECAME_A_CASE = "case_number IS NOT NULL"


class StandUpRow(InWorkspace, Base):
    __tablename__ = "standups"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    name: Mapped[str]
    questions: Mapped[Json]
    moment: Mapped[str]
    weekdays: Mapped[list[str]]
    at: Mapped[str]
    offset_minutes: Mapped[int]
    window_minutes: Mapped[int]
    asked: Mapped[list[str]]
    channel: Mapped[str]
    not_answered: Mapped[str]
    heeds_dnd: Mapped[bool]
    heeds_status: Mapped[bool]
    is_active: Mapped[bool]
    made_by: Mapped[str]
    version: Mapped[int]
    looked_at: Mapped[datetime]
    """Up to when its rounds have been looked after: what should have happened since then, and has not, was missed."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        Index(None, "workspace_id", "team_id"),
    )


class RoundRow(InWorkspace, Base):
    __tablename__ = "standup_rounds"

    id: Mapped[str] = mapped_column(primary_key=True)
    standup_id: Mapped[str]
    team_id: Mapped[str]
    key: Mapped[str]
    day: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    name: Mapped[str]
    questions: Mapped[Json]
    channel: Mapped[str]
    not_answered: Mapped[str]
    plan: Mapped[Json]
    """When it asks whom: the set-up as it was when the round opened."""
    state: Mapped[str]
    focus: Mapped[str]
    focus_by: Mapped[str]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "standup_id"], ["standups.workspace_id", "standups.id"]
        ),
        Index(None, "workspace_id", "standup_id", "key", unique=True),
        Index(None, "workspace_id", "team_id", "opens_at"),
        Index(
            "ix_standup_rounds_open",
            "workspace_id",
            "standup_id",
            postgresql_where=text(IS_OPEN),
            sqlite_where=text(IS_OPEN),
        ),
    )


def is_open_round() -> ColumnElement[bool]:
    """Written out, since a database recognises its partial index only by what it can read."""
    return RoundRow.state == literal_column("'open'")


def _of_round() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "round_id"], ["standup_rounds.workspace_id", "standup_rounds.id"]
    )


class SeatRow(InWorkspace, Base):
    __tablename__ = "standup_seats"

    round_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    ask_at: Mapped[datetime]
    until: Mapped[datetime]
    state: Mapped[str]
    message: Mapped[str]
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    nudged_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    via: Mapped[str | None]
    answers: Mapped[Json]

    __table_args__ = (
        _of_round(),
        Index("ix_standup_seats_person", "workspace_id", "person_id", "ask_at"),
        Index("ix_standup_seats_message", "workspace_id", "message"),
    )


class AheadRow(InWorkspace, Base):
    __tablename__ = "standup_ahead"

    standup_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    said_at: Mapped[datetime]
    answers: Mapped[Json]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "standup_id"], ["standups.workspace_id", "standups.id"]
        ),
    )


class BlockerRow(InWorkspace, Base):
    __tablename__ = "standup_blockers"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    round_id: Mapped[str]
    person_id: Mapped[str]
    words: Mapped[str]
    raised_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    state: Mapped[str]
    taken_by: Mapped[str | None]
    case_number: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    closed_word: Mapped[str]

    __table_args__ = (
        _of_round(),
        ForeignKeyConstraint(
            ["workspace_id", "case_number"], ["escalations.workspace_id", "escalations.id"]
        ),
        Index("ix_standup_blockers_team", "workspace_id", "team_id", "raised_at"),
        Index("ix_standup_blockers_person", "workspace_id", "person_id", "raised_at"),
        Index(
            "ix_standup_blockers_case",
            "workspace_id",
            "case_number",
            postgresql_where=text(BECAME_A_CASE),
            sqlite_where=text(BECAME_A_CASE),
        ),
    )


class ShiftNoteRow(InWorkspace, Base):
    __tablename__ = "standup_notes"

    round_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    words: Mapped[str]
    said_at: Mapped[datetime]
    told_round_id: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]

    __table_args__ = (
        _of_round(),
        Index("ix_standup_notes_told", "workspace_id", "told_round_id"),
        Index(
            "ix_standup_notes_unconfirmed",
            "workspace_id",
            "team_id",
            postgresql_where=text(IS_UNCONFIRMED),
            sqlite_where=text(IS_UNCONFIRMED),
        ),
    )


class ConsentRow(InWorkspace, Base):
    """Who lets their leads see how their own mood went. Nobody does unless they said so."""

    __tablename__ = "standup_consents"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    shares_mood: Mapped[bool]
    said_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
        ),
    )


class QuietRow(InWorkspace, Base):
    """Until when Slack keeps messages from somebody, as it said when it was asked last."""

    __tablename__ = "quiet_times"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    asked_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
        ),
    )

"""The tables of coaching. What people wrote is sealed; `storage/sealing.py` says how."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json


class NoteRow(InWorkspace, Base):
    __tablename__ = "coaching_notes"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    author_id: Mapped[str]
    agent_id: Mapped[str]
    kind: Mapped[str]
    visibility: Mapped[str]
    state: Mapped[str]
    skill: Mapped[str]
    topic: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    version: Mapped[int]
    follow_up_on: Mapped[str | None]
    followed_up_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    dispute_until: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    has_comment: Mapped[bool]
    disputed_at: Mapped[datetime | None]
    decider_id: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["people.workspace_id", "people.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["people.workspace_id", "people.id"]),
        Index(None, "workspace_id", "agent_id", "written_at"),
        Index(None, "workspace_id", "agent_id", "shared_at", "verdict"),
        Index(None, "workspace_id", "author_id", "written_at"),
        Index(None, "workspace_id", "team_id", "written_at"),
        Index(None, "workspace_id", "author_id", "state"),
        Index(None, "workspace_id", "decider_id"),
    )


class EntryRow(InWorkspace, Base):
    __tablename__ = "coaching_entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    note_id: Mapped[str]
    place: Mapped[int]
    """Its place among those of the note, from 1: several of one transaction have the same time."""
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    words: Mapped[bytes] = mapped_column(LargeBinary)
    detail: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "note_id"], ["coaching_notes.workspace_id", "coaching_notes.id"]
        ),
        Index(None, "workspace_id", "note_id", "place", unique=True),
    )


class CommitmentRow(InWorkspace, Base):
    __tablename__ = "coaching_commitments"

    id: Mapped[str] = mapped_column(primary_key=True)
    note_id: Mapped[str]
    team_id: Mapped[str]
    author_id: Mapped[str]
    agent_id: Mapped[str]
    promiser: Mapped[str]
    words: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[str]
    state: Mapped[str]
    carried_from: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "note_id"], ["coaching_notes.workspace_id", "coaching_notes.id"]
        ),
        Index(None, "workspace_id", "note_id"),
        Index(None, "workspace_id", "agent_id", "state"),
        Index(None, "workspace_id", "author_id", "state"),
    )


class LookRow(InWorkspace, Base):
    """Its note may be gone: a draft that was discarded leaves who looked at it."""

    __tablename__ = "coaching_looks"

    id: Mapped[str] = mapped_column(primary_key=True)
    note_id: Mapped[str]
    agent_id: Mapped[str]
    person_id: Mapped[str]
    at: Mapped[datetime]
    kind: Mapped[str]
    was_private: Mapped[bool]
    export_id: Mapped[str | None]

    __table_args__ = (
        Index(None, "workspace_id", "agent_id", "at"),
        Index(None, "workspace_id", "note_id", "at"),
    )


class CoachingSettingsRow(InWorkspace, Base):
    __tablename__ = "coaching_settings"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    skills: Mapped[list[str]]
    quiet_weeks: Mapped[int]
    version: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
    )


class SeedRow(InWorkspace, Base):
    """What became of the cases from which a draft could be made: those up to `up_to` do not count again."""

    __tablename__ = "coaching_seeds"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    up_to: Mapped[datetime]
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
    )


class ExportChoiceRow(InWorkspace, Base):
    """What somebody chose the last time they asked for a file of this kind."""

    __tablename__ = "export_choices"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[Json]

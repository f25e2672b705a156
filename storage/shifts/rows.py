"""The tables of shifts. Days and times of day are written as ISO text: they are what a wall shows, not moments."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace


def _of_team() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"], ondelete="CASCADE"
    )


def _of_pattern() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "pattern_id"],
        ["shift_patterns.workspace_id", "shift_patterns.id"],
        ondelete="CASCADE",
    )


def _of_person(column: str = "person_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", column], ["people.workspace_id", "people.id"], ondelete="CASCADE"
    )


class PatternRow(InWorkspace, Base):
    __tablename__ = "shift_patterns"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    name: Mapped[str]
    weekdays: Mapped[list[str]]
    start: Mapped[str]
    end: Mapped[str]
    valid_from: Mapped[str | None]
    valid_until: Mapped[str | None]
    version: Mapped[int]

    __table_args__ = (_of_team(), Index("ix_shift_patterns_team", "workspace_id", "team_id"))


class PatternPersonRow(InWorkspace, Base):
    __tablename__ = "shift_people"

    pattern_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (
        _of_pattern(),
        _of_person(),
        Index("ix_shift_people_person", "workspace_id", "person_id"),
    )


class DayChangeRow(InWorkspace, Base):
    __tablename__ = "shift_days"

    pattern_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[str | None]
    end: Mapped[str | None]

    __table_args__ = (_of_pattern(),)


class OverrideRow(InWorkspace, Base):
    __tablename__ = "shift_overrides"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    change: Mapped[str]
    person_id: Mapped[str]
    instead_of: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_by: Mapped[str]
    made_at: Mapped[datetime]

    __table_args__ = (
        _of_team(),
        _of_person(),
        _of_person("instead_of"),
        Index("ix_shift_overrides_team", "workspace_id", "team_id", "ends_at"),
        Index("ix_shift_overrides_person", "workspace_id", "person_id"),
    )

"""What every table shares: names of constraints, times in UTC, and the workspace in every key."""

from datetime import UTC, datetime
from typing import Any, ClassVar, cast
from uuid import uuid4

from sqlalchemy import JSON, DateTime, MetaData, String, Table, TypeDecorator, inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

__all__ = ["Base", "InWorkspace", "Json", "MappedAsDataclass", "Utc", "new_id", "table_of"]

Json = dict[str, Any]


class Utc(TypeDecorator[datetime]):
    """Aware in, aware out, UTC at rest. SQLite forgets time zones; this remembers."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone must never reach the database.")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Utc,
        str: String,
        Json: JSON,
        list[str]: JSON,
    }
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class InWorkspace:
    """The first column of every primary key, so that no foreign key can point across."""

    workspace_id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1)


def table_of(row: type[InWorkspace]) -> Table:
    """Its table, for statements that need nothing of the ORM."""
    return cast("Table", inspect(row).local_table)


def new_id() -> str:
    """An opaque identifier, 32 hex digits."""
    return uuid4().hex

"""Requests for cover as rows: they are claimed state by state, and never forgotten with the shift that they were about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.errors import Refused
from bot.rules.covers import Cover, State
from bot.text import _
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_rows

GONE = _("This request is gone.")


class CoverRow(InWorkspace, Base):
    __tablename__ = "covers"

    id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str]
    person_id: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    places: Mapped[list[str]]
    state: Mapped[str]
    taken_by: Mapped[str | None]
    override_id: Mapped[str | None]
    closed_by: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["workspace_id", "person_id"], ["people.workspace_id", "people.id"], ondelete="CASCADE"
        ),
        Index("ix_covers_team", "workspace_id", "team_id", "state", "ends_at"),
        Index("ix_covers_person", "workspace_id", "person_id"),
    )


async def add(tx: Tx, cover: Cover) -> None:
    await insert_rows(
        tx,
        CoverRow,
        {
            "id": cover.id,
            "team_id": cover.team_id,
            "person_id": cover.person_id,
            "starts_at": cover.starts_at,
            "ends_at": cover.ends_at,
            "asked_by": cover.asked_by,
            "asked_at": cover.asked_at,
            "reason": cover.reason,
            "places": list(cover.places),
            **_outcome(cover),
        },
    )


async def change(tx: Tx, cover: Cover, *, before: State) -> bool:
    """Write what became of it if it still is as it was before; False if somebody was first."""
    changed = (
        update(CoverRow)
        .where(CoverRow.id == cover.id, CoverRow.state == before)
        .values(**_outcome(cover))
        .returning(CoverRow.id)
    )
    return await tx.scalar(changed) is not None


async def find(tx: Tx, cover_id: str) -> Cover | None:
    """As it is now, whatever this transaction saw before."""
    asked = select(CoverRow).where(CoverRow.id == cover_id)
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_cover(row) if row else None


async def get(tx: Tx, cover_id: str) -> Cover:
    """Raises Refused if there is none."""
    found = await find(tx, cover_id)
    if found is None:
        raise Refused(GONE)
    return found


async def of_override(tx: Tx, team_id: str, override_id: str) -> Cover | None:
    """The request by which this change in the shifts was made."""
    asked = select(CoverRow).where(
        CoverRow.team_id == team_id,
        CoverRow.state == State.TAKEN,
        CoverRow.override_id == override_id,
    )
    row = await tx.scalar(asked)
    return _to_cover(row) if row else None


async def of_teams(
    tx: Tx, team_ids: Iterable[str], *states: State, since: datetime, until: datetime | None = None
) -> list[Cover]:
    """Those in any of these states whose time touches what is meant, the first to begin first."""
    asked = (
        select(CoverRow)
        .where(
            CoverRow.team_id.in_(list(team_ids)),
            CoverRow.state.in_([str(one) for one in states]),
            CoverRow.ends_at > since,
        )
        .order_by(CoverRow.starts_at, CoverRow.id)
    )
    if until is not None:
        asked = asked.where(CoverRow.starts_at < until)
    return [_to_cover(row) for row in await tx.scalars(asked)]


def _outcome(cover: Cover) -> dict[str, Any]:
    """What can change; everything else is said once."""
    return {
        "state": cover.state.value,
        "taken_by": cover.taken_by,
        "override_id": cover.override_id,
        "closed_by": cover.closed_by,
    }


def _to_cover(row: CoverRow) -> Cover:
    return Cover(
        row.workspace_id,
        row.id,
        row.team_id,
        row.person_id,
        row.starts_at,
        row.ends_at,
        row.asked_by,
        row.asked_at,
        row.reason,
        tuple(row.places),
        State(row.state),
        row.taken_by,
        row.override_id,
        row.closed_by,
    )

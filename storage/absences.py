"""Who is away when, and what was offered to people because of their Slack status."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, and_, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.errors import Refused
from bot.rules.absences import Absence, Kind, Offer, OfferState
from bot.text import _
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into, insert_rows

GONE = _("This absence is gone. Somebody took it out.")


class AbsenceRow(InWorkspace, Base):
    __tablename__ = "absences"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str]
    whole_days: Mapped[bool]
    note: Mapped[str]
    made_by: Mapped[str]
    version: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
        ),
        Index("ix_absences_person", "workspace_id", "person_id", "ends_at"),
    )


class OfferRow(InWorkspace, Base):
    """One per person: what became of the newest status that speaks of being away."""

    __tablename__ = "absence_offers"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    mark: Mapped[str]
    """Stands for the status: the same one again is no news."""
    kind: Mapped[str]
    heard_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    state: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
        ),
    )


async def add(tx: Tx, absence: Absence) -> None:
    await insert_rows(tx, AbsenceRow, _values(absence) | {"id": absence.id, "version": 1})


async def change(tx: Tx, absence: Absence) -> bool:
    """Write it if it is still at `absence.version`; False if somebody changed it first."""
    changed = (
        update(AbsenceRow)
        .where(AbsenceRow.id == absence.id, AbsenceRow.version == absence.version)
        .values(**_values(absence), version=absence.version + 1)
        .returning(AbsenceRow.id)
    )
    return await tx.scalar(changed) is not None


async def remove(tx: Tx, absence_id: str, version: int) -> bool:
    """Take it out if it is still at that version; False if somebody changed it first."""
    gone = (
        delete(AbsenceRow)
        .where(AbsenceRow.id == absence_id, AbsenceRow.version == version)
        .returning(AbsenceRow.id)
    )
    return await tx.scalar(gone) is not None


async def get(tx: Tx, absence_id: str) -> Absence:
    """Raises Refused if it is gone."""
    row = await tx.scalar(select(AbsenceRow).where(AbsenceRow.id == absence_id))
    if row is None:
        raise Refused(GONE)
    return _to_absence(row)


async def of_people(
    tx: Tx, person_ids: Iterable[str], *, since: datetime, until: datetime | None = None
) -> list[Absence]:
    """The absences of these people that touch the time, the first to begin first."""
    asked = (
        select(AbsenceRow)
        .where(AbsenceRow.person_id.in_(list(person_ids)), AbsenceRow.ends_at > since)
        .order_by(AbsenceRow.starts_at, AbsenceRow.id)
    )
    if until is not None:
        asked = asked.where(AbsenceRow.starts_at < until)
    return [_to_absence(row) for row in await tx.scalars(asked)]


async def put_offer(tx: Tx, offer: Offer) -> bool:
    """Remember an offer in place of the person's last one; False if it is about the same status again, or older."""
    values = {
        "id": offer.id,
        "mark": offer.mark,
        "kind": offer.kind,
        "heard_at": offer.heard_at,
        "ends_at": offer.ends_at,
        "state": offer.state,
    }
    statement = insert_into(tx, OfferRow).values(
        workspace_id=tx.workspace_id, person_id=offer.person_id, **values
    )
    put = statement.on_conflict_do_update(
        index_elements=["workspace_id", "person_id"],
        set_=values,
        where=and_(
            statement.table.c.mark != offer.mark,
            statement.table.c.heard_at <= offer.heard_at,
        ),
    ).returning(statement.table.c.id)
    return await tx.scalar(put) is not None


async def find_offer(tx: Tx, person_id: str) -> Offer | None:
    """What was offered to this person last."""
    row = await tx.scalar(select(OfferRow).where(OfferRow.person_id == person_id))
    return _to_offer(row) if row else None


async def open_offers(tx: Tx, person_ids: Iterable[str]) -> list[Offer]:
    """The offers to these people that they have not answered, by person."""
    rows = await tx.scalars(
        select(OfferRow)
        .where(OfferRow.person_id.in_(list(person_ids)), OfferRow.state == OfferState.OPEN)
        .order_by(OfferRow.person_id)
    )
    return [_to_offer(row) for row in rows]


async def close_offer(tx: Tx, offer_id: str, state: OfferState) -> bool:
    """Say what became of an offer that is still open; False if it is not."""
    closed = (
        update(OfferRow)
        .where(OfferRow.id == offer_id, OfferRow.state == OfferState.OPEN)
        .values(state=state)
        .returning(OfferRow.id)
    )
    return await tx.scalar(closed) is not None


def _values(absence: Absence) -> dict[str, Any]:
    return {
        "person_id": absence.person_id,
        "kind": absence.kind.value,
        "starts_at": absence.starts_at,
        "ends_at": absence.ends_at,
        "zone": absence.zone,
        "whole_days": absence.whole_days,
        "note": absence.note,
        "made_by": absence.made_by,
    }


def _to_offer(row: OfferRow) -> Offer:
    return Offer(
        row.id,
        row.person_id,
        row.mark,
        Kind(row.kind),
        row.heard_at,
        row.ends_at,
        OfferState(row.state),
    )


def _to_absence(row: AbsenceRow) -> Absence:
    return Absence(
        row.workspace_id,
        row.id,
        row.person_id,
        Kind(row.kind),
        row.starts_at,
        row.ends_at,
        row.zone,
        row.whole_days,
        row.note,
        row.made_by,
        row.version,
    )

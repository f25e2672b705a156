"""The tables of handovers, and how rows become a handover and its items."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.rules.handovers import Item, ItemState
from storage.base import Base, InWorkspace

OFFERED = "state = 'offered'"


class HandoverRow(InWorkspace, Base):
    __tablename__ = "handovers"

    id: Mapped[str] = mapped_column(primary_key=True)
    giver_id: Mapped[str]
    receiver_id: Mapped[str]
    made_at: Mapped[datetime]
    note: Mapped[str]


class ItemRow(InWorkspace, Base):
    """`position` is the place in the handover. A case is in one open offer at most, whoever offers it when."""

    __tablename__ = "handover_items"

    handover_id: Mapped[str] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    team_id: Mapped[str]
    giver_id: Mapped[str]
    asked_id: Mapped[str]
    """Who is asked now, or was asked last."""
    asked: Mapped[list[str]]
    offered_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    next_step: Mapped[str]
    waiting_on: Mapped[str]
    promised_by: Mapped[datetime | None]
    state: Mapped[str]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str]
    asked_again_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "handover_id"], ["handovers.workspace_id", "handovers.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "escalation_id"], ["escalations.workspace_id", "escalations.id"]
        ),
        Index(
            "ix_handover_items_offered",
            "workspace_id",
            "escalation_id",
            unique=True,
            postgresql_where=text(OFFERED),
            sqlite_where=text(OFFERED),
        ),
        Index("ix_handover_items_team", "workspace_id", "team_id", "offered_at"),
        Index("ix_handover_items_giver", "workspace_id", "giver_id", "offered_at"),
        Index("ix_handover_items_asked", "workspace_id", "asked_id", "offered_at"),
    )


def to_item(row: ItemRow) -> Item:
    return Item(
        row.workspace_id,
        row.handover_id,
        row.escalation_id,
        row.team_id,
        row.giver_id,
        tuple(row.asked),
        row.offered_at,
        row.asked_at,
        row.next_step,
        row.waiting_on,
        row.promised_by,
        ItemState(row.state),
        row.answered_at,
        row.reason,
        row.asked_again_at,
    )

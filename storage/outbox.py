"""What will be said: rows written with the facts they report, in lanes that keep the order of each channel.

A *note* holds its words. A *card* (an escalation, a Home tab) holds only its subject: it is drawn from the newest state
when it is sent, a newer request supersedes one that still waits, and where it was posted is remembered.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json
from storage.database import Tx


class Priority(IntEnum):
    """Smaller is sooner, between lanes; within a lane the order is that of the commits."""

    BREACH = 0
    ESCALATION = 1
    FOLLOW_UP = 2
    STANDUP = 3
    RECOGNITION = 4
    DIGEST = 5


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Card:
    """Which card: its kind, what it shows, and where. `channel` is a channel's id, or a person's for their DM or Home."""

    kind: str
    subject: str
    channel: str
    priority: Priority = Priority.ESCALATION


@dataclass(frozen=True, slots=True)
class Note:
    """One message. `key` says it once and for all: the same key again is the same message and is not sent twice.

    `thread_of` puts it in the thread of a card that this lane has posted before. Past `expires_at` it is worth nothing.
    """

    key: str
    channel: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    priority: Priority = Priority.FOLLOW_UP
    thread_of: Card | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


class LaneRow(InWorkspace, Base):
    """One channel's queue: its order, its spacing and its lease are this one row."""

    __tablename__ = "lanes"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    epoch: Mapped[int] = mapped_column(default=0)


class OutboxRow(InWorkspace, Base):
    __tablename__ = "outbox"

    lane: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    marker: Mapped[str]
    """128 random bits in the message's metadata, by which it is found again after an unclear outcome."""
    priority: Mapped[int]
    words: Mapped[str | None]
    blocks: Mapped[list[Json] | None] = mapped_column(JSON)
    card_kind: Mapped[str | None]
    card_subject: Mapped[str | None]
    """For a note: the card whose thread it goes into. For a card: itself."""
    is_card: Mapped[bool]
    supersedes: Mapped[str | None]
    not_before: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "lane"], ["lanes.workspace_id", "lanes.name"]),
        Index(None, "workspace_id", "key", unique=True),
        Index(
            "uq_outbox_waiting_card",
            "workspace_id",
            "supersedes",
            unique=True,
            postgresql_where=text("state = 'pending'"),
            sqlite_where=text("state = 'pending'"),
        ),
        Index(
            "ix_outbox_waiting",
            "workspace_id",
            "lane",
            "seq",
            postgresql_where=text("state IN ('pending', 'sending')"),
            sqlite_where=text("state IN ('pending', 'sending')"),
        ),
    )


class CardRow(InWorkspace, Base):
    """Where a card was posted. `posted_in` is the real channel (a DM's own id), `ts` the message, none for a Home tab."""

    __tablename__ = "cards"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    posted_in: Mapped[str | None]
    ts: Mapped[str | None]


class GateRow(InWorkspace, Base):
    """How fast one Web API method may be called: a pause after a 429, and a token bucket. `scope` is a lane, or empty for all."""

    __tablename__ = "gates"

    method: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True, default="")
    paused_until: Mapped[datetime | None]
    tokens: Mapped[float | None]
    refilled_at: Mapped[datetime | None]


async def say(tx: Tx, *things: Note | Card, now: datetime) -> None:
    """Queue messages and redraws in this transaction, in the order given. Delivery is woken after the commit."""
    raise NotImplementedError

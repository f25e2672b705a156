"""The tables of what will be said, and the words that say it: notes, cards, lanes, gates."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    and_,
    bindparam,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, InWorkspace, Json, Utc

HOME = "home"


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
    SENDING = "sending"  # on its way, or on its way when somebody died
    SENT = "sent"
    DEAD = "dead"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Card:
    """Which card: its kind, what it shows, and where. `channel` is a channel's id, or a person's for their DM or Home.

    Kind "home" is a person's Home tab; every other kind is a message. Among what has the same priority, what must be
    there by `urgent_by` waits behind all that has been waiting already, and goes ahead of what has more time.
    """

    kind: str
    subject: str
    channel: str
    priority: Priority = Priority.ESCALATION
    urgent_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One message. `key` says it once and for all: the same key again is the same message and is not sent twice.

    `thread_of` puts it in the thread of a card that this lane has posted before. Past `expires_at` it is worth nothing.
    `urgent_by` is a card's.
    """

    key: str
    channel: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    priority: Priority = Priority.FOLLOW_UP
    thread_of: Card | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    urgent_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that Slack has already, to be shown to a person in their own conversation, once, with some words.

    `channel` is the real id of the conversation. Like a note's, `key` says it once and for all.
    """

    key: str
    person_id: str
    channel: str
    file_id: str
    title: str
    text: str
    priority: Priority = Priority.FOLLOW_UP


class LaneRow(InWorkspace, Base):
    """One channel's queue: its order, its spacing and its lease are this one row."""

    __tablename__ = "lanes"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    """The whole lane waits: after a refusal that may pass, or until an unclear post can be looked for."""
    posts_not_before: Mapped[datetime | None]
    """Slack's spacing of new messages in one channel. Redraws of posted cards do not wait for it."""
    leased_until: Mapped[datetime | None]
    epoch: Mapped[int] = mapped_column(default=0)
    """Grows with each lease: whoever holds an older one has lost the lane."""


class OutboxRow(InWorkspace, Base):
    __tablename__ = "outbox"

    lane: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    marker: Mapped[str]
    """128 random bits in the message's metadata, by which it is found again after an unclear outcome."""
    channel: Mapped[str]
    priority: Mapped[int]
    words: Mapped[str | None]
    blocks: Mapped[list[Json] | None] = mapped_column(JSON)
    is_card: Mapped[bool]
    card_kind: Mapped[str | None]
    card_subject: Mapped[str | None]
    """For a note: the card whose thread it goes into. For a card: itself."""
    supersedes: Mapped[str | None]
    not_before: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None]
    sought_since: Mapped[datetime | None]
    """Since when it may be in the channel without our knowing; none if it cannot be."""
    looks: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    queued_at: Mapped[datetime]
    file_title: Mapped[str | None]
    """For a file: what it is called. Its marker is the id that Slack gave it."""
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None]
    told: Mapped[bool] = mapped_column(default=False)
    """For a dead row: a person was told of it."""
    urgent_by: Mapped[datetime | None]
    """Its place among what has the same priority, where that is not `queued_at`."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "lane"], ["lanes.workspace_id", "lanes.name"]),
        Index(None, "workspace_id", "key", unique=True),
        Index(None, "workspace_id", "queued_at"),
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
            "priority",
            "not_before",
            "queued_at",
            "state",
            "urgent_by",
            postgresql_where=text("state IN ('pending', 'sending')"),
            sqlite_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_dead",
            "workspace_id",
            "lane",
            "seq",
            postgresql_where=text("state = 'dead'"),
            sqlite_where=text("state = 'dead'"),
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
    drawing: Mapped[str | None]
    """A digest of what it shows now, so that drawing the same again is not sent."""


class GateRow(InWorkspace, Base):
    """How fast one Web API method may be called: a pause after a 429, a token bucket, the last minute.

    `scope` is a lane, or empty for all. The gate without a method is the whole workspace's: closed when its token is refused.
    """

    __tablename__ = "gates"

    method: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True, default="")
    paused_until: Mapped[datetime | None]
    tokens: Mapped[float | None]
    refilled_at: Mapped[datetime | None]
    minute: Mapped[list[list[float]] | None] = mapped_column(JSON)
    """The calls of the last minute."""
    most: Mapped[int | None]
    """How many of them Slack bore in a minute when it last refused."""
    learned_at: Mapped[datetime | None]
    full_until: Mapped[datetime | None]
    """Before then only what is urgent may go."""
    shut_until: Mapped[datetime | None]
    """Before then nothing may go."""


def _written_out(name: str, *states: State) -> BindParameter[Any]:
    """States that stand in the statement itself: a database recognises its partial indexes only by what it can read."""
    return bindparam(name, [one.value for one in states], expanding=True, literal_execute=True)


_UNFINISHED = _written_out("unfinished", State.PENDING, State.SENDING)
_PENDING, _DEAD = _written_out("pending", State.PENDING), _written_out("dead", State.DEAD)


def is_unfinished(row: type[OutboxRow] = OutboxRow) -> ColumnElement[bool]:
    """It waits, or is on its way."""
    return row.state.in_(_UNFINISHED)


def is_pending(row: type[OutboxRow] = OutboxRow) -> ColumnElement[bool]:
    """It waits."""
    return row.state.in_(_PENDING)


def is_dead(row: type[OutboxRow] = OutboxRow) -> ColumnElement[bool]:
    """It was given up."""
    return row.state.in_(_DEAD)


AT = bindparam("at", type_=Utc())
"""The present, in every statement that asks what is due."""


def is_due(row: type[OutboxRow] = OutboxRow) -> ColumnElement[bool]:
    """It need not wait for its time."""
    return or_(row.not_before.is_(None), row.not_before <= AT)


def is_free() -> ColumnElement[bool]:
    """The lane belongs to nobody and waits for nothing."""
    return and_(
        or_(LaneRow.leased_until.is_(None), LaneRow.leased_until <= AT),
        or_(LaneRow.not_before.is_(None), LaneRow.not_before <= AT),
    )

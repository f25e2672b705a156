"""What is asked of the outbox besides sending: which card a message is, dead letters, how much waits, holding after a restore, forgetting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from storage.database import Tx
from storage.outbox.recording import KEY, QUIETLY, Key
from storage.outbox.rows import (
    CardRow,
    GateRow,
    LaneRow,
    OutboxRow,
    State,
    is_dead,
    is_pending,
)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Something that was never said. `about` is its key, or its card's kind and subject."""

    lane: str
    seq: int
    channel: str
    priority: int
    about: str
    reason: str
    attempts: int
    queued_at: datetime


async def dead_letters(
    tx: Tx, *, limit: int = 100, untold_up_to: int | None = None
) -> list[DeadLetter]:
    """The newest first. `untold_up_to`: only those of this priority or more urgent that nobody was told of."""
    about = case(
        (OutboxRow.is_card, OutboxRow.card_kind + " " + OutboxRow.card_subject), else_=OutboxRow.key
    )
    wanted = select(
        OutboxRow.lane,
        OutboxRow.seq,
        OutboxRow.channel,
        OutboxRow.priority,
        about,
        func.coalesce(OutboxRow.last_error, ""),
        OutboxRow.attempts,
        OutboxRow.queued_at,
    ).where(is_dead())
    if untold_up_to is not None:
        wanted = wanted.where(OutboxRow.told.is_(False), OutboxRow.priority <= untold_up_to)
    found = await tx.execute(wanted.order_by(OutboxRow.queued_at.desc(), *KEY).limit(limit))
    return [DeadLetter(*row) for row in found]


async def mark_told(tx: Tx, key: Key) -> None:
    await tx.execute(
        update(OutboxRow)
        .where(tuple_(*KEY).in_([key]))
        .values(told=True)
        .execution_options(**QUIETLY)
    )


async def is_said(tx: Tx, key: str) -> bool:
    """Whether there is a note of this key, waiting or sent."""
    found = await tx.scalar(select(OutboxRow.seq).where(OutboxRow.key == key))
    return found is not None


async def find_card(tx: Tx, kind: str, channel: str, ts: str) -> str | None:
    """What the card of this kind shows that was posted in this channel as this message; None if there is no such card."""
    return await tx.scalar(
        select(CardRow.subject).where(
            CardRow.kind == kind, CardRow.channel == channel, CardRow.ts == ts
        )
    )


async def cards_about(
    tx: Tx, kind: str, subject: str, *, on_the_way_to: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """The cards of this kind whose subject begins so, as subject and channel: what was posted, and in these lanes what
    is on its way.
    """
    posted = select(CardRow.subject, CardRow.channel).where(
        CardRow.kind == kind,
        CardRow.subject.startswith(subject, autoescape=True),
        CardRow.ts.is_not(None),
    )
    found = {(str(one), channel) for one, channel in await tx.execute(posted)}
    if not (lanes := list(on_the_way_to)):
        return sorted(found)
    going = select(OutboxRow.card_subject, OutboxRow.channel).where(
        OutboxRow.lane.in_(lanes),
        OutboxRow.state == State.SENDING.value,
        OutboxRow.is_card,
        OutboxRow.card_kind == kind,
        OutboxRow.card_subject.startswith(subject, autoescape=True),
    )
    return sorted(found | {(str(one), channel) for one, channel in await tx.execute(going)})


async def count(tx: Tx) -> dict[State, int]:
    """How many rows are in each state that still matters."""
    states = [State.PENDING.value, State.SENDING.value, State.DEAD.value]
    found = await tx.execute(
        select(OutboxRow.state, func.count())
        .where(OutboxRow.state.in_(states))
        .group_by(OutboxRow.state)
    )
    return {State(state): number for state, number in found}


async def hold(tx: Tx, *, now: datetime) -> int:
    """Whatever waits may have been said already: every message is looked for since it was queued. Returns how many."""
    older = aliased(OutboxRow)
    is_behind = (  # the same card twice: the older is looked for, and the newer comes after it
        select(older.seq)
        .where(
            older.workspace_id == OutboxRow.workspace_id,
            older.supersedes == OutboxRow.supersedes,
            older.state == State.SENDING.value,
        )
        .exists()
    )
    held = await tx.scalars(
        update(OutboxRow)
        .where(
            or_(
                OutboxRow.state == State.SENDING.value,
                and_(is_pending(), ~is_behind),
            ),
            OutboxRow.queued_at <= now,
        )
        .values(
            state=State.SENDING.value,
            sought_since=OutboxRow.queued_at,
            looks=0,
            attempted_at=now,
            not_before=case((OutboxRow.not_before > now, OutboxRow.not_before), else_=None),
        )
        .returning(OutboxRow.seq)
        .execution_options(**QUIETLY)
    )
    await tx.execute(
        update(LaneRow)
        .values(leased_until=None, not_before=None, posts_not_before=None, epoch=LaneRow.epoch + 1)
        .execution_options(**QUIETLY)
    )
    tx.wakes.add("delivery")
    return len(held.all())


async def forget_before(tx: Tx, moment: datetime, *, limit: int = 500) -> int:
    """Drop what was said, or not needed to be, before this moment; at most `limit`. Dead letters stay. Returns how many."""
    over = [State.SENT.value, State.SUPERSEDED.value, State.EXPIRED.value]
    old = select(*KEY).where(OutboxRow.queued_at < moment, OutboxRow.state.in_(over)).limit(limit)
    dropped = await tx.scalars(
        delete(OutboxRow)
        .where(tuple_(*KEY).in_(old))
        .returning(OutboxRow.seq)
        .execution_options(**QUIETLY)
    )
    return len(dropped.all())


async def forget_gates(tx: Tx, moment: datetime) -> None:
    """Drop the gates of single lanes that have been open since before this moment."""
    await tx.execute(
        delete(GateRow)
        .where(GateRow.scope != "", GateRow.paused_until < moment)
        .execution_options(**QUIETLY)
    )

"""The whole of what the database says of escalations at one moment, and what was queued to be said since the last look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from bot.rules.escalations import Escalation, Event
from storage import escalations as stored
from storage.database import Database
from storage.escalations.rows import EscalationRow, to_escalation
from storage.outbox import OutboxRow
from storage.outbox import State as Said
from storage.timers import TimerRow
from tests.cast import WORKSPACE

Alarms = Mapping[tuple[int, str], datetime]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is to be said."""

    key: str
    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """`timelines` are those of the cases that changed since the last look; `notes` and `cards` were queued since then.

    `failed` are timers that have raised: there must be none.
    """

    cases: Mapping[int, Escalation] = field(default_factory=dict)
    timelines: Mapping[int, list[Event]] = field(default_factory=dict)
    alarms: Alarms = field(default_factory=dict)
    failed: Collection[str] = ()
    notes: Collection[Note] = ()
    cards: Collection[tuple[str, str]] = ()


async def look(db: Database, before: Look) -> Look:
    """What waits to be said is marked as sent, so that the next look finds what is new."""
    async with db.write(WORKSPACE) as tx:
        rows = await tx.scalars(select(EscalationRow).order_by(EscalationRow.id))
        cases = {row.id: to_escalation(row) for row in rows}
        changed = [one.id for one in cases.values() if one != before.cases.get(one.id)]
        timelines = {number: await stored.timeline(tx, number) for number in changed}
        timers = list(await tx.scalars(select(TimerRow)))
        said = list(await tx.scalars(select(OutboxRow).where(OutboxRow.state == Said.PENDING)))
        if said:
            pending = update(OutboxRow).where(OutboxRow.state == Said.PENDING)
            await tx.execute(pending.values(state=Said.SENT))
    return Look(
        cases,
        timelines,
        {(int(one.subject), one.kind): one.due_at for one in timers},
        [f"{one.kind} {one.last_error}" for one in timers if one.attempts],
        [Note(one.key, one.channel, one.words or "") for one in said if not one.is_card],
        [(one.card_subject or "", one.channel) for one in said if one.is_card],
    )

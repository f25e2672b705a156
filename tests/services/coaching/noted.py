"""A note under way: what became of it, who looked, and what was said of it."""

from dataclasses import replace

from sqlalchemy import select

from bot.rules.coaching import Commitment, CommitmentState, Entry, Note
from storage import coaching
from storage.coaching.rows import LookRow
from storage.database import Database
from storage.outbox import OutboxRow
from storage.timers import TimerRow
from tests.cast import WORKSPACE

WORDS = "I had asked the customer first"


async def now_it_is(db: Database, note: Note) -> Note:
    async with db.read(WORKSPACE) as tx:
        return await coaching.get(tx, note.id)


async def entries(db: Database, note: Note) -> list[Entry]:
    async with db.read(WORKSPACE) as tx:
        return await coaching.entries_of(tx, note.id)


async def settle(db: Database, promised: Commitment, state: CommitmentState) -> None:
    """As the people who own commitments would."""
    async with db.write(WORKSPACE) as tx:
        after = replace(promised, state=state)
        assert await coaching.change_commitment(tx, after, before=promised.state)


async def looks(db: Database, note: Note) -> list[tuple[str, bool]]:
    """Who looked, and whether it was private then."""
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(
            select(LookRow).where(LookRow.note_id == note.id).order_by(LookRow.at, LookRow.id)
        )
        return [(one.person_id, one.was_private) for one in rows]


async def outbox(db: Database) -> list[str]:
    """Everything that was ever to be said, with its blocks and its key."""
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(OutboxRow).order_by(OutboxRow.lane, OutboxRow.seq))
        return [f"{one.channel} {one.key} {one.words} {one.blocks}" for one in rows]


async def timers(db: Database) -> list[tuple[str, str, object]]:
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(TimerRow).order_by(TimerRow.due_at))
        return [(one.kind, one.subject, one.due_at) for one in rows]

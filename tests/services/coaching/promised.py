"""Commitments without a form: what was planned is begun, time passes, and what was said is read."""

from datetime import UTC, date, datetime

from bot.people import Person
from bot.rules.coaching import Commitment, CommitmentAction, CommitmentState, Entry, Note, State
from bot.services.coaching import promising
from bot.services.ticking import fire_due
from schedules.coaching import FIRE
from storage import coaching
from storage.database import Database
from tests import notes
from tests.cast import ALICE, NOON, WORKSPACE

DAYS = 3
DUE_ON = date(2026, 3, 5)
"""So many days after NOON, a Thursday."""


def morning(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def begun(db: Database, *planned: Commitment, about: Note | None = None) -> Note:
    """A note that is shared now, with what was planned in it; with none named, Alice's promise."""
    note = about or await notes.keep(db, State.SHARED, shared_at=NOON)
    if not planned:
        await notes.promise(db, note, state=CommitmentState.PLANNED, days=DAYS)
    async with db.write(WORKSPACE) as tx:
        await promising.begin(tx, note, now=NOON)
    return note


async def of(db: Database, note: Note) -> list[Commitment]:
    async with db.read(WORKSPACE) as tx:
        return await coaching.commitments_of(tx, note.id)


async def entries(db: Database, note: Note) -> list[Entry]:
    async with db.read(WORKSPACE) as tx:
        return await coaching.entries_of(tx, note.id)


async def settle(
    db: Database,
    one: Commitment,
    action: CommitmentAction = CommitmentAction.FINISH,
    *,
    person: Person = ALICE,
    key: str = "settle",
    now: datetime = NOON,
) -> Commitment:
    return await promising.settle(db, person, one.id, action, key=key, now=now)


async def pass_until(db: Database, now: datetime) -> int:
    """The clock shows this, after a downtime perhaps."""
    return await fire_due(db, WORKSPACE, FIRE, now)

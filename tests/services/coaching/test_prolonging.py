"""Who falls ill after a note was shared with them has as long to dispute it as anybody else."""

from datetime import date, datetime, timedelta

import pytest

from bot.people import Person
from bot.rules.absences import Draft
from bot.rules.coaching import Note, State
from bot.services import absences
from storage import coaching
from storage.database import Database
from tests.cast import ALICE, BEN, BOB, NOON, WORKSPACE
from tests.notes import keep
from tests.services.floor import furnish

DAY = timedelta(days=1)
SICK = Draft(ALICE.id, "sick", date(2026, 3, 3), date(2026, 3, 4))
"""Two whole days, from the midnight after the note was shared, in Alice's zone."""


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def until(db: Database, note: Note) -> datetime | None:
    async with db.read(WORKSPACE) as tx:
        return (await coaching.get(tx, note.id)).dispute_until


async def ill(db: Database, draft: Draft = SICK, person: Person = BOB, *, now: datetime) -> None:
    await absences.add(db, person, draft, key=f"ill {now}", now=now)


@pytest.mark.parametrize("state", [State.SHARED, State.ACKNOWLEDGED])
async def test_the_time_does_not_run_while_they_are_away(db: Database, state: State) -> None:
    note = await keep(db, state)
    assert note.dispute_until
    await ill(db, now=NOON + DAY)
    assert await until(db, note) == note.dispute_until + 2 * DAY


async def test_it_begins_again_if_it_was_over_while_they_were_away(db: Database) -> None:
    note = await keep(db, State.SHARED)
    assert note.dispute_until
    still_ill = Draft(ALICE.id, "sick", SICK.first, date(2026, 3, 5))
    await ill(db, still_ill, now=NOON + 3 * DAY)
    assert await until(db, note) == note.dispute_until + 3 * DAY


async def test_what_was_promised_is_not_taken_back(db: Database) -> None:
    note = await keep(db, State.SHARED)
    assert note.dispute_until
    await ill(db, now=NOON + DAY)
    [known] = (await absences.see(db, ALICE, now=NOON + DAY)).own
    await absences.remove(db, ALICE, known, key="well again", now=NOON + DAY)
    assert await until(db, note) == note.dispute_until + 2 * DAY


@pytest.mark.parametrize("state", [State.DISPUTED, State.DECIDED, State.CLOSED])
async def test_where_there_is_nothing_to_dispute_nothing_changes(
    db: Database, state: State
) -> None:
    note = await keep(db, state)
    await ill(db, now=NOON + DAY)
    assert await until(db, note) == note.dispute_until


async def test_of_somebody_else_nothing_changes(db: Database) -> None:
    note = await keep(db, State.SHARED)
    await ill(db, Draft(BEN.id, "sick", SICK.first, SICK.until), now=NOON + DAY)
    assert await until(db, note) == note.dispute_until

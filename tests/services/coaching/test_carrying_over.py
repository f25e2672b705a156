"""Carrying over: a commitment ends in its note, and goes on in the next one about the same person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.coaching import Commitment, CommitmentAction, CommitmentState, State
from bot.rules.coaching.promising import read_detail
from storage import coaching
from storage.database import Database
from tests import casebook, notes
from tests.casebook import said
from tests.cast import ALICE, BOB, NOON, WORKSPACE
from tests.services.coaching.promised import (
    DUE_ON,
    begun,
    entries,
    morning,
    of,
    pass_until,
    settle,
)


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def test_carried_over_it_ends_in_its_note_and_goes_on_in_the_new_one(db: Database) -> None:
    earlier = await begun(db)
    [old] = await of(db, earlier)
    later = await notes.keep(db, State.SHARED, shared_at=NOON)
    new = await carried(db, later.id, old.id)
    await begun(db, new, about=later)
    [after], [goes_on] = await of(db, earlier), await of(db, later)
    assert (after.state, after.settled_by) == (CommitmentState.CARRIED, BOB.id)
    assert (goes_on.state, goes_on.carried_from) == (CommitmentState.OPEN, old.id)
    [entry] = await entries(db, earlier)
    assert read_detail(entry.detail) == (CommitmentAction.CARRY, old.id)
    await pass_until(db, morning(4))
    assert await said(db, ALICE.id) == []  # it is due a week later now


async def test_what_was_settled_meanwhile_is_not_carried_over(db: Database) -> None:
    earlier = await begun(db)
    [old] = await of(db, earlier)
    await settle(db, old)
    later = await notes.keep(db, State.SHARED, shared_at=NOON)
    await begun(db, await carried(db, later.id, old.id), about=later)
    [after] = await of(db, earlier)
    assert after.state is CommitmentState.DONE


async def carried(db: Database, note_id: str, old_id: str) -> Commitment:
    """A new commitment in place of an old one, planned for a week later."""
    async with db.write(WORKSPACE) as tx:
        old = await coaching.find_commitment(tx, old_id)
        assert old
        new = replace(
            old,
            id=f"{old_id}-2",
            note_id=note_id,
            due_on=DUE_ON + timedelta(days=7),
            state=CommitmentState.PLANNED,
            carried_from=old_id,
        )
        await coaching.add_commitment(tx, new, now=NOON)
    return new

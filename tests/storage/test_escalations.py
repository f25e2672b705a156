"""Numbers, twins and compare-and-set: what the tables promise, within one workspace."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.rules.escalations import claimed, raised
from storage import escalations
from storage.database import Database
from tests import casebook
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, OTHER_WORKSPACE, SHIPPING, WORKSPACE


async def number_and_twin(
    db: Database, workspace_id: str, team_id: str, key: str
) -> tuple[int, int | None]:
    async with db.write(workspace_id) as tx:
        return await escalations.take_number(tx, team_id, key)


async def test_each_workspace_counts_for_itself(db: Database) -> None:
    assert await number_and_twin(db, WORKSPACE, BILLING, "1") == (1, None)
    assert await number_and_twin(db, WORKSPACE, BILLING, "1") == (2, None)
    assert (await number_and_twin(db, OTHER_WORKSPACE, BILLING, "1"))[0] == 2  # the canary's is 1
    assert await number_and_twin(db, "T0NEW", BILLING, "1") == (1, None)


async def test_a_twin_is_of_the_same_team_ticket_and_workspace_and_not_closed(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db)
    assert await number_and_twin(db, WORKSPACE, BILLING, "48213") == (2, 1)
    assert await number_and_twin(db, WORKSPACE, BILLING, "48214") == (3, None)
    assert await number_and_twin(db, WORKSPACE, SHIPPING, "48213") == (4, None)
    assert await number_and_twin(db, "T0NEW", BILLING, "48213") == (1, None)


async def test_a_change_of_what_changed_meanwhile_is_lost(db: Database) -> None:
    await casebook.set_up(db)
    before = await casebook.escalate(db)
    async with db.write(WORKSPACE) as tx:
        assert await escalations.change(tx, before, claimed(before, BOB, TEAM, now=NOON))
        assert await escalations.change(tx, before, claimed(before, BEN, TEAM, now=NOON)) is None
        found = await escalations.find(tx, before.id)
        assert found
        assert found.owner_id == BOB.id
        assert [one.version for one in await escalations.timeline(tx, before.id)] == [1, 2]


async def test_everything_that_was_written_is_read_again(db: Database) -> None:
    await casebook.set_up(db)
    draft = replace(DRAFT, promise="A call", promise_by=NOON, source="https://x.example/1")
    step = raised(ALICE, TEAM, draft, number=7, now=NOON)
    async with db.write(WORKSPACE) as tx:
        await escalations.add(tx, step)
    assert await casebook.case(db, 7) == step.after
    assert await casebook.timeline(db, 7) == [step.event]


async def test_a_number_is_never_given_twice(db: Database) -> None:
    await casebook.set_up(db)
    step = raised(ALICE, TEAM, DRAFT, number=7, now=NOON)
    async with db.write(WORKSPACE) as tx:
        await escalations.add(tx, step)
    with pytest.raises(IntegrityError):
        async with db.write(WORKSPACE) as tx:
            await escalations.add(tx, step)

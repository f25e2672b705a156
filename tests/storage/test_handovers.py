"""Handovers as rows: one open offer for a case, answers by whoever is first, and shifts from before are planned."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.rules.handovers import Handover, Item, ItemState, asked_again, moved
from storage import handovers, timers
from storage.database import Database, Tx
from storage.migrate import migrate
from tests import casebook
from tests.cast import BEN, BILLING, BOB, MARA, NOON, OTHER_WORKSPACE, WORKSPACE

ITEM = Item(WORKSPACE, "h1", 1, BILLING, BOB.id, (BEN.id,), NOON, NOON, "Call", "Jo", NOON)
MADE = Handover(WORKSPACE, "h1", BOB.id, BEN.id, NOON, "Note", (ITEM,))
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
async def _case(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)


def another(handover_id: str, at: datetime = NOON) -> Handover:
    item = replace(ITEM, handover_id=handover_id, offered_at=at)
    return replace(MADE, id=handover_id, items=(item,))


async def found(tx: Tx, handover_id: str = "h1") -> Item:
    handover = await handovers.find(tx, handover_id)
    assert handover
    return handover.items[0]


async def test_what_goes_in_comes_out(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        assert await handovers.add(tx, MADE) == []
    async with db.read(WORKSPACE) as tx:
        assert await handovers.find(tx, "h1") == MADE
        assert await handovers.find(tx, "h2") is None
        assert await handovers.offered_by(tx, BOB.id) == {1}
        assert await handovers.open_offers_of(tx, 1) == ["h1"]
        assert await handovers.open_offers_to(tx, BEN.id) == ["h1"]
        assert await handovers.open_offers_to(tx, BOB.id) == []
    async with db.read(OTHER_WORKSPACE) as tx:
        assert await handovers.find(tx, "h1") is None


async def test_a_case_is_in_one_open_offer(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await handovers.add(tx, MADE)
        assert await handovers.add(tx, another("h2")) == [1]
        assert await handovers.answer(tx, ITEM, ItemState.DECLINED, now=LATER, reason="No")
        assert await handovers.add(tx, another("h3")) == []


async def test_an_answer_counts_only_from_whoever_is_asked(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await handovers.add(tx, MADE)
        fallen = moved(ITEM, MARA.id, now=LATER)
        assert await handovers.move(tx, ITEM, fallen)
        assert not await handovers.move(tx, ITEM, fallen)
        assert not await handovers.answer(tx, ITEM, ItemState.ACCEPTED, now=LATER)
        assert await found(tx) == fallen
        assert await handovers.answer(tx, fallen, ItemState.ACCEPTED, now=LATER)
        assert not await handovers.answer(tx, fallen, ItemState.DECLINED, now=LATER)
        accepted = await found(tx)
        assert (accepted.state, accepted.answered_at) == (ItemState.ACCEPTED, LATER)
        noted = asked_again(accepted, MARA.id, now=LATER)
        assert await handovers.mark_asked_again(tx, noted)
        assert not await handovers.mark_asked_again(tx, noted)


async def test_the_past_comes_newest_first_in_pages(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        for number in range(3):
            at = NOON + timedelta(minutes=number)
            made = another(f"h{number}", at)
            await handovers.add(tx, made)
            await handovers.answer(tx, made.items[0], ItemState.KEPT, now=LATER)
        first = await handovers.history(tx, [BILLING], limit=2)
        second = await handovers.history(tx, [BILLING], BEN.id, limit=2, offset=2)
        assert [item.handover_id for item, _case in first.items] == ["h2", "h1"]
        assert [(item.handover_id, case.id) for item, case in second.items] == [("h0", 1)]
        assert (first.total, second.total) == (3, 3)
        assert (await handovers.history(tx, [BILLING], MARA.id, limit=2)).total == 0
        assert (await handovers.history(tx, [], limit=2)).total == 0
        since = NOON + timedelta(minutes=1)
        assert len(await handovers.list_since(tx, [BILLING], since)) == 2


async def test_the_ends_of_shifts_that_were_there_before_are_planned(db: Database) -> None:
    """The migration gives every team that has shifts one push; those that have none need none."""
    await migrate(db, "0008")
    async with db.maintaining() as connection:
        await connection.execute(
            text(
                "INSERT INTO shift_patterns"
                ' (workspace_id, id, team_id, name, weekdays, start, "end", version)'
                " VALUES (:here, 'p', :team, '', '[]', '09:00', '17:00', 1)"
            ),
            {"here": WORKSPACE, "team": BILLING},
        )
    await migrate(db)
    async with db.write(WORKSPACE) as tx:
        claimed = [await timers.claim_due(tx, NOON + timedelta(days=36_500)) for _ in range(9)]
    planned = [one for one in claimed if one and one.kind == "shift.plan_ends"]
    assert [one.subject for one in planned] == [BILLING]

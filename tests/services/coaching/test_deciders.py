"""Who was asked to decide and stays silent, or has gone: reminded once, then the next is asked, and nothing waits forever."""

import asyncio

import pytest

from bot.errors import Denied
from bot.people import Role
from bot.rules.coaching import State
from bot.services.coaching import disputing
from storage import people
from storage.database import Database
from tests.casebook import said
from tests.cast import ADA, ALICE, BEN, BOB, MARA, NOON, OLGA, WORKSPACE
from tests.services.coaching.disputes import DAY, decide, disputed, live, take_out
from tests.services.coaching.noted import now_it_is, timers
from tests.services.floor import furnish


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_whoever_is_silent_is_reminded_and_then_the_next_is_asked(db: Database) -> None:
    note = await disputed(db)
    await live(db, 2)
    assert "still waits for your decision" in (await said(db, MARA.id))[-1]
    assert await timers(db) == [(disputing.LOOK, note.id, NOON + 5 * DAY)]
    await live(db, 5)
    moved = await now_it_is(db, note)
    assert (moved.state, moved.decider_id) == (State.DISPUTED, BEN.id)
    assert "need not decide any more" in (await said(db, MARA.id))[-1]
    assert "you are asked to decide" in (await said(db, BEN.id))[-1]
    for person in (ALICE, BOB):
        assert (await said(db, person.id))[-1] == (
            "Somebody else is asked to decide about a disputed coaching note: <@U0BEN>, who can read it now."
        )
    with pytest.raises(Denied):
        await decide(db, note, MARA)
    assert (await decide(db, note, BEN, key="2")).state is State.DECIDED


async def test_after_a_downtime_of_a_week_the_next_is_asked_at_once(db: Database) -> None:
    note = await disputed(db)
    await live(db, 7)
    assert (await now_it_is(db, note)).decider_id == BEN.id
    assert not any("still waits" in one for one in await said(db, MARA.id))
    assert await timers(db) == [(disputing.LOOK, note.id, NOON + 9 * DAY)]


async def test_with_nobody_left_the_agent_is_told_once_and_it_can_still_be_decided(
    db: Database,
) -> None:
    note = await disputed(db)
    for days in (2, 5, 7, 10, 12, 15, 20, 25):
        await live(db, days)
    assert (await now_it_is(db, note)).decider_id == ADA.id
    told = [one for one in await said(db, ALICE.id) if "Nobody has decided yet" in one]
    assert len(told) == 1
    assert "Please talk to <@U0ADA>" in told[0]
    assert [at for _kind, _subject, at in await timers(db)] == [NOON + 30 * DAY]
    assert (await decide(db, note, ADA)).state is State.DECIDED


async def test_who_cannot_decide_any_more_is_replaced_at_the_next_look(db: Database) -> None:
    note = await disputed(db)
    await take_out(db, Role.MANAGER)
    await live(db, 2)
    assert (await now_it_is(db, note)).decider_id == BEN.id


async def test_with_nobody_there_at_all_somebody_who_comes_later_is_asked(db: Database) -> None:
    note = await disputed(db)
    await take_out(db, Role.MANAGER)
    await take_out(db, Role.LEAD, BOB)
    async with db.write(WORKSPACE) as tx:
        await people.set_admins(tx, [])
        moved = await disputing.replace_decider(tx, note, now=NOON)
    assert (moved.state, moved.decider_id) == (State.DISPUTED, None)
    assert "Nobody is there any more to decide" in (await said(db, ALICE.id))[-1]
    await take_out(db, Role.MANAGER, OLGA)
    await live(db, 5)
    assert (await now_it_is(db, note)).decider_id == OLGA.id


async def test_in_a_race_with_the_change_an_answer_counts_or_is_refused(
    db: Database,
) -> None:
    note = await disputed(db)
    done = await asyncio.gather(decide(db, note), live(db, 5), return_exceptions=True)
    after = await now_it_is(db, note)
    if isinstance(done[0], Exception):
        assert isinstance(done[0], Denied)
        assert (after.state, after.decider_id) == (State.DISPUTED, BEN.id)
    else:
        assert (after.state, after.decider_id) == (State.DECIDED, MARA.id)
        assert await said(db, BEN.id) == []


async def test_what_is_decided_is_not_given_to_anybody_else(db: Database) -> None:
    note = await decide(db, await disputed(db))
    async with db.write(WORKSPACE) as tx:
        assert await disputing.replace_decider(tx, note, now=NOON) == note
    await live(db, 9)
    assert (await said(db, BEN.id), await timers(db)) == ([], [])

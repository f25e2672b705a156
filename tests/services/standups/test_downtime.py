"""Baton was down when it should have asked: late inside the window, else whoever leads is told, once."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.people import Role
from bot.rules.shifts import Span
from bot.rules.standups import Moment, RoundState, Schedule, SeatState
from bot.services.standups import look_again
from bot.views.standups import ids
from storage import members, people, standups
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, WORKSPACE
from tests.services.floor import furnish
from tests.services.standups.clockwork import (
    DAY,
    EVE,
    HOUR,
    MINUTE,
    NINE,
    STANDUP,
    add,
    asks,
    edit,
    live,
    next_due,
    rounds,
    said,
    seats,
    states,
    the_round,
    told,
    wake_up,
)

CLOSE = NINE + 2 * HOUR


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def _missed(db: Database) -> dict[str, list[str]]:
    """Who is told that something could not be asked."""
    found = {one.id: await told(db, one) for one in (ALICE, BEN, BOB, MARA)}
    return {
        one: [text for text in texts if "not running" in text]
        for one, texts in found.items()
        if any("not running" in text for text in texts)
    }


@pytest.mark.parametrize(
    ("back", "reminded"),
    [(NINE + HOUR, True), (NINE + 96 * MINUTE, False), (CLOSE - MINUTE, False)],
)
async def test_late_inside_the_window(db: Database, back: datetime, *, reminded: bool) -> None:
    await add(db)
    await live(db, EVE)
    await wake_up(db, back)
    alice = (await seats(db))[ALICE.id]
    assert (alice.state, alice.ask_at, alice.asked_at) == (SeatState.ASKED, NINE, back)
    await live(db, CLOSE)
    assert len(await told(db, ALICE)) == (1 if reminded else 0)
    assert await _missed(db) == {}
    one = await the_round(db)
    assert (one.opens_at, one.opened_at, one.closed_at) == (NINE, back, CLOSE)


@pytest.mark.parametrize("back", [CLOSE, CLOSE + 5 * HOUR])
async def test_a_round_that_was_missed_is_told_once(db: Database, back: datetime) -> None:
    await add(db)
    await live(db, EVE)
    await wake_up(db, back)
    one = await the_round(db)
    assert (one.state, one.opened_at) == (RoundState.MISSED, None)
    assert set((await states(db)).values()) == {SeatState.NOT_ASKED}
    found = await _missed(db)
    assert sorted(found) == [BEN.id, BOB.id]
    [words] = found[BOB.id]
    assert "Morning" in words
    assert f"<!date^{NINE.timestamp():.0f}^" in words
    assert f"<!date^{(NINE + DAY).timestamp():.0f}^" in words  # the next one
    await live(db, NINE + DAY)
    assert await _missed(db) == found
    assert [one.state for one in await rounds(db)] == [RoundState.MISSED, RoundState.OPEN]
    assert not [one for one in await said(db) if one.card == ids.SUMMARY]


async def test_the_manager_is_told_where_nobody_leads(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        chosen = {Role.AGENT: [ALICE.id], Role.MANAGER: [MARA.id]}
        await members.set_chosen(tx, BILLING, chosen)
    await add(db)
    await live(db, EVE)
    await wake_up(db, CLOSE)
    assert list(await _missed(db)) == [MARA.id]


async def test_several_that_were_missed_are_one_message(db: Database) -> None:
    await add(db)
    await live(db, EVE)
    await wake_up(db, CLOSE + 3 * DAY)
    assert [one.state for one in await rounds(db)] == [RoundState.MISSED] * 4
    [words] = (await _missed(db))[BOB.id]
    assert words.count("<!date") == 5  # and the next one


async def test_what_is_long_ago_is_not_told_any_more(db: Database) -> None:
    await add(db)
    await live(db, EVE)
    await wake_up(db, CLOSE + 28 * DAY)
    assert (await rounds(db))[0].day.day == 17  # two weeks back


async def test_some_could_not_be_asked_and_others_are(db: Database) -> None:
    """Nine o'clock passes in Berlin while Baton is down, and comes later in New York."""
    async with db.write(WORKSPACE) as tx:
        [ben] = (await people.profiles(tx, [BEN.id])).values()
        await people.save(tx, replace(ben, zone="America/New_York"))
    await add(db, replace(STANDUP, schedule=Schedule(Moment.PERSON)))
    await live(db, EVE)
    await wake_up(db, CLOSE)
    assert await states(db) == {
        ALICE.id: SeatState.NOT_ASKED,
        BOB.id: SeatState.NOT_ASKED,
        BEN.id: SeatState.DUE,
    }
    found = await _missed(db)
    assert sorted(found) == [BEN.id, BOB.id]
    assert f"<@{ALICE.id}>, <@{BOB.id}>" in found[BEN.id][0]
    await live(db, NINE + 8 * HOUR)
    assert await asks(db) == [BEN.id]
    assert await _missed(db) == found
    assert (await the_round(db)).state is RoundState.CLOSED


async def test_down_in_the_middle_of_a_round(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        [ben] = (await people.profiles(tx, [BEN.id])).values()
        await people.save(tx, replace(ben, zone="America/New_York"))
    await add(db, replace(STANDUP, schedule=Schedule(Moment.PERSON)))
    await live(db, NINE)
    await wake_up(db, NINE + 8 * HOUR)  # the reminder, Ben's whole window and the close are over
    assert await states(db) == {
        ALICE.id: SeatState.SILENT,
        BOB.id: SeatState.SILENT,
        BEN.id: SeatState.NOT_ASKED,
    }
    assert await told(db, ALICE) == []
    assert sorted(await _missed(db)) == [BEN.id, BOB.id]
    assert (await the_round(db)).closed_at == NINE + 8 * HOUR


async def test_who_was_away_all_the_time_was_not_missed(db: Database) -> None:
    standup = await add(db)
    async with db.write(WORKSPACE) as tx:
        quiet = {ALICE.id: Span(NINE - HOUR, CLOSE)}
        await standups.put_quiet_times(tx, quiet, now=EVE)
        await look_again(tx, standup.id, now=EVE)
    await live(db, EVE)
    await wake_up(db, CLOSE)
    assert (await states(db))[ALICE.id] is SeatState.AWAY
    assert (await the_round(db)).state is RoundState.MISSED


async def test_a_change_that_comes_first_after_the_downtime_hides_nothing(db: Database) -> None:
    """Somebody edits before the clock has looked: what was due is still said to be missed."""
    standup = await add(db)
    await live(db, EVE)
    await edit(db, replace(standup, name="Daily"), now=CLOSE)
    assert await next_due(db) == NINE
    await wake_up(db, CLOSE)
    assert (await the_round(db)).state is RoundState.MISSED


async def test_a_team_that_has_just_moved_to_an_earlier_time_has_missed_nothing(
    db: Database,
) -> None:
    """At noon the time becomes nine: today is over, and nobody was down."""
    standup = await add(db, replace(STANDUP, schedule=Schedule(at=(NINE + 5 * HOUR).time())))
    await live(db, NINE + 3 * HOUR)
    await edit(db, replace(standup, schedule=STANDUP.schedule), now=NINE + 3 * HOUR)
    await live(db, NINE + DAY - MINUTE)
    assert not await rounds(db)
    assert await _missed(db) == {}

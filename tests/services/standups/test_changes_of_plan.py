"""Shifts and the set-up change while a round is open, and what was said ahead comes in. Nobody is asked twice for the same time."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.people import Role
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.rules.standups import Ahead, RoundState, Said, Schedule, SeatState, Via
from bot.services import shifts
from storage import standups
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, NOBODY, WORKSPACE
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
    by_shift,
    edit,
    live,
    rounds,
    seats,
    set_members,
    states,
    the_round,
    told,
)

TEN = NINE + HOUR
DUE, ASKED, AWAY, LEFT = SeatState.DUE, SeatState.ASKED, SeatState.AWAY, SeatState.LEFT
TODAY = date(2026, 3, 2)
EARLY = PatternDraft(("mon",), time(8), time(16), (ALICE.id, BOB.id))


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_who_gets_a_shift_joins_the_round_of_those_who_began_with_them(db: Database) -> None:
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="early", now=EVE)
    await add(db, by_shift())
    await live(db, NINE)
    await set_members(db, [ALICE, NOBODY], [BOB, BEN], now=NINE)
    for person, hour in ((BEN, 7), (NOBODY, 9)):
        extra = OverrideDraft("add", person.id, "", TODAY, time(hour, 30), time(18))
        await shifts.add_override(db, BOB, BILLING, extra, key=person.id, now=NINE)
    await live(db, NINE)
    one = await the_round(db)
    assert one.opens_at == NINE - 55 * MINUTE
    assert await states(db) == {ALICE.id: ASKED, BOB.id: ASKED, BEN.id: ASKED, NOBODY.id: DUE}
    await live(db, NINE + 3 * HOUR)
    found = await seats(db)
    assert (found[BEN.id].asked_at, found[BEN.id].until) == (NINE, NINE + 35 * MINUTE)
    assert found[NOBODY.id].asked_at == NINE + 35 * MINUTE
    assert (await the_round(db)).closed_at == NINE + 155 * MINUTE


async def test_who_begins_later_after_all_is_asked_then(db: Database) -> None:
    """Bob's shift moves before he is asked; Alice, who was asked, keeps her seat."""
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="early", now=EVE)
    staggered = PatternDraft(("mon",), time(9, 30), time(16), (BEN.id,))
    late = await shifts.add_pattern(db, BOB, BILLING, staggered, key="late", now=EVE)
    await add(db, by_shift())
    await live(db, NINE)
    assert (await states(db))[BEN.id] is DUE
    moved = replace(staggered, start=time(14))
    await shifts.change_pattern(db, BOB, late, moved, key="move", now=NINE)
    [early] = [
        one for one in (await shifts.list_patterns(db, BOB, BILLING))[1] if one.id != late.id
    ]
    later = replace(EARLY, start=time(8, 45))
    await shifts.change_pattern(db, BOB, early, later, key="early again", now=NINE)
    await live(db, NINE + DAY)
    assert (await states(db))[BEN.id] is AWAY
    assert (await seats(db, 1))[BEN.id].asked_at == NINE + 305 * MINUTE
    assert await asks(db) == [ALICE.id, BEN.id, BOB.id]
    assert len(await rounds(db)) == 2


async def test_whose_shift_is_taken_away_is_not_asked(db: Database) -> None:
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="early", now=EVE)
    staggered = PatternDraft(("mon",), time(9, 30), time(16), (BEN.id,))
    await shifts.add_pattern(db, BOB, BILLING, staggered, key="late", now=EVE)
    await add(db, by_shift())
    await live(db, NINE)
    off = OverrideDraft("remove", BEN.id, "", TODAY, time(9), time(18))
    await shifts.add_override(db, BOB, BILLING, off, key="off", now=NINE)
    await live(db, NINE + DAY)
    assert (await states(db))[BEN.id] is AWAY
    assert await asks(db) == [ALICE.id, BOB.id]


# the set-up


async def test_an_edit_counts_from_the_next_round(db: Database) -> None:
    standup = await add(db)
    await live(db, NINE)
    edited = replace(
        standup,
        name="Evening",
        channel="C0NEW",
        asked=frozenset({Role.AGENT}),
        schedule=Schedule(at=time(18), window_minutes=30),
    )
    await edit(db, edited, now=TEN)
    await set_members(db, [ALICE], [BEN, BOB, NOBODY], now=TEN)  # a lead: the round asks leads
    await live(db, NINE + 12 * HOUR)
    one = await the_round(db)  # one a day
    assert (one.name, one.channel, one.closed_at) == ("Morning", "", NINE + 2 * HOUR)
    assert sorted(await states(db)) == [ALICE.id, BEN.id, BOB.id, NOBODY.id]
    await live(db, NINE + DAY + 9 * HOUR + 30 * MINUTE)
    second = (await rounds(db))[1]
    assert (second.name, second.opens_at) == ("Evening", NINE + DAY + 9 * HOUR)
    assert list(await states(db, 1)) == [ALICE.id]


async def test_another_kind_of_time_does_not_ask_again_for_the_same_hours(db: Database) -> None:
    early = replace(EARLY, people=(ALICE.id, BOB.id, BEN.id), start=time(9, 30))
    await shifts.add_pattern(db, BOB, BILLING, early, key="early", now=EVE)
    standup = await add(db)
    await live(db, NINE)
    await edit(db, replace(standup, schedule=by_shift().schedule), now=TEN)
    await live(db, NINE + DAY)
    assert len(await rounds(db)) == 1
    assert await asks(db) == [ALICE.id, BEN.id, BOB.id]


async def test_one_that_is_switched_off_ends_its_round_and_begins_none(db: Database) -> None:
    standup = await add(db)
    await live(db, NINE)
    await edit(db, replace(standup, is_active=False), now=TEN)
    await set_members(db, [ALICE, NOBODY], [BEN], now=TEN)
    await live(db, NINE + 7 * DAY)
    assert (await the_round(db)).state is RoundState.CLOSED
    assert await states(db) == {
        ALICE.id: SeatState.SILENT,
        BEN.id: SeatState.SILENT,
        BOB.id: LEFT,
    }


@pytest.mark.parametrize(
    ("now", "asked_at"),
    [(TEN, TEN), (NINE + 3 * HOUR, None), (NINE - MINUTE, NINE)],
)
@pytest.mark.parametrize("was_there", [True, False])
async def test_one_that_is_new_or_switched_on_asks_while_there_is_time(
    db: Database, now: datetime, asked_at: datetime | None, *, was_there: bool
) -> None:
    """What would have been asked before is nobody's fault, even days later."""
    if was_there:
        off = await add(db, replace(STANDUP, is_active=False), now=EVE - 3 * DAY)
        await live(db, EVE)
        await edit(db, replace(off, is_active=True), now=now)
    else:
        await add(db, now=now)
    await live(db, NINE + 4 * HOUR)
    found = [one for one in await rounds(db) if one.state is not RoundState.MISSED]
    assert len(await rounds(db)) == len(found) == (1 if asked_at else 0)
    if asked_at:
        alice = (await seats(db))[ALICE.id]
        assert (alice.ask_at, alice.asked_at) == (asked_at, asked_at)
    assert not [words for words in await told(db, BOB) if "not running" in words]


# what was said ahead


async def test_what_was_said_ahead_is_there_when_the_round_opens(db: Database) -> None:
    await add(db)
    ahead = Ahead(STANDUP.id, ALICE.id, TODAY, SeatState.ANSWERED, EVE, {"q": Said("Refunds")})
    skips = replace(ahead, person_id=BEN.id, state=SeatState.SKIPPED, answers={})
    other = replace(ahead, person_id=BOB.id, day=date(2026, 3, 3))
    async with db.write(WORKSPACE) as tx:
        for one in (ahead, skips, other):
            await standups.put_ahead(tx, one)
    await live(db, NINE)
    found = await seats(db)
    assert (found[ALICE.id].state, found[ALICE.id].via) == (SeatState.ANSWERED, Via.AHEAD)
    assert found[BEN.id].state is SeatState.SKIPPED
    assert await asks(db) == [BOB.id]
    async with db.read(WORKSPACE) as tx:
        assert await standups.ahead_of(tx, STANDUP.id, TODAY, date(2026, 3, 3)) == [other]


async def test_who_joins_and_had_said_something_ahead_is_not_asked(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    async with db.write(WORKSPACE) as tx:
        out = Ahead(STANDUP.id, NOBODY.id, TODAY, SeatState.OUT, NINE)
        await standups.put_ahead(tx, out)
    await set_members(db, [ALICE, NOBODY], [BEN, BOB], now=TEN)
    await live(db, TEN)
    assert (await states(db))[NOBODY.id] is SeatState.OUT
    assert NOBODY.id not in await asks(db)

"""A round by the clock: opened, asked, reminded, closed, each once; several stand-ups of one person in one message."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from bot.app import FIRE
from bot.people import Person, Role
from bot.rules.absences import Absence, Kind
from bot.rules.people import Profile
from bot.rules.shifts import Span
from bot.rules.shifts.drafts import PatternDraft
from bot.rules.standups import Moment, RoundState, Schedule, SeatState
from bot.rules.teams import Team
from bot.services import shifts
from bot.services.standups import look_again
from bot.services.ticking import fire_due
from bot.views.standups import ids
from storage import absences, members, people, standups, teams
from storage.database import Database
from storage.outbox import OutboxRow
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, OTHER_WORKSPACE, WORKSPACE
from tests.services.floor import furnish
from tests.services.standups.clockwork import (
    DAY,
    EVE,
    HOUR,
    MINUTE,
    NINE,
    STANDUP,
    add,
    answer,
    asks,
    by_shift,
    live,
    next_due,
    rounds,
    said,
    seats,
    states,
    the_round,
    told,
)

EVERYBODY = [ALICE.id, BEN.id, BOB.id]


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_a_morning(db: Database) -> None:
    await add(db)
    await live(db, NINE - MINUTE)
    assert not await rounds(db)
    await live(db, NINE)
    assert await asks(db) == EVERYBODY
    assert set((await states(db)).values()) == {SeatState.ASKED}
    await answer(db, BOB, now=NINE + MINUTE)
    await live(db, NINE + 95 * MINUTE)
    assert await told(db, ALICE) == []
    await live(db, NINE + 96 * MINUTE)
    assert [len(await told(db, one)) for one in (ALICE, BEN, BOB)] == [1, 1, 0]
    assert "Morning" in (await told(db, ALICE))[0]
    await live(db, NINE + 2 * HOUR)
    one = await the_round(db)
    assert (one.state, one.closed_at) == (RoundState.CLOSED, NINE + 2 * HOUR)
    assert await states(db) == {
        ALICE.id: SeatState.SILENT,
        BEN.id: SeatState.SILENT,
        BOB.id: SeatState.ANSWERED,
    }
    assert len(await told(db, ALICE)) == 1


async def test_a_month_has_a_round_on_every_working_day(db: Database) -> None:
    await add(db)
    await live(db, EVE + 28 * DAY)
    found = await rounds(db)
    assert [one.day.day for one in found] == [
        day for day in range(2, 29) if datetime(2026, 3, day, tzinfo=UTC).weekday() < 5
    ]
    assert {one.state for one in found} == {RoundState.CLOSED}
    assert len(await told(db, ALICE)) == len(found)  # reminded once in each


async def test_the_round_remembers_what_it_began_with(db: Database) -> None:
    standup = await add(db, replace(STANDUP, channel="C0DAILY", heeds_dnd=False))
    await live(db, NINE)
    one = await the_round(db)
    assert one.setup == replace(standup, version=1)
    assert (one.opens_at, one.closes_at, one.opened_at) == (NINE, NINE + 2 * HOUR, NINE)
    await live(db, NINE + 2 * HOUR)
    assert any(one.card == ids.SUMMARY for one in await said(db, "C0DAILY"))


async def test_who_has_the_least_time_is_asked_first(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    async with db.read(WORKSPACE) as tx:
        rows = list(await tx.scalars(select(OutboxRow).where(OutboxRow.card_kind == ids.ASK)))
    assert {one.urgent_by for one in rows} == {NINE + 2 * HOUR}


async def test_looking_again_and_again_changes_nothing(db: Database) -> None:
    standup = await add(db)
    await live(db, NINE)
    before = await said(db), await seats(db)
    for minutes in (0, 1, 1, 30):
        async with db.write(WORKSPACE) as tx:
            await look_again(tx, standup.id, now=NINE + minutes * MINUTE)
        await live(db, NINE + minutes * MINUTE)
    assert (await said(db), await seats(db)) == before
    assert await next_due(db) == NINE + 96 * MINUTE  # when somebody is to be reminded


# one message for all


async def _messages(db: Database, person: Person) -> set[str]:
    return {one.subject for one in await said(db, person) if one.card == ids.ASK}


@pytest.mark.parametrize(
    ("minutes", "answered", "messages"),
    [(0, False, 1), (29, False, 1), (30, False, 1), (31, False, 2), (10, True, 2)],
)
async def test_two_standups_share_a_message(
    db: Database, minutes: int, messages: int, *, answered: bool
) -> None:
    await add(db)
    await add(
        db, replace(STANDUP, id="second", schedule=Schedule(at=(NINE + minutes * MINUTE).time()))
    )
    await live(db, NINE)
    if answered:
        await answer(db, ALICE, now=NINE + MINUTE)
    await live(db, NINE + minutes * MINUTE)
    found = {(await seats(db, number))[ALICE.id].message for number in (0, 1)}
    assert len(found) == messages
    assert await _messages(db, ALICE) == {f"{ALICE.id}:{one}" for one in found}
    assert found.isdisjoint({seat.message for seat in [(await seats(db))[BOB.id]]})


# by shift, by each person's clock


async def test_each_shift_has_its_round(db: Database) -> None:
    early = PatternDraft(("mon",), time(6), time(14), (ALICE.id, BOB.id))
    late = PatternDraft(("mon",), time(22), time(6), (BEN.id,))
    for one in (early, late):
        await shifts.add_pattern(db, BOB, BILLING, one, key=str(one.start), now=EVE)
    await add(db, by_shift())
    await live(db, NINE + DAY)
    assert [sorted(await states(db, number)) for number in (0, 1)] == [
        [ALICE.id, BOB.id],
        [BEN.id],
    ]
    first, second = await rounds(db)
    assert (first.opened_at, second.opened_at) == (NINE - 175 * MINUTE, NINE + 785 * MINUTE)
    assert (second.day, second.closed_at) == (first.day, second.closes_at)


async def test_a_round_lasts_until_the_last_clock(db: Database) -> None:
    """Nine in Berlin, in Athens an hour before, and in New York six hours later."""
    async with db.write(WORKSPACE) as tx:
        known = await people.profiles(tx, [ALICE.id, BEN.id])
        athens = replace(known[ALICE.id], zone="Europe/Athens")
        new_york = replace(known[BEN.id], zone="America/New_York")
        await people.save(tx, athens, new_york)
    await add(db, replace(STANDUP, schedule=Schedule(Moment.PERSON)))
    await live(db, NINE - 2 * HOUR)
    assert await states(db) == {
        ALICE.id: SeatState.ASKED,
        BOB.id: SeatState.DUE,
        BEN.id: SeatState.DUE,
    }
    await live(db, NINE + DAY)
    found = await seats(db)
    assert [found[one].asked_at for one in (ALICE.id, BOB.id, BEN.id)] == [
        NINE - 2 * HOUR,
        NINE - HOUR,
        NINE + 5 * HOUR,
    ]
    assert (await rounds(db))[0].closed_at == NINE + 7 * HOUR


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
async def test_in_a_night_when_clocks_change_it_is_asked_once(
    db: Database, night: datetime, expected: datetime
) -> None:
    """At half past two in Berlin: once that time is left out, once it comes twice."""
    schedule = Schedule(Moment.PERSON, ("sun",), time(2, 30))
    await add(db, replace(STANDUP, schedule=schedule), now=night)
    await live(db, night + 2 * DAY)
    [one] = await rounds(db)
    assert (one.opened_at, one.closed_at) == (expected, expected + 2 * HOUR)
    assert await asks(db) == EVERYBODY


# whoever is not there


async def _is_away(db: Database, person: Person, span: Span) -> None:
    one = Absence(WORKSPACE, person.id, person.id, Kind.SICK, span.start, span.end)
    async with db.write(WORKSPACE) as tx:
        await absences.add(tx, one)


async def test_who_is_away_is_not_asked_until_they_are_back(db: Database) -> None:
    await _is_away(db, ALICE, Span(EVE, NINE + HOUR))
    await _is_away(db, BOB, Span(EVE, NINE + DAY))
    await add(db)
    await live(db, NINE)
    assert await states(db) == {
        ALICE.id: SeatState.DUE,
        BEN.id: SeatState.ASKED,
        BOB.id: SeatState.AWAY,
    }
    await live(db, NINE + HOUR)
    assert (await seats(db))[ALICE.id].asked_at == NINE + HOUR
    await live(db, NINE + 2 * HOUR)
    assert await states(db) == {
        ALICE.id: SeatState.SILENT,
        BEN.id: SeatState.SILENT,
        BOB.id: SeatState.AWAY,
    }
    assert await asks(db) == [ALICE.id, BEN.id]
    assert len(await told(db, ALICE)) == 1  # reminded with everybody else


async def test_who_comes_back_after_the_reminders_is_not_reminded(db: Database) -> None:
    await _is_away(db, ALICE, Span(EVE, NINE + 110 * MINUTE))
    await add(db)
    await live(db, NINE + 2 * HOUR)
    assert (await seats(db))[ALICE.id].asked_at == NINE + 110 * MINUTE
    assert await told(db, ALICE) == []


async def test_where_nobody_is_there_is_no_round(db: Database) -> None:
    for one in (ALICE, BEN, BOB):
        await _is_away(db, one, Span(EVE, NINE + DAY))
    await add(db)
    await live(db, NINE + 3 * HOUR)
    assert not await rounds(db)
    assert await asks(db) == []


async def test_who_is_not_to_be_disturbed_is_asked_later(db: Database) -> None:
    standup = await add(db)
    async with db.write(WORKSPACE) as tx:
        quiet = {ALICE.id: Span(NINE - HOUR, NINE + 20 * MINUTE)}
        await standups.put_quiet_times(tx, quiet, now=NINE - 10 * MINUTE)
        await look_again(tx, standup.id, now=NINE - 10 * MINUTE)
    await live(db, NINE + 19 * MINUTE)
    assert await asks(db) == [BEN.id, BOB.id]
    await live(db, NINE + 20 * MINUTE)
    assert await asks(db) == EVERYBODY


async def test_another_workspace_is_left_alone(db: Database) -> None:
    """It has a stand-up, a team and a person of the same ids, and its own clock."""
    async with db.write(OTHER_WORKSPACE) as tx:
        await people.save(tx, Profile(ALICE.id, name="LEAK-Alice", updated=1))
        await teams.add(tx, Team(OTHER_WORKSPACE, BILLING, "LEAK-Billing"))
        await members.add(tx, BILLING, Role.AGENT, [ALICE.id])
    await add(db)
    await add(db, replace(STANDUP, workspace_id=OTHER_WORKSPACE, name="LEAK-Morning"))
    await live(db, NOON)
    assert await asks(db) == EVERYBODY
    assert not [one for one in await said(db) if "LEAK" in one.words]
    async with db.read(OTHER_WORKSPACE) as tx:
        assert await standups.list_rounds(tx, standup_ids=[STANDUP.id]) == []
        rows = await tx.scalars(select(OutboxRow).where(OutboxRow.card_kind == ids.ASK))
        assert not list(rows)
    await fire_due(db, OTHER_WORKSPACE, FIRE, EVE)
    await fire_due(db, OTHER_WORKSPACE, FIRE, NINE)
    async with db.read(OTHER_WORKSPACE) as tx:
        [one] = await standups.list_rounds(tx, standup_ids=[STANDUP.id])
        assert list(await standups.seats_of_round(tx, one.id)) == [one.id]
    assert len(await rounds(db)) == 1

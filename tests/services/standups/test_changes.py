"""People come, go, move, and fall sick while a round is open. Nobody is asked twice for the same time."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.people import Person, Role, system
from bot.rules.absences import Absence, Draft
from bot.rules.standups import Moment, Schedule, SeatState
from bot.rules.statuses import Status
from bot.rules.teams import Group
from bot.services import absences, teams
from storage import absences as stored_absences
from storage import members, people
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
    answer,
    asks,
    hear_of,
    live,
    rounds,
    seats,
    set_members,
    states,
    told,
)

TEN = NINE + HOUR
CLOCK = system(WORKSPACE)
DUE, ASKED, AWAY, LEFT = SeatState.DUE, SeatState.ASKED, SeatState.AWAY, SeatState.LEFT
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def _note_away(db: Database, person: Person, until: time | None, *, now: datetime) -> Absence:
    """Away from now until that time in Berlin, or for the whole day."""
    first = time(now.hour + 1, now.minute) if until else None
    draft = Draft(person.id, "sick", TODAY, TODAY, first, until)
    me = replace(person, zone="Europe/Berlin")
    return await absences.add(db, me, draft, key=f"away:{now}", now=now)


# people


async def test_who_joins_is_asked_at_once_and_who_leaves_no_more(db: Database) -> None:
    await add(db)
    await live(db, TEN)
    await set_members(db, [ALICE, NOBODY], [BEN], now=TEN)
    await live(db, TEN)
    assert await states(db) == {ALICE.id: ASKED, BEN.id: ASKED, BOB.id: LEFT, NOBODY.id: ASKED}
    newcomer = (await seats(db))[NOBODY.id]
    assert (newcomer.ask_at, newcomer.asked_at, newcomer.until) == (TEN, TEN, NINE + 2 * HOUR)
    await live(db, NINE + 2 * HOUR)
    assert await told(db, BOB) == []
    assert len(await told(db, NOBODY)) == 1


async def test_who_comes_back_has_their_question_back(db: Database) -> None:
    await add(db)
    await live(db, TEN)
    await set_members(db, [ALICE], [BEN], now=TEN)
    await live(db, TEN)
    await set_members(db, [ALICE], [BEN, BOB], now=TEN + MINUTE)
    await live(db, TEN + MINUTE)
    bob = (await seats(db))[BOB.id]
    assert (bob.state, bob.asked_at) == (ASKED, NINE)


async def test_who_joins_when_the_round_is_over_waits_for_the_next(db: Database) -> None:
    await add(db)
    await live(db, NINE + 3 * HOUR)
    await set_members(db, [ALICE, NOBODY], [BEN, BOB], now=NINE + 3 * HOUR)
    await live(db, NINE + DAY)
    assert NOBODY.id not in await states(db, 0)
    assert (await states(db, 1))[NOBODY.id] is ASKED


async def test_an_answer_stays_whoever_leaves(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    await answer(db, BOB, now=NINE)
    await set_members(db, [ALICE], [BEN], now=TEN)
    await live(db, TEN)
    assert (await states(db))[BOB.id] is SeatState.ANSWERED


async def test_who_was_deactivated_has_left(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    await hear_of(db, BOB, gone=True, now=TEN)
    await live(db, TEN)
    assert (await states(db))[BOB.id] is LEFT


async def test_a_user_group_brings_people_too(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.set_groups(tx, BILLING, {Role.AGENT: (Group("S1", members=()),)})
    await add(db)
    await live(db, NINE)
    await teams.follow_group(db, CLOCK, Group("S1", members=(NOBODY.id,)), key="group", now=TEN)
    await live(db, TEN)
    assert (await states(db))[NOBODY.id] is ASKED


async def test_who_moves_to_another_zone_is_not_asked_twice(db: Database) -> None:
    """Nine o'clock in Berlin has been, and comes again in New York."""
    await add(db, replace(STANDUP, schedule=Schedule(Moment.PERSON)))
    await live(db, NINE - HOUR)
    assert await asks(db) == [ALICE.id, BEN.id, BOB.id]
    await hear_of(db, BEN, "America/New_York", now=NINE - HOUR)
    await live(db, NINE + 20 * HOUR)
    assert len(await rounds(db)) == 1
    assert (await seats(db))[BEN.id].asked_at == NINE - HOUR


async def test_who_is_not_asked_yet_is_asked_by_their_new_clock(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        [ben] = (await people.profiles(tx, [BEN.id])).values()
        await people.save(tx, replace(ben, zone="America/New_York"))
    await add(db, replace(STANDUP, schedule=Schedule(Moment.PERSON)))
    await live(db, NINE - HOUR)
    assert (await seats(db))[BEN.id].ask_at == NINE + 5 * HOUR
    await hear_of(db, BEN, "America/Chicago", now=NINE)
    await live(db, NINE + DAY)
    assert (await seats(db))[BEN.id].asked_at == NINE + 6 * HOUR
    assert (await rounds(db))[0].closed_at == NINE + 8 * HOUR


# absences


async def test_who_falls_sick_is_away_and_not_missed(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    sick = await _note_away(db, ALICE, None, now=TEN)
    await live(db, TEN)
    assert (await states(db))[ALICE.id] is AWAY
    await absences.remove(db, ALICE, sick, key="back", now=TEN + MINUTE)
    await live(db, TEN + MINUTE)
    assert (await states(db))[ALICE.id] is ASKED  # and nobody has to ask again
    await _note_away(db, ALICE, None, now=TEN + 2 * MINUTE)
    await live(db, NINE + 2 * HOUR)
    assert (await states(db))[ALICE.id] is AWAY
    assert await told(db, ALICE) == []


async def test_who_is_away_for_a_while_is_reminded_when_they_are_back(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    await _note_away(db, ALICE, time(11, 45), now=NINE + 70 * MINUTE)
    await live(db, NINE + 70 * MINUTE)
    assert (await states(db))[ALICE.id] is AWAY
    await live(db, NINE + 105 * MINUTE - MINUTE)
    assert await told(db, ALICE) == []
    await live(db, NINE + 105 * MINUTE)
    alice = (await seats(db))[ALICE.id]
    assert (alice.state, alice.reminded_at) == (ASKED, NINE + 105 * MINUTE)


async def test_who_is_back_earlier_than_noted_is_asked_at_once(db: Database) -> None:
    sick = await _note_away(db, ALICE, None, now=NINE - 2 * HOUR)
    await add(db, now=NINE - 2 * HOUR)
    await live(db, NINE)
    assert (await states(db))[ALICE.id] is AWAY
    await absences.remove(db, ALICE, sick, key="back", now=TEN)
    await live(db, TEN)
    alice = (await seats(db))[ALICE.id]
    assert (alice.state, alice.ask_at, alice.asked_at) == (ASKED, TEN, TEN)


@pytest.mark.parametrize("heeds", [True, False])
async def test_a_status_counts_until_somebody_says_no_to_it(db: Database, *, heeds: bool) -> None:
    await add(db, replace(STANDUP, heeds_status=heeds))
    await live(db, EVE)
    status = Status("Vacationing", ":palm_tree:", said_at=NINE - HOUR)
    await absences.hear_status(db, CLOCK, ALICE, status, key="status", now=NINE - HOUR)
    await live(db, NINE)
    assert (await states(db))[ALICE.id] is (AWAY if heeds else ASKED)
    async with db.read(WORKSPACE) as tx:
        [offer] = await stored_absences.open_offers(tx, [ALICE.id])
    await absences.decline_offer(db, ALICE, offer.id, key="no", now=TEN)
    await live(db, TEN)
    assert (await seats(db))[ALICE.id].asked_at == (TEN if heeds else NINE)


async def test_a_status_that_is_over_counts_no_more(db: Database) -> None:
    await add(db)
    status = Status("Out sick", said_at=NINE - HOUR)
    await absences.hear_status(db, CLOCK, ALICE, status, key="status", now=NINE - HOUR)
    await live(db, NINE)
    over = Status(said_at=TEN)
    await absences.hear_status(db, CLOCK, ALICE, over, key="over", now=TEN)
    await live(db, TEN)
    assert (await seats(db))[ALICE.id].asked_at == TEN

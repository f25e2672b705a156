"""What changes while a round is open: people, absences, shifts, zones, the set-up. Nobody is asked twice for the same time."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.people import Person, Role, system
from bot.rules.absences import Absence, Draft
from bot.rules.people import Profile
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.rules.standups import Ahead, Moment, RoundState, Said, Schedule, SeatState, Via
from bot.rules.statuses import Status
from bot.rules.teams import Group
from bot.services import absences, shifts, teams
from bot.services import people as people_service
from storage import absences as stored_absences
from storage import members, people, standups
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOBODY, WORKSPACE
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
    edit,
    live,
    rounds,
    seats,
    states,
    the_round,
    told,
)

TEN = NINE + HOUR
CLOCK = system(WORKSPACE)
DUE, ASKED, AWAY, LEFT = SeatState.DUE, SeatState.ASKED, SeatState.AWAY, SeatState.LEFT
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def _set_members(
    db: Database, agents: list[Person], leads: list[Person], *, now: datetime
) -> None:
    by_role = {
        Role.AGENT: tuple(one.id for one in agents),
        Role.LEAD: tuple(one.id for one in leads),
        Role.MANAGER: (MARA.id,),
    }
    await teams.set_members(db, MARA, BILLING, by_role, key=f"members:{now}", now=now)


async def _hear_of(
    db: Database, person: Person, zone: str = "Europe/Berlin", *, gone: bool = False, now: datetime
) -> None:
    """Slack says that something about them is different now."""
    at = int(now.timestamp())
    profile = Profile(person.id, name=person.name, zone=zone, is_deleted=gone, updated=at)
    await people_service.save_profiles(db, CLOCK, [profile], now=now)


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
    await _set_members(db, [ALICE, NOBODY], [BEN], now=TEN)
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
    await _set_members(db, [ALICE], [BEN], now=TEN)
    await live(db, TEN)
    await _set_members(db, [ALICE], [BEN, BOB], now=TEN + MINUTE)
    await live(db, TEN + MINUTE)
    bob = (await seats(db))[BOB.id]
    assert (bob.state, bob.asked_at) == (ASKED, NINE)


async def test_who_joins_when_the_round_is_over_waits_for_the_next(db: Database) -> None:
    await add(db)
    await live(db, NINE + 3 * HOUR)
    await _set_members(db, [ALICE, NOBODY], [BEN, BOB], now=NINE + 3 * HOUR)
    await live(db, NINE + DAY)
    assert NOBODY.id not in await states(db, 0)
    assert (await states(db, 1))[NOBODY.id] is ASKED


async def test_an_answer_stays_whoever_leaves(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    await answer(db, BOB, now=NINE)
    await _set_members(db, [ALICE], [BEN], now=TEN)
    await live(db, TEN)
    assert (await states(db))[BOB.id] is SeatState.ANSWERED


async def test_who_was_deactivated_has_left(db: Database) -> None:
    await add(db)
    await live(db, NINE)
    await _hear_of(db, BOB, gone=True, now=TEN)
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
    await _hear_of(db, BEN, "America/New_York", now=NINE - HOUR)
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
    await _hear_of(db, BEN, "America/Chicago", now=NINE)
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


# shifts


EARLY = PatternDraft(("mon",), time(8), time(16), (ALICE.id, BOB.id))


async def test_who_gets_a_shift_joins_the_round_of_those_who_began_with_them(db: Database) -> None:
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="early", now=EVE)
    await add(db, by_shift())
    await live(db, NINE)
    await _set_members(db, [ALICE, NOBODY], [BOB, BEN], now=NINE)
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
    await _set_members(db, [ALICE], [BEN, BOB, NOBODY], now=TEN)  # a lead: the round asks leads
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
    await _set_members(db, [ALICE, NOBODY], [BEN], now=TEN)
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
    await _set_members(db, [ALICE, NOBODY], [BEN, BOB], now=TEN)
    await live(db, TEN)
    assert (await states(db))[NOBODY.id] is SeatState.OUT
    assert NOBODY.id not in await asks(db)

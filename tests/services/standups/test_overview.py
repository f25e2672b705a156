"""Everybody's own view: where each of their stand-ups stands, when it asks next, and what only leads read of it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.people import Person
from bot.rules.absences import Absence, Kind
from bot.rules.standups import Ahead, SeatState, StandUp
from bot.services import home
from bot.services.standups import overview
from bot.views.standups.overview import A_PAGE, Entry, Overview, Progress
from storage import absences, standups
from storage.database import Database
from tests import casebook
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.standups import STANDUP, WINDOW, close, focused, round_of, standup_of

NEXT = NOON.replace(day=3, hour=8)  # Tuesday at nine in Berlin
DAY = timedelta(days=1)


async def see(db: Database, person: Person = ALICE, **more: object) -> Overview:
    return await overview.see_overview(db, person, **{"now": NOON} | more)  # type: ignore[arg-type]


async def entry(db: Database, person: Person = ALICE) -> Entry:
    [found] = (await see(db, person)).entries
    return found


async def test_before_any_round_it_says_when_it_asks_next(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db)
    found = await entry(db)
    assert (found.round, found.seat, found.next_at, found.is_asked) == (None, None, NEXT, True)
    for person in (MARA, OLGA):  # who is not asked reads when it asks others
        found = await entry(db, person)
        assert (found.next_at, found.is_asked) == (NEXT, False)


async def test_a_round_that_runs_with_ones_own_seat_and_the_numbers(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, BOB, BEN, answers={BEN.id: focused("Refunds")})
    found = await entry(db)
    assert found.round == one
    assert found.seat is not None
    assert found.seat.state is SeatState.ASKED
    assert found.progress == Progress(answered=1, missing=2)
    assert (await entry(db, OLGA)).progress == Progress(answered=1, missing=2)


async def test_names_of_those_who_are_missing_are_for_leads_only(db: Database) -> None:
    await casebook.set_up(db)
    await round_of(db, ALICE, BOB, BEN, answers={BEN.id: focused("Refunds")})
    for person in (BOB, BEN, MARA):
        assert list((await entry(db, person)).missing) == [ALICE.id, BOB.id]
    for person in (ALICE, OLGA):
        found = await entry(db, person)
        assert (found.missing, found.may_lead) == ((), False)


async def test_each_sees_the_stand_ups_of_their_own_teams(db: Database) -> None:
    await casebook.set_up(db)
    await round_of(db)
    for person in (CHARLIE, DAN, ADA, NOBODY, STRANGER):
        seen = await see(db, person)
        assert (seen.total, seen.entries) == (0, [])
    assert (await see(db, NOBODY)).has_team is False
    assert (await see(db, CHARLIE)).may_set is True


async def test_the_round_that_runs_goes_before_one_that_is_over(db: Database) -> None:
    await casebook.set_up(db)
    earlier = await close(db, await round_of(db, at=NOON - timedelta(hours=6)))
    assert (await entry(db)).round == earlier
    running = await round_of(db, at=NOON - timedelta(hours=1))
    assert (await entry(db)).round == running


async def test_who_was_in_the_round_before_sees_their_own_and_the_one_that_runs(
    db: Database,
) -> None:
    await casebook.set_up(db)
    morning = await close(db, await round_of(db, ALICE, at=NOON - timedelta(hours=6)))
    evening = await round_of(db, BOB)
    own, current = (await see(db, ALICE)).entries
    assert (own.round, own.is_earlier, current.round, current.seat) == (
        morning,
        True,
        evening,
        None,
    )
    assert [one.round for one in (await see(db, BOB)).entries] == [evening]
    later = await see(db, ALICE, now=NOON + timedelta(hours=25))
    assert [one.round for one in later.entries] == [evening]


async def test_an_admin_without_a_team_may_set_up(db: Database) -> None:
    await casebook.set_up(db)
    assert (await see(db, ADA)).may_set is True
    assert (await see(db, NOBODY)).may_set is False


async def test_a_round_of_long_ago_is_not_shown(db: Database) -> None:
    await casebook.set_up(db)
    await close(db, await round_of(db, at=NOON - 2 * DAY))
    assert (await entry(db)).round is None


async def test_who_is_away_is_asked_when_they_are_back(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db)
    async with db.write(WORKSPACE) as tx:
        away = Absence(WORKSPACE, "a1", ALICE.id, Kind.SICK, NOON, NEXT + DAY + WINDOW)
        await absences.add(tx, away)
    assert (await entry(db)).next_at == NEXT + 2 * DAY
    assert (await entry(db, BOB)).next_at == NEXT


async def test_what_was_said_ahead_is_shown(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db)
    async with db.write(WORKSPACE) as tx:
        said = Ahead(STANDUP.id, ALICE.id, date(2026, 3, 3), SeatState.SKIPPED, NOON)
        await standups.put_ahead(tx, said)
    assert (await entry(db)).ahead is SeatState.SKIPPED
    assert (await entry(db, BOB)).ahead is None


async def test_one_that_is_switched_off_is_shown_while_its_round_runs(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    async with db.write(WORKSPACE) as tx:
        await standups.change(tx, replace(STANDUP, is_active=False))
    found = await entry(db)
    assert (found.round, found.next_at) == (one, None)
    await close(db, one)
    assert (await see(db)).total == 0


async def test_many_come_in_pages(db: Database) -> None:
    await casebook.set_up(db)
    for number in range(A_PAGE + 1):
        await standup_of(db, named(number))
    first = await see(db)
    assert (len(first.entries), first.total) == (A_PAGE, A_PAGE + 1)
    for page in (1, 99):
        found = await see(db, page=page)
        assert (found.page, [one.standup.id for one in found.entries]) == (1, [f"s{A_PAGE}"])


def named(number: int) -> StandUp:
    return replace(STANDUP, id=f"s{number}", name=f"Stand-up {number}")


async def test_mood_is_spoken_of_to_those_who_are_asked_for_it(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db)
    assert (await see(db, ALICE)).shares_mood is False
    for person in (OLGA, MARA, DAN):
        assert (await see(db, person)).shares_mood is None


async def test_home_shows_what_asks_and_nothing_else(db: Database) -> None:
    await casebook.set_up(db)
    first = await round_of(db, ALICE, BEN, answers={BEN.id: focused("x")})
    other = replace(STANDUP, id="late", name="<Late>")
    late = await round_of(db, ALICE, standup=other, at=NOON - timedelta(minutes=30))
    async with db.read(WORKSPACE) as tx:
        waiting = await overview.asking_now(tx, ALICE.id, now=NOON)
        assert [one.id for one, _seat in waiting] == [late.id, first.id]
        assert await overview.asking_now(tx, BEN.id, now=NOON) == []
        drawn = str((await home.draw(tx, ALICE.id, ALICE.id, now=NOON)).view)
        quiet = str((await home.draw(tx, BEN.id, BEN.id, now=NOON)).view)
    assert "*&lt;Late&gt;*" in drawn
    assert f"standup_answer:{first.id}" in drawn
    assert "Stand-ups that ask you" not in quiet
    await close(db, first)
    async with db.read(WORKSPACE) as tx:
        waiting = await overview.asking_now(tx, ALICE.id, now=NOON + WINDOW)
    assert [one.id for one, _seat in waiting] == [late.id]

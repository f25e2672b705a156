"""Where answers meet the clock, or each other: each counts once, in time or late, and none is lost."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.people import Person
from bot.rules.standups import RoundState, SeatState, Via
from bot.rules.standups.answers import Draft
from bot.services.standups import ahead, answering
from bot.views.standups import ids
from storage.base import new_id
from storage.database import Database
from tests.cast import ALICE, BEN, BOB, NOON
from tests.services.floor import furnish
from tests.services.standups import clockwork
from tests.services.standups.clockwork import EVE, NINE, add, asks, live, said, wake_up
from tests.standups import FLOOR, focused, round_of, seat_of

CHANNEL = "C0BILLING"
STANDUP = replace(clockwork.STANDUP, questions=FLOOR, channel=CHANNEL)
PEOPLE = (ALICE, BOB, BEN)
FOCUS = Draft(focused("Refunds"))


async def late(db: Database) -> list[str]:
    """The lines below the summary."""
    return [one.words for one in await said(db, CHANNEL) if one.words]


@pytest.mark.parametrize("first", [0, 2, 3])
async def test_in_a_race_with_the_end_an_answer_is_in_time_or_late_and_never_lost(
    db: Database, first: int
) -> None:
    """The clock closes the round while three people answer; `first` of them are a moment earlier."""
    await furnish(db)
    await add(db, STANDUP)
    await live(db, NINE)
    one = await clockwork.the_round(db)
    end = one.closes_at

    async def answer(person: Person) -> bool:
        """Whether the round was open still when it was kept."""
        await answering.answer(db, person, one.id, FOCUS, key=new_id(), now=end)
        return not any(f"<@{person.id}>" in line for line in await late(db))

    doing: list[Awaitable[object]] = [answer(person) for person in PEOPLE]
    in_time = await asyncio.gather(*doing[:first], wake_up(db, end), *doing[first:])
    await wake_up(db, end + timedelta(minutes=5))  # if an answer was in its way
    assert (await clockwork.the_round(db)).state is RoundState.CLOSED
    for person in PEOPLE:
        seat = await seat_of(db, one, person)
        assert (seat.state, seat.answers) == (SeatState.ANSWERED, focused("Refunds"))
    assert len(await late(db)) == len(set(await late(db))) == list(in_time).count(False)
    assert [one.card for one in await said(db, CHANNEL) if one.card][:1] == [ids.SUMMARY]


async def test_what_is_said_ahead_as_the_round_opens_is_meanwhile_kept_once(db: Database) -> None:
    await furnish(db)
    await add(db, STANDUP)
    await live(db, EVE)
    day = date(2026, 3, 2)
    doing = (
        ahead.answer_ahead(db, person, STANDUP.id, day, FOCUS, key=new_id(), now=NINE)
        for person in PEOPLE
    )
    await asyncio.gather(*doing, wake_up(db, NINE))
    await wake_up(db, NINE + timedelta(minutes=5))
    one = await clockwork.the_round(db)
    for person in PEOPLE:
        seat = await seat_of(db, one, person)
        assert (seat.state, seat.answers) == (SeatState.ANSWERED, focused("Refunds"))
        assert seat.via in {Via.AHEAD, Via.FORM}


async def test_who_answered_ahead_is_not_asked(db: Database) -> None:
    await furnish(db)
    await add(db, STANDUP)
    day = date(2026, 3, 2)
    await ahead.answer_ahead(db, ALICE, STANDUP.id, day, FOCUS, key="a", now=EVE)
    await ahead.skip_ahead(db, BOB, STANDUP.id, day, key="b", now=EVE)
    await live(db, NINE)
    assert await asks(db) == [BEN.id]
    one = await clockwork.the_round(db)
    seat = await seat_of(db, one)
    assert (seat.state, seat.via, seat.answers) == (
        SeatState.ANSWERED,
        Via.AHEAD,
        focused("Refunds"),
    )
    assert (await seat_of(db, one, BOB)).state is SeatState.SKIPPED
    seen = await ahead.see_ahead(db, ALICE, now=NINE)
    assert [each.round.id for each in seen.now] == [one.id]
    assert [each.day for each in seen.next] == [date(2026, 3, 3)]


async def answer(db: Database, round_id: str, words: str) -> None:
    draft = Draft(focused(words))
    await answering.answer(db, ALICE, round_id, draft, key=new_id(), now=NOON)


async def test_two_forms_of_one_person_at_once_and_one_of_them_stands(db: Database) -> None:
    await furnish(db)
    one = await round_of(db)
    await asyncio.gather(*(answer(db, one.id, f"Focus {n}") for n in range(3)))
    seat = await seat_of(db, one)
    assert seat.answers["focus"].text in {f"Focus {n}" for n in range(3)}
    assert seat.edited_at

"""What leads do and see in private: who is missing, one nudge a round, who took part; and nobody else sees any of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, Stale
from bot.people import Person
from bot.rules.reports import last_weeks
from bot.rules.standups import SeatState
from bot.rules.standups.measures import Counts
from bot.services.standups import leading
from bot.services.standups.leading import Nudged
from bot.views.standups.leads import Participation, Wanted
from storage import standups
from storage.database import Database
from tests import casebook
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.patience import PATIENT
from tests.standups import STANDUP, close, focused, round_of, seat_of, standup_of

DAY = timedelta(days=1)
LEADING = (BOB, BEN, MARA)
NOT_LEADING = (ALICE, OLGA, CHARLIE, DAN, ADA, NOBODY, STRANGER)


async def nudge(db: Database, round_id: str, person: Person = BOB, key: str = "nudge") -> Nudged:
    return await leading.nudge(db, person, round_id, key=key, now=NOON)


async def test_whoever_is_missing_is_nudged_once_in_a_round(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, BEN, MARA, answers={MARA.id: focused("Refunds")})
    assert await nudge(db, one.id) == Nudged(2, [])
    assert await nudge(db, one.id, key="again") == Nudged(0, [ALICE.id, BEN.id])
    assert await nudge(db, one.id, MARA, key="by Mara") == Nudged(0, [ALICE.id, BEN.id])
    [told] = await casebook.said(db, ALICE.id)
    assert f"<@{BOB.id}> would like to hear from you in *Floor*" in told
    assert len(await casebook.said(db, BEN.id)) == 1
    assert await casebook.said(db, MARA.id) == []
    assert (await seat_of(db, one, ALICE)).nudged_at == NOON


async def test_each_round_has_a_nudge_of_its_own(db: Database) -> None:
    await casebook.set_up(db)
    for day in (0, 1):
        one = await round_of(db, ALICE, at=NOON + day * DAY)
        assert await nudge(db, one.id, key=str(day)) == Nudged(1, [])
    assert len(await casebook.said(db, ALICE.id)) == 2


@pytest.mark.parametrize("state", [one for one in SeatState if one is not SeatState.ASKED])
async def test_nobody_else_is_nudged(sqlite_url: str, state: SeatState) -> None:
    db = Database(sqlite_url, PATIENT)
    await casebook.set_up(db)
    one = await round_of(db, ALICE, state=state)
    assert (await nudge(db, one.id)).count == 0
    assert await casebook.said(db, ALICE.id) == []
    await db.close()


async def test_nobody_nudges_themselves(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, BOB)
    assert await nudge(db, one.id) == Nudged(0, [])
    assert await nudge(db, one.id, BEN, key="ben") == Nudged(1, [])


async def test_the_same_press_twice_is_one(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE)
    await nudge(db, one.id)
    with pytest.raises(AlreadyHeard):
        await nudge(db, one.id)


async def test_two_leads_at_once_nudge_each_person_once(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, MARA)
    done = await asyncio.gather(*(nudge(db, one.id, lead, key=lead.id) for lead in (BOB, BEN)))
    assert sorted(done, key=lambda each: each.count) == [
        Nudged(0, [ALICE.id, MARA.id]),
        Nudged(2, []),
    ]
    for person in (ALICE, MARA):
        assert len(await casebook.said(db, person.id)) == 1


async def test_a_round_that_is_over_or_gone_says_so(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE)
    await close(db, one)
    for round_id in (one.id, "gone"):
        with pytest.raises(Stale):
            await nudge(db, round_id, key=round_id)
    assert await casebook.said(db, ALICE.id) == []


async def test_only_those_who_lead_the_team_see_and_nudge(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE)
    for person in NOT_LEADING:
        with pytest.raises((Denied, Stale)):
            await nudge(db, one.id, person, key=person.id)
        with pytest.raises((Denied, Stale)):
            await leading.see_missing(db, person, one.id)
        with pytest.raises(Denied):
            await look(db, person, BILLING)
        with pytest.raises(Denied):
            await look(db, person, "gone")
    for person in LEADING:
        assert await leading.see_missing(db, person, one.id) == (one, [ALICE.id])
        assert (await look(db, person)).team.id == BILLING
    assert await casebook.said(db, ALICE.id) == []


async def look(db: Database, person: Person = BOB, team_id: str = "") -> Participation:
    return await leading.see_participation(db, person, Wanted(team_id), now=NOON + 10 * DAY)


async def test_who_took_part_by_name_with_the_time_before(db: Database) -> None:
    await casebook.set_up(db)
    for day in range(5):
        said = {BEN.id: focused("x")} if day < 2 else {ALICE.id: focused("x"), BEN.id: focused("x")}
        one = await round_of(db, ALICE, BEN, at=NOON + day * DAY, answers=said)
        await close(db, one)
    earlier = await round_of(db, ALICE, at=NOON - 20 * DAY)
    await close(db, earlier)
    seen = await look(db)
    assert [(one.name, one.counts, one.before) for one in seen.people] == [
        ("Alice", Counts(in_time=3, silent=2), Counts(silent=1)),
        ("Ben", Counts(in_time=5), Counts()),
    ]
    assert (seen.whole, seen.before) == (Counts(in_time=8, silent=2), Counts(silent=1))
    assert seen.period == last_weeks(4, seen.today)


async def test_a_late_answer_is_late_and_away_does_not_count(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, BEN, answers={ALICE.id: focused("x")})
    seat = await seat_of(db, one, ALICE)
    async with db.write(WORKSPACE) as tx:
        await standups.change_seat(tx, replace(seat, answered_at=seat.until))
        away = replace(seat, person_id=BEN.id, state=SeatState.AWAY, answers={}, answered_at=None)
        await standups.change_seat(tx, away)
    assert not (await look(db)).people  # it still runs
    await close(db, one)
    assert [(one.name, one.counts) for one in (await look(db)).people] == [
        ("Alice", Counts(late=1))
    ]


async def test_each_team_for_itself(db: Database) -> None:
    await casebook.set_up(db)
    await close(db, await round_of(db, ALICE, answers={ALICE.id: focused("x")}))
    other = replace(STANDUP, id="ship", team_id=SHIPPING)
    await standup_of(db, other)
    await close(db, await round_of(db, DAN, standup=other, answers={DAN.id: focused("x")}))
    assert [one.person_id for one in (await look(db)).people] == [ALICE.id]
    assert [one.person_id for one in (await look(db, CHARLIE)).people] == [DAN.id]
    with pytest.raises(Denied):
        await look(db, CHARLIE, BILLING)

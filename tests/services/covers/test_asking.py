"""Asking for cover: who may, for which time, and what each reader sees."""

from dataclasses import replace
from datetime import date, time
from functools import partial

import pytest

from bot.errors import AlreadyHeard, Denied, Refused
from bot.people import Person
from bot.rules.absences import Draft
from bot.rules.covers import State
from bot.rules.shifts import Span
from bot.services import absences, shifts
from bot.services import covers as service
from storage import covers
from storage.database import Database
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
)
from tests.services.covers.acting import (
    ASK,
    HOUR,
    SHIFT,
    START,
    ask,
    now_it_is,
    on_shift,
    problems,
    take,
    timers,
    told,
)
from tests.services.floor import LEADS_CHANNEL, by_id


async def test_only_a_part_may_be_asked_for(db: Database) -> None:
    part = replace(ASK, start=time(10), end=time(12))
    cover = await ask(db, draft=part)
    await take(db, BEN, cover)
    assert ALICE.id in await on_shift(db, START)
    assert await on_shift(db, START + 2 * HOUR) == {BEN.id, BOB.id}
    assert ALICE.id in await on_shift(db, START + 4 * HOUR)


@pytest.mark.parametrize("person", [BOB, BEN, MARA, ADA], ids=by_id)
async def test_a_lead_asks_for_somebody_who_hears_of_it(db: Database, person: Person) -> None:
    cover = await ask(db, person)
    assert (cover.person_id, cover.asked_by) == (ALICE.id, person.id)
    assert "has asked Billing to cover your shift" in (await told(db, ALICE))[0]


@pytest.mark.parametrize("person", [OLGA, CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_asks_takes_or_arranges(db: Database, person: Person) -> None:
    """Nor does the refusal of a stranger say that there is such a request."""
    cover = await ask(db)
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    for doing in (
        partial(service.ask, draft=ASK),
        partial(service.take, cover_id=cover.id),
        partial(service.cancel, cover_id=cover.id),
        partial(service.undo, cover_id=cover.id),
        partial(service.arrange, cover_id=cover.id, taker_id=BEN.id),
    ):
        with pytest.raises(nothing):
            await doing(db, person, key="other", now=NOON)
    with pytest.raises(nothing):
        await service.open_cover(db, person, cover.id)
    assert (await now_it_is(db, cover)).state is State.OPEN


async def test_an_agent_arranges_nothing(db: Database) -> None:
    cover = await ask(db)
    for doing in (
        service.arrange(db, ALICE, cover.id, BEN.id, key="1", now=NOON),
        service.ask(db, ALICE, replace(ASK, taker=BEN.id, start=time(9)), key="2", now=NOON),
        service.ask(db, ALICE, replace(ASK, person_id=BOB.id), key="3", now=NOON),
        service.undo(db, ALICE, cover.id, key="4", now=NOON),
        service.see(db, ALICE, whose=BOB.id, now=NOON),
    ):
        with pytest.raises(Refused):
            await doing


async def test_the_same_request_twice_is_one(db: Database) -> None:
    cover = await ask(db)
    with pytest.raises(AlreadyHeard):
        await ask(db)
    await take(db, BEN, cover)
    with pytest.raises(AlreadyHeard):
        await take(db, BEN, cover)
    assert len(await told(db, ALICE)) == 1
    assert "Dentist" not in str(await told(db, BOB))


async def test_what_is_not_their_shift_is_not_asked_for(db: Database) -> None:
    late = Span(SHIFT.start, SHIFT.end + HOUR)
    assert await problems(ask(db, draft=replace(ASK, shift=late))) == {"shift"}
    assert await problems(ask(db, draft=replace(ASK, shift=None))) == {"shift"}
    assert await problems(ask(db, draft=replace(ASK, end=time(20)))) == {"end"}
    assert await problems(ask(db, draft=replace(ASK, reason="x" * 301))) == {"reason"}
    await ask(db, draft=replace(ASK, end=time(10)))
    assert await problems(ask(db, draft=replace(ASK, start=time(9)), key="2")) == {"shift"}
    await ask(db, draft=replace(ASK, start=time(10)), key="3")
    assert len(await timers(db)) == 2


async def test_who_is_away_can_ask_and_is_covered(db: Database) -> None:
    absence = await absences.add(
        db, ALICE, Draft(ALICE.id, "sick", date(2026, 3, 2), date(2026, 3, 9)), key="s", now=NOON
    )
    assert await service.to_cover(db, ALICE, absence, now=NOON) == 3  # today, tomorrow, next Monday
    assert await service.to_cover(db, BOB, absence, now=NOON) == 3
    assert await service.to_cover(db, DAN, absence, now=NOON) == 0
    cover = await ask(db)
    assert await service.to_cover(db, ALICE, absence, now=NOON) == 2
    await take(db, BEN, cover)
    assert await on_shift(db, START) == {BEN.id, BOB.id}


async def test_who_falls_ill_after_they_asked_is_covered_too(db: Database) -> None:
    cover = await ask(db)
    sick = Draft(ALICE.id, "sick", date(2026, 3, 3))
    await absences.add(db, ALICE, sick, key="s", now=NOON)
    await take(db, BEN, cover)
    assert await on_shift(db, START) == {BEN.id, BOB.id}


async def test_what_each_reader_sees_and_may_do(db: Database) -> None:
    cover = await ask(db)
    for person, reason, buttons in (
        (ALICE, "Dentist", (False, True, False, False)),
        (BOB, "Dentist", (True, True, True, False)),
        (MARA, "", (True, True, True, False)),
        (ADA, "", (False, True, True, False)),
    ):
        [seen] = (await service.see(db, person, now=NOON)).asked
        assert (seen.cover.id, seen.cover.reason) == (cover.id, reason)
        assert (seen.may_take, seen.may_cancel, seen.may_arrange, seen.may_undo) == buttons
    for person in (OLGA, CHARLIE, NOBODY, STRANGER):
        assert (await service.see(db, person, now=NOON)).asked == []
    await take(db, BEN, cover)
    [seen] = (await service.see(db, BOB, now=NOON)).asked
    assert (seen.may_take, seen.may_undo) == (False, True)
    assert len((await service.see(db, ALICE, now=NOON)).asked) == 1
    assert (await service.see(db, BOB, now=SHIFT.end)).asked == []


async def test_whose_shifts_can_be_chosen(db: Database) -> None:
    seen = await service.see(db, ALICE, now=NOON)
    assert (seen.person_id, seen.may_arrange) == (ALICE.id, False)
    assert [one.span for one in seen.shifts][:2] == [Span(NOON, NOON + 4 * HOUR), SHIFT]
    assert {one.team.id for one in seen.shifts} == {BILLING}
    assert (await service.see(db, ALICE, team_id=SHIPPING, now=NOON)).shifts == []
    of_alice = await service.see(db, BOB, whose=ALICE.id, now=NOON)
    assert (of_alice.shifts, of_alice.may_arrange) == (seen.shifts, True)
    with pytest.raises(Denied):
        await service.see(db, CHARLIE, whose=ALICE.id, now=NOON)
    await ask(db)
    assert SHIFT not in [one.span for one in (await service.see(db, ALICE, now=NOON)).shifts]


async def test_the_board_says_what_is_wanted(db: Database) -> None:
    await ask(db)
    [now] = (await shifts.board(db, BEN, now=NOON)).teams
    assert [(one.person_id, one.span) for one in now.wanted] == [(ALICE.id, SHIFT)]
    assert now.may_ask
    [now] = (await shifts.board(db, OLGA, now=NOON)).teams
    assert not now.may_ask


async def test_another_workspace_sees_nothing(db: Database) -> None:
    cover = await ask(db)
    async with db.read(STRANGER.workspace_id) as tx:
        assert await covers.find(tx, cover.id) is None
        assert await covers.of_teams(tx, [BILLING], *State, since=NOON) == []
        assert await service.draw(tx, cover.id, LEADS_CHANNEL) is None

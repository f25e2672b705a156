"""Taking, naming, cancelling and undoing: the first to accept has it, and everyone concerned is told."""

import asyncio
from dataclasses import replace
from datetime import date, time

import pytest

from bot.errors import Refused, Stale
from bot.people import Person, Role
from bot.rules.absences import Draft
from bot.rules.covers import State
from bot.rules.shifts.drafts import PatternDraft
from bot.services import absences, shifts
from bot.services import covers as service
from storage import members
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
    NOON,
    OLGA,
    SHIPPING,
    WORKSPACE,
)
from tests.services.covers.acting import (
    ASK,
    HOUR,
    SHIFT,
    START,
    ask,
    cards,
    drawn,
    now_it_is,
    on_shift,
    problems,
    take,
    timers,
    told,
)
from tests.services.floor import LEADS_CHANNEL, by_id


async def test_who_asks_is_covered_by_the_first_to_accept_and_all_are_told(db: Database) -> None:
    cover = await ask(db)
    assert await cards(db) == {LEADS_CHANNEL}
    assert await timers(db) == [START]
    assert await on_shift(db, START) == {ALICE.id, BOB.id}
    after = await take(db, BEN, cover)
    assert (after.state, after.taken_by) == (State.TAKEN, BEN.id)
    assert await now_it_is(db, cover) == after
    assert await on_shift(db, START) == {BEN.id, BOB.id}
    assert await on_shift(db, SHIFT.end - HOUR) == {BEN.id, BOB.id}
    assert await timers(db) == []
    assert "works in your place" in (await told(db, ALICE))[0]
    assert "in place of <@U0ALICE>" in (await told(db, BOB))[0]
    assert "You work in place of <@U0ALICE>" in (await told(db, BEN))[0]
    assert "works in place of" in await drawn(db, cover)


async def test_of_two_at_once_one_has_it(db: Database) -> None:
    cover = await ask(db)
    done = await asyncio.gather(take(db, BEN, cover), take(db, MARA, cover), return_exceptions=True)
    [late] = [one for one in done if isinstance(one, BaseException)]
    assert isinstance(late, Stale)
    assert "was a moment faster" in str(late)
    assert len(await on_shift(db, START)) == 2


async def test_nobody_takes_two_shifts_at_once(db: Database) -> None:
    first = await ask(db)
    second = await ask(db, BOB, replace(ASK, person_id=BOB.id), key="ask 2")
    done = await asyncio.gather(
        *(service.take(db, BEN, one.id, key=one.id, now=NOON) for one in (first, second)),
        return_exceptions=True,
    )
    assert [isinstance(one, Refused) for one in done].count(True) == 1
    assert len(await on_shift(db, START)) == 2


async def test_who_cannot_is_told_why(db: Database) -> None:
    cover = await ask(db)
    away = Draft(BEN.id, "sick", date(2026, 3, 3))
    await absences.add(db, BEN, away, key="away", now=NOON)
    for person, why in ((BEN, "noted as away"), (BOB, "work at that time"), (ALICE, "your own")):
        with pytest.raises(Refused, match=why):
            await take(db, person, cover)
        named = service.arrange(db, BOB, cover.id, person.id, key=f"n{person.id}", now=NOON)
        assert await problems(named) == {"taker"}
    for one in (OLGA.id, DAN.id, "U0UNKNOWN", ""):
        named = service.arrange(db, BOB, cover.id, one, key=f"n{one}", now=NOON)
        assert await problems(named) == {"taker"}
    assert (await now_it_is(db, cover)).state is State.OPEN


async def test_work_in_another_team_counts(db: Database) -> None:
    night = PatternDraft(("tue",), time(12), time(20), (BEN.id,))
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.AGENT, [BEN.id])
    await shifts.add_pattern(db, CHARLIE, SHIPPING, night, key="night", now=NOON)
    cover = await ask(db)
    with pytest.raises(Refused, match="work at that time"):
        await take(db, BEN, cover)


async def test_a_lead_names_who_works_at_once(db: Database) -> None:
    cover = await ask(db, BOB, replace(ASK, taker=BEN.id))
    assert (cover.state, cover.taken_by, cover.places) == (State.TAKEN, BEN.id, ())
    assert await on_shift(db, START) == {BEN.id, BOB.id}
    assert "has arranged that <@U0BEN> works in your place" in (await told(db, ALICE))[0]
    assert "has arranged that you work" in (await told(db, BEN))[0]
    assert await told(db, BOB) == []
    assert await timers(db) == []
    assert await problems(ask(db, BOB, replace(ASK, person_id=BOB.id, taker=BEN.id), "2")) == {
        "taker"
    }


async def test_a_lead_names_who_works_for_what_was_asked(db: Database) -> None:
    cover = await ask(db)
    assert (await service.open_cover(db, BOB, cover.id)).cover.id == cover.id
    after = await service.arrange(db, BOB, cover.id, MARA.id, key="1", now=NOON)
    assert after.taken_by == MARA.id
    with pytest.raises(Stale):
        await service.arrange(db, BEN, cover.id, BEN.id, key="2", now=NOON)
    assert "has arranged that <@U0MARA> works in place of" in (await told(db, BEN))[0]


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, ADA], ids=by_id)
async def test_it_is_cancelled_while_it_is_open(db: Database, person: Person) -> None:
    cover = await ask(db)
    await service.cancel(db, person, cover.id, key="1", now=NOON)
    assert await timers(db) == []
    assert "needs no cover" in await drawn(db, cover)
    assert len(await told(db, ALICE)) == (0 if person is ALICE else 1)
    with pytest.raises(Stale, match="not needed"):
        await take(db, BEN, cover)
    await ask(db, key="again")


async def test_what_is_taken_is_cancelled_by_nobody_and_undone_by_a_lead(db: Database) -> None:
    cover = await ask(db)
    await take(db, BEN, cover)
    with pytest.raises(Stale, match="has taken it already"):
        await service.cancel(db, ALICE, cover.id, key="1", now=NOON)
    after = await service.undo(db, BOB, cover.id, key="2", now=NOON)
    assert after.state is State.UNDONE
    assert await on_shift(db, START) == {ALICE.id, BOB.id}
    assert "You work as planned" in (await told(db, ALICE))[-1]
    assert "you do not work" in (await told(db, BEN))[-1]
    assert len(await told(db, BOB)) == 1  # that it was taken; what he undid is no news to him
    with pytest.raises(Stale):
        await service.undo(db, BOB, cover.id, key="3", now=NOON)


async def test_taking_out_the_change_in_the_shifts_undoes_it_too(db: Database) -> None:
    cover = await take(db, BEN, await ask(db))
    override = cover.override_id or ""
    await shifts.remove_override(db, BOB, BILLING, override, key="1", now=NOON)
    assert (await now_it_is(db, cover)).state is State.UNDONE
    assert "you do not work" in (await told(db, BEN))[-1]
    assert await on_shift(db, START) == {ALICE.id, BOB.id}


async def test_what_was_passed_on_is_undone_from_the_end(db: Database) -> None:
    first = await take(db, BEN, await ask(db))
    second = await ask(db, BEN, replace(ASK, person_id=BEN.id), key="on")
    await take(db, MARA, second, now=NOON + HOUR)
    assert await on_shift(db, START) == {MARA.id, BOB.id}
    with pytest.raises(Stale, match="passed this on"):
        await service.undo(db, BOB, first.id, key="1", now=NOON)
    await service.undo(db, BOB, second.id, key="2", now=NOON)
    await service.undo(db, BOB, first.id, key="3", now=NOON)
    assert await on_shift(db, START) == {ALICE.id, BOB.id}

"""Answering: case by case or all at once, each way of being too late, and having had to ask again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.escalations import State, Verdict, WaitDraft
from bot.rules.handovers import LOOK, ItemState
from bot.services import escalations
from bot.services import handovers as service
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
)
from tests.services.handovers import offers

LATER = NOON + timedelta(minutes=3)
VERDICT = Verdict("Bank was slow", "explanation", "", "", "no")


async def accept(
    db: Database, handover_id: str, number: int | None = 1, *, person: Person = BEN, key: str = "a"
) -> service.Answered:
    return await service.accept(db, person, handover_id, number, key=key, now=NOON)


async def test_who_accepts_owns_the_case_and_the_rest_stays(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await accept(db, made.id)
    assert [await offers.owner(db, n) for n in (1, 2)] == [BEN.id, BOB.id]
    assert [one.state for one in (await offers.handover(db, made.id)).items] == [
        ItemState.ACCEPTED,
        ItemState.OFFERED,
    ]
    assert "Call about 1" in (await casebook.timeline(db))[-1].why
    assert "You have it" in await offers.drawn(db, made, BEN)
    assert "<@U0BEN> has it now" in await offers.drawn(db, made, BOB)
    assert await casebook.said(db, BOB.id) == []


async def test_all_at_once_and_the_giver_hears_that_they_are_done(db: Database) -> None:
    await offers.set_up(db, 3)
    made = await offers.offer(db, 1, 2, 3)
    answered = await accept(db, made.id, None)
    assert (len(answered.items), answered.settled) == (3, ())
    assert {await offers.owner(db, n) for n in (1, 2, 3)} == {BEN.id}
    [line] = await casebook.said(db, BOB.id)
    assert "All 3 cases that you offered have a new owner" in line
    await offers.deliver(db)
    await offers.look(db, made, LATER)  # nothing is left to look after, and nothing to say
    assert await offers.due(db, LOOK) == []
    assert await offers.cards(db, BOB) == 0


async def test_who_declines_says_why_and_the_giver_keeps_it(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    assert len(await service.see_to_decline(db, BEN, made.id, None, now=NOON)) == 2
    for reason in ("", "x" * 1001):
        with pytest.raises(FormProblems) as refused:
            await service.decline(db, BEN, made.id, 1, reason, key="d", now=NOON)
        assert set(refused.value.problems) == {"why"}
    await service.decline(db, BEN, made.id, 1, "I know <nothing> of it", key="d", now=NOON)
    assert await offers.owner(db) == BOB.id
    [line] = await casebook.said(db, BOB.id)
    assert "<@U0BEN> can't take this case" in line
    assert "I know &lt;nothing&gt; of it" in line
    assert "can't take it: I know &lt;nothing&gt; of it." in await offers.drawn(db, made, BOB)
    assert "You declined it" in await offers.drawn(db, made, BEN)
    await accept(db, made.id, 2)
    assert (
        len(await casebook.said(db, BOB.id)) == 1
    )  # #1 is still his, so nobody says that he is done


async def test_declining_all_is_one_line_for_the_giver(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await service.decline(db, BEN, made.id, None, "Fully loaded", key="d", now=NOON)
    [line] = await casebook.said(db, BOB.id)
    assert "can't take these 2 cases" in line


async def test_nobody_answers_for_another(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    for person in (MARA, ALICE, OLGA, CHARLIE, DAN, ADA, NOBODY):
        for doing in (
            accept(db, made.id, person=person, key="1"),
            accept(db, made.id, None, person=person, key="2"),
            service.decline(db, person, made.id, 1, "No time", key="3", now=NOON),
            service.see_to_decline(db, person, made.id, 1, now=NOON),
            service.ask_again(db, person, made.id, 1, key="4", now=NOON),
        ):
            with pytest.raises(Refused):
                await doing
    assert await offers.owner(db) == BOB.id


async def test_nor_does_the_giver(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    with pytest.raises(Refused, match="was not offered to you"):
        await accept(db, made.id, person=BOB)


async def test_twice_is_harmless_and_says_so(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    await accept(db, made.id)
    with pytest.raises(AlreadyHeard):
        await accept(db, made.id)
    with pytest.raises(Stale, match="You have accepted #1 already"):
        await accept(db, made.id, key="b")
    with pytest.raises(Stale, match="answered already"):
        await accept(db, made.id, None, key="c")
    with pytest.raises(Stale, match="You have accepted #1 already"):
        await service.see_to_decline(db, BEN, made.id, 1, now=NOON)
    owners = [one for one in await casebook.timeline(db) if one.by == BEN.id]
    assert len(owners) == 1


async def test_accept_and_decline_at_once_and_one_of_them_counts(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    found = await asyncio.gather(
        *(accept(db, made.id, key=str(n)) for n in range(4)),
        service.decline(db, BEN, made.id, 1, "No time", key="d", now=NOON),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Stale) for one in found) == 4
    state = (await offers.item(db, made)).state
    assert await offers.owner(db) == (BEN.id if state is ItemState.ACCEPTED else BOB.id)


async def test_the_giver_resolves_meanwhile(db: Database) -> None:
    """At once nobody can accept it; within a second, when the clock looks, both messages say so."""
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await offers.deliver(db)
    await escalations.resolve(db, BOB, 1, VERDICT, key="r", now=LATER)
    assert await offers.due(db, LOOK) == [(made.id, "", LATER)]
    await offers.look(db, made, LATER)
    assert (await offers.item(db, made)).state is ItemState.SETTLED
    for person in (BOB, BEN):
        assert await offers.cards(db, person) == 1
        assert "Settled, or with another owner" in await offers.drawn(db, made, person)
    with pytest.raises(Stale, match="#1 is settled"):
        await accept(db, made.id)
    answered = await accept(db, made.id, None, key="all")
    assert [one.number for one in answered.items] == [2]
    assert await offers.owner(db, 1) is None
    assert "The case that you offered has a new owner" in (await casebook.said(db, BOB.id))[-1]


async def test_accepting_before_the_clock_has_looked(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await offers.give_back(db, 1, now=NOON)
    answered = await accept(db, made.id, None)
    assert [one.number for one in answered.settled] == [1]
    assert [one.number for one in answered.items] == [2]
    assert [await offers.owner(db, n) for n in (1, 2)] == [None, BEN.id]


async def test_it_is_merged_meanwhile(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1)
    await offers.merge(db, 1, into=2)
    answered = await accept(db, made.id)
    assert ([one.number for one in answered.settled], answered.items) == ([1], ())


async def test_it_gets_another_owner_meanwhile(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    await escalations.assign(db, BOB, 1, MARA.id, "She knows it", key="m", now=NOON)
    assert await offers.due(db, LOOK) == [(made.id, "", NOON)]
    answered = await accept(db, made.id)
    assert ([one.number for one in answered.settled], answered.items) == ([1], ())
    assert (await offers.item(db, made)).state is ItemState.SETTLED
    assert await offers.owner(db) == MARA.id


async def test_what_waits_for_somebody_is_handed_over_as_it_waits(db: Database) -> None:
    await offers.set_up(db)
    until = NOON + timedelta(hours=20)
    wait = WaitDraft("customer", "Jo looks for the receipt", until)
    await escalations.wait(db, BOB, 1, wait, key="w", now=NOON)
    found = await service.prefill(db, BOB, now=NOON)
    assert found.draft.items[0].waiting_on == "Jo looks for the receipt"
    made = await offers.offer(db, 1)
    await accept(db, made.id)
    case = await casebook.case(db)
    assert (case.owner_id, case.state, case.waiting_until) == (BEN.id, State.WAITING, until)


async def test_who_has_left_the_team_cannot_accept_and_sees_nothing(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    await offers.take_out(db, BEN)
    with pytest.raises(Denied, match="neither lead nor manager"):
        await accept(db, made.id, person=replace(BEN, roles={}))
    seen = await offers.drawn(db, made, BEN)
    assert "Refund" not in seen
    assert "1 case is not yours to see any more" in seen
    assert await offers.owner(db) == BOB.id


async def test_who_had_to_ask_again_says_so_once(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    with pytest.raises(Refused, match="Only who accepted"):
        await service.ask_again(db, BEN, made.id, 1, key="0", now=NOON)
    await accept(db, made.id)
    assert "Had to ask again" in await offers.drawn(db, made, BEN)
    await service.ask_again(db, BEN, made.id, 1, key="1", now=NOON)
    assert (await offers.item(db, made)).asked_again_at == NOON
    assert "Had to ask again" not in await offers.drawn(db, made, BEN)
    assert "had to ask again" in await offers.drawn(db, made, BOB)
    with pytest.raises(AlreadyHeard):
        await service.ask_again(db, BEN, made.id, 1, key="1", now=NOON)
    with pytest.raises(Stale, match="noted for #1 already"):
        await service.ask_again(db, BEN, made.id, 1, key="2", now=NOON)
    with pytest.raises(Refused):
        await service.ask_again(db, STRANGER, made.id, 1, key="3", now=NOON)

"""When nobody answers: the lead on shift is asked, and when there is none the giver keeps it and hears so."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Stale
from bot.people import Role
from bot.rules.handovers import LOOK, Handover, ItemState
from bot.services import absences, teams
from bot.services import handovers as service
from storage.database import Database
from tests import casebook
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, MARA, NOON
from tests.services.handovers import offers
from tests.services.handovers.offers import MINUTE, QUARTER

THREE = NOON + timedelta(hours=2)  # Ben comes


async def asked(db: Database, made: Handover, number: int = 1) -> tuple[str, ItemState]:
    item = await offers.item(db, made, number)
    return item.asked_id, item.state


async def test_nothing_falls_before_its_time(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    await offers.look(db, made, THREE + QUARTER - MINUTE)
    assert await asked(db, made) == (MARA.id, ItemState.OFFERED)
    [(_id, _step, at)] = await offers.due(db, LOOK)
    assert at == THREE + QUARTER


async def test_after_a_quarter_of_an_hour_the_lead_on_shift_is_asked(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2, to=MARA, now=THREE)
    await service.accept(db, MARA, made.id, 2, key="2", now=THREE)
    await offers.look(db, made, THREE + QUARTER)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)
    assert await asked(db, made, 2) == (MARA.id, ItemState.ACCEPTED)
    assert await offers.cards(db, BEN) == 1
    assert "hands a case over and had no answer. You are on shift" in await offers.drawn(
        db, made, BEN
    )
    assert "Offered to <@U0BEN>, who leads now" in await offers.drawn(db, made, BOB)
    assert "offered to <@U0BEN> meanwhile" in await offers.drawn(db, made, MARA)
    with pytest.raises(Stale, match="offered to <@U0BEN> meanwhile"):
        await service.accept(db, MARA, made.id, 1, key="late", now=THREE + QUARTER)
    await service.accept(db, BEN, made.id, 1, key="b", now=THREE + 20 * MINUTE)
    assert await offers.owner(db) == BEN.id


async def test_it_falls_on_until_nobody_is_left_to_ask(db: Database) -> None:
    await offers.set_up(db)
    await offers.make_alice_lead(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    for n, person in ((1, BEN), (2, ALICE)):
        await offers.look(db, made, THREE + n * QUARTER)
        assert await asked(db, made) == (person.id, ItemState.OFFERED)
    await offers.look(db, made, THREE + 3 * QUARTER)
    assert await asked(db, made) == (ALICE.id, ItemState.KEPT)
    assert await offers.owner(db) == BOB.id
    [line] = await casebook.said(db, BOB.id)
    assert "Nobody answered, and no other lead is on shift" in line
    assert "Refund not received" in line
    assert await offers.due(db, LOOK) == []


async def test_when_no_other_lead_is_on_shift_it_stays_with_the_giver(db: Database) -> None:
    """At 13:00 in Berlin only Bob is there; Ben was asked."""
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await offers.look(db, made, NOON + QUARTER)
    assert await asked(db, made) == (BEN.id, ItemState.KEPT)
    assert "stays with you" in await offers.drawn(db, made, BOB)
    assert "stays with <@U0BOB>" in await offers.drawn(db, made, BEN)
    [line] = await casebook.said(db, BOB.id)
    assert "these 2 cases stay with you" in line
    with pytest.raises(Stale, match="no answer in time, so #1 stays"):
        await service.accept(db, BEN, made.id, 1, key="late", now=NOON + QUARTER)
    await offers.offer(db, 1, to=MARA, key="next", now=NOON + QUARTER)


async def test_who_leaves_the_team_is_asked_no_more_within_a_minute(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    await offers.take_out(db, MARA)
    await offers.look(db, made, THREE + MINUTE)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)
    assert "Refund" not in await offers.drawn(db, made, MARA)


async def test_whoever_changes_the_team_has_its_offers_looked_at_at_once(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    kept = {Role.LEAD: [BOB.id, BEN.id]}
    await teams.set_members(db, ADA, BILLING, kept, key="out", now=THREE)
    assert await offers.due(db, LOOK) == [(made.id, "", THREE)]
    await offers.look(db, made, THREE)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)


async def test_who_is_set_away_is_asked_no_more_at_once(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    await offers.set_away(db, MARA, now=THREE + MINUTE)
    [(_id, _step, at)] = await offers.due(db, LOOK)
    assert at == THREE + MINUTE
    await offers.look(db, made, THREE + MINUTE)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)


async def test_an_absence_that_is_taken_out_again_changes_nothing(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    away = await offers.set_away(db, MARA, now=THREE)
    await absences.remove(db, MARA, away, key="out", now=THREE)
    await offers.look(db, made, THREE)
    assert await asked(db, made) == (MARA.id, ItemState.OFFERED)


async def test_what_the_giver_settled_does_not_fall(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    await offers.give_back(db, 1, now=THREE)
    await offers.look(db, made, THREE + QUARTER)
    assert await asked(db, made) == (MARA.id, ItemState.SETTLED)
    assert await offers.cards(db, BEN) == 0
    assert await casebook.said(db, BOB.id) == []


async def test_after_a_downtime_it_falls_by_one_step(db: Database) -> None:
    await offers.set_up(db)
    await offers.make_alice_lead(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    late = THREE + timedelta(hours=3)
    await offers.look(db, made, late)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)
    await offers.look(db, made, late + MINUTE)
    assert (await offers.item(db, made)).asked == (MARA.id, BEN.id)


async def test_firing_twice_and_for_nothing_is_harmless(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    for _ in range(2):
        await offers.look(db, made, NOON + QUARTER)
    assert len(await casebook.said(db, BOB.id)) == 1
    await offers.look(db, replace(made, id="gone"), NOON)


async def test_the_answer_and_the_clock_at_once_and_one_of_them_counts(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1, to=MARA, now=THREE)
    accepting = service.accept(db, MARA, made.id, 1, key="a", now=THREE + QUARTER)
    looking = offers.look(db, made, THREE + QUARTER)
    answer, _looked = await asyncio.gather(accepting, looking, return_exceptions=True)
    expected = (BEN.id, BOB.id) if isinstance(answer, Stale) else (MARA.id, MARA.id)
    assert ((await asked(db, made))[0], await offers.owner(db)) == expected


async def test_in_a_team_without_shifts_every_lead_counts_as_there(db: Database) -> None:
    """As for the policies: nobody has said who is on."""
    await casebook.set_up(db)
    await offers.hold(db, 1)
    made = await offers.offer(db, 1, to=MARA)
    await offers.look(db, made, NOON + QUARTER)
    assert await asked(db, made) == (BEN.id, ItemState.OFFERED)

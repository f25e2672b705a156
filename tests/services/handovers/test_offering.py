"""Offering: what the form begins with, who may be chosen, and taking it back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.rules.handovers import AT_MOST, LOOK, Draft, ItemDraft, ItemState
from bot.services import handovers as service
from storage.database import Database
from tests.cast import ADA, ALICE, BEN, BOB, CHARLIE, DAN, MARA, NOBODY, NOON, OLGA, STRANGER
from tests.services.handovers import offers


async def problems(doing: object) -> dict[str, str]:
    with pytest.raises(FormProblems) as refused:
        await doing  # type: ignore[misc]
    return {name: str(one) for name, one in refused.value.problems.items()}


async def test_the_form_begins_with_what_is_known(db: Database) -> None:
    """By promise; the next lead on shift is Ben, from 15:00 to 23:00 in Berlin."""
    await offers.set_up(db)
    await offers.hold(db, 2, promise=NOON + timedelta(hours=6))
    await offers.hold(db, 3, promise=NOON + timedelta(hours=2))
    await offers.hold(db, 4, person=BEN)
    found = await service.prefill(db, BOB, now=NOON)
    assert [one.number for one in found.draft.items] == [3, 2, 1]
    assert found.draft.items[0].promised_by == NOON + timedelta(hours=2)
    assert found.draft.to == BEN.id
    assert found.follower
    assert found.follower.since == NOON + timedelta(hours=2)


async def test_a_button_about_one_case_ticks_that_one(db: Database) -> None:
    await offers.set_up(db, 2)
    found = await service.prefill(db, BOB, only=2, now=NOON)
    assert [(one.number, one.goes) for one in found.draft.items] == [(2, True), (1, False)]
    with pytest.raises(Refused, match="#9 isn't yours"):
        await service.prefill(db, BOB, only=9, now=NOON)


async def test_what_is_waiting_on_somebody_is_held_too_and_more_than_fits_is_counted(
    db: Database,
) -> None:
    await offers.set_up(db, AT_MOST + 2)
    found = await service.prefill(db, BOB, now=NOON)
    assert (len(found.held.cases), found.held.left_out) == (AT_MOST, 2)


async def test_who_holds_nothing_is_told_so_kindly(db: Database) -> None:
    await offers.set_up(db)
    for person in (BEN, ALICE, NOBODY, STRANGER):
        with pytest.raises(Refused, match="nothing to hand over"):
            await service.prefill(db, person, now=NOON)


async def test_what_is_offered_is_not_offered_again(db: Database) -> None:
    await offers.set_up(db, 2)
    await offers.offer(db, 1)
    found = await service.prefill(db, BOB, now=NOON)
    assert ([one.number for one in found.draft.items], found.held.offered) == ([2], 1)
    said = await problems(offers.offer(db, 1, 2, key="again"))
    assert "#1 is offered already" in said["goes:1"]
    await offers.offer(db, 2, key="the other")
    with pytest.raises(Refused, match="offered already"):
        await service.prefill(db, BOB, now=NOON)


async def test_an_offer_is_a_message_for_each_side_and_the_giver_stays_the_owner(
    db: Database,
) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    assert [await offers.owner(db, n) for n in (1, 2)] == [BOB.id, BOB.id]
    assert (await offers.cards(db, BOB), await offers.cards(db, BEN)) == (1, 1)
    assert await offers.due(db, LOOK) == [(made.id, "", NOON + offers.MINUTE)]
    seen = await offers.drawn(db, made, BEN)
    for words in ("<@U0BOB> would like to hand 2 cases over", "Quiet day", "Call about 1"):
        assert words in seen
    assert "Accept all 2" in seen
    assert "<@U0BEN> is asked, and has not answered yet" in await offers.drawn(db, made, BOB)


async def test_who_could_not_own_a_case_is_refused_by_name(db: Database) -> None:
    await offers.set_up(db, 2)
    for to in (ALICE, OLGA, CHARLIE, DAN, ADA, NOBODY):
        said = await problems(offers.offer(db, 1, 2, to=to))
        assert f"{to.name} can't own #1, #2" in said["to"]


async def test_who_is_away_and_oneself_are_refused(db: Database) -> None:
    await offers.set_up(db)
    await offers.set_away(db, BEN)
    assert "Ben is away now" in (await problems(offers.offer(db, 1)))["to"]
    assert "You hold these already" in (await problems(offers.offer(db, 1, to=BOB)))["to"]
    assert (
        "Choose who takes over"
        in (await problems(offers.offer(db, 1, to=replace(BEN, id=""))))["to"]
    )


async def test_nobody_offers_what_they_do_not_hold(db: Database) -> None:
    """A lead beside the owner neither; and a number that is nobody's says the same."""
    await offers.set_up(db)
    for person in (BEN, MARA, ALICE, OLGA, CHARLIE, ADA, STRANGER):
        to = MARA if person is BEN else BEN
        for number in (77,) if person is STRANGER else (1, 77):
            said = await problems(offers.offer(db, number, to=to, person=person))
            assert f"#{number} is settled, or has another owner" in said[f"goes:{number}"]
    assert await offers.owner(db) == BOB.id


async def test_what_was_settled_while_the_form_was_open_is_named(db: Database) -> None:
    await offers.set_up(db, 2)
    await offers.give_back(db, 2, now=NOON)
    said = await problems(offers.offer(db, 1, 2))
    assert set(said) == {"goes:2"}


async def test_the_same_form_twice_is_one_offer(db: Database) -> None:
    await offers.set_up(db)
    await offers.offer(db, 1)
    with pytest.raises(AlreadyHeard):
        await offers.offer(db, 1)
    assert await offers.cards(db, BEN) == 1


async def test_two_forms_at_once_offer_a_case_once(db: Database) -> None:
    await offers.set_up(db)
    found = await asyncio.gather(
        *(offers.offer(db, 1, to=to, key=to.id) for to in (BEN, MARA)), return_exceptions=True
    )
    assert [type(one) for one in found].count(FormProblems) == 1


async def test_what_is_wrong_is_said_by_field(db: Database) -> None:
    await offers.set_up(db)
    empty = Draft(BEN.id, items=(ItemDraft(1, goes=False),))
    doing = service.offer(db, BOB, empty, key="1", now=NOON)
    assert "Tick at least one" in (await problems(doing))["goes:1"]


async def test_the_giver_takes_back_what_nobody_has_answered(db: Database) -> None:
    await offers.set_up(db, 2)
    made = await offers.offer(db, 1, 2)
    await service.accept(db, BEN, made.id, 1, key="a", now=NOON)
    await service.withdraw(db, BOB, made.id, key="w", now=NOON)
    states = [one.state for one in (await offers.handover(db, made.id)).items]
    assert states == [ItemState.ACCEPTED, ItemState.WITHDRAWN]
    await offers.look(db, made, NOON + offers.MINUTE)
    assert await offers.due(db, LOOK) == []
    with pytest.raises(Stale, match="<@U0BOB> has withdrawn #2"):
        await service.accept(db, BEN, made.id, 2, key="b", now=NOON)
    with pytest.raises(Stale, match="nothing is left"):
        await service.withdraw(db, BOB, made.id, key="w2", now=NOON)
    with pytest.raises(AlreadyHeard):
        await service.withdraw(db, BOB, made.id, key="w", now=NOON)
    await offers.offer(db, 2, key="later")  # free to be offered again
    assert "took it back" in await offers.drawn(db, made, BEN)


async def test_nobody_else_takes_it_back(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    for person in (BEN, MARA, CHARLIE, NOBODY, STRANGER):
        with pytest.raises(Denied if person is BEN else Refused):
            await service.withdraw(db, person, made.id, key="w", now=NOON)
    assert (await offers.item(db, made)).is_offered


async def test_another_workspace_is_not_touched(db: Database) -> None:
    await offers.set_up(db)
    made = await offers.offer(db, 1)
    for doing in (
        service.accept(db, STRANGER, made.id, 1, key="1", now=NOON),
        service.see_to_decline(db, STRANGER, made.id, 1, now=NOON),
        service.ask_again(db, STRANGER, made.id, 1, key="2", now=NOON),
    ):
        with pytest.raises(Refused, match="no such handover"):
            await doing

"""What may become of an offered case, as a truth table, and what is said to somebody who comes too late."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.errors import Refused, Stale
from bot.rules import handovers as rules
from bot.rules.escalations import claimed, raised
from bot.rules.handovers import ANSWER_WITHIN, LOOK_EVERY, NEXT, Answer, Handover, Item, ItemState
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOON, WORKSPACE

OFFERED, ACCEPTED, DECLINED, SETTLED, WITHDRAWN, KEPT = ItemState
NO = None

# One row per state, one column per answer: accept, decline, settle, withdraw, fall, keep.
TABLE: dict[ItemState, list[ItemState | None]] = {
    OFFERED: [ACCEPTED, DECLINED, SETTLED, WITHDRAWN, OFFERED, KEPT],
    ACCEPTED: [NO, NO, NO, NO, NO, NO],
    DECLINED: [NO, NO, NO, NO, NO, NO],
    SETTLED: [NO, NO, NO, NO, NO, NO],
    WITHDRAWN: [NO, NO, NO, NO, NO, NO],
    KEPT: [NO, NO, NO, NO, NO, NO],
}
ITEM = Item(WORKSPACE, "h1", 1, BILLING, BOB.id, (BEN.id,), NOON, NOON)
HANDOVER = Handover(WORKSPACE, "h1", BOB.id, BEN.id, NOON, items=(ITEM, replace(ITEM, number=2)))


@pytest.mark.parametrize(("state", "answer"), [*product(ItemState, Answer)])
def test_the_table(state: ItemState, answer: Answer) -> None:
    assert NEXT.get((state, answer)) is TABLE[state][list(Answer).index(answer)]


@pytest.mark.parametrize(
    ("item", "person_id", "said"),
    [
        (replace(ITEM, state=ACCEPTED), BEN.id, "accepted #1 already"),
        (replace(ITEM, state=DECLINED), BEN.id, "declined #1 already"),
        (replace(ITEM, state=SETTLED), BEN.id, "#1 is settled"),
        (replace(ITEM, state=WITHDRAWN), BEN.id, "<@U0BOB> has withdrawn #1"),
        (replace(ITEM, state=KEPT), BEN.id, "#1 stays with <@U0BOB>"),
        (replace(ITEM, asked=(BEN.id, MARA.id)), BEN.id, "offered to <@U0MARA> meanwhile"),
        (replace(ITEM, asked=(BEN.id, MARA.id), state=ACCEPTED), BEN.id, "offered to <@U0MARA>"),
        (replace(ITEM, asked=(BEN.id, MARA.id), state=KEPT), BEN.id, "stays with <@U0BOB>"),
    ],
)
def test_who_comes_too_late_is_told_what_happened(item: Item, person_id: str, said: str) -> None:
    with pytest.raises(Stale, match=said):
        rules.offered(replace(HANDOVER, items=(item,)), person_id, 1)


def test_one_case_or_all_that_somebody_is_asked_about() -> None:
    assert rules.offered(HANDOVER, BEN.id, 1) == (ITEM,)
    assert len(rules.offered(HANDOVER, BEN.id, None)) == 2
    with pytest.raises(Refused, match="#1 was not offered to you"):
        rules.offered(HANDOVER, MARA.id, 1)
    with pytest.raises(Refused, match="#7 was not offered to you"):
        rules.offered(HANDOVER, BEN.id, 7)
    with pytest.raises(Stale, match="answered already"):
        rules.offered(HANDOVER, MARA.id, None)


def test_what_the_giver_does_not_hold_has_moved_on() -> None:
    case = raised(ALICE, TEAM, DRAFT, number=1, now=NOON).after
    held = claimed(case, BOB, TEAM, now=NOON).after
    assert not rules.has_moved_on(ITEM, held)
    for gone in (None, case, replace(held, owner_id=BEN.id)):
        assert rules.has_moved_on(ITEM, gone)


def test_the_next_look_is_soon_and_exactly_when_an_item_falls() -> None:
    almost = NOON + ANSWER_WITHIN - timedelta(seconds=20)
    assert rules.next_look([ITEM], now=NOON) == NOON + LOOK_EVERY
    assert rules.next_look([ITEM], now=almost) == NOON + ANSWER_WITHIN
    assert rules.next_look([replace(ITEM, state=ACCEPTED)], now=NOON) is None


def test_only_who_accepted_can_say_once_that_they_had_to_ask() -> None:
    accepted = replace(ITEM, state=ACCEPTED)
    noted = rules.asked_again(accepted, BEN.id, now=NOON)
    assert noted.asked_again_at == NOON
    with pytest.raises(Stale, match="noted for #1 already"):
        rules.asked_again(noted, BEN.id, now=NOON)
    for item, person_id in ((accepted, BOB.id), (ITEM, BEN.id)):
        with pytest.raises(Refused, match="Only who accepted"):
            rules.asked_again(item, person_id, now=NOON)


def test_everybody_who_has_a_message() -> None:
    fallen = rules.moved(ITEM, MARA.id, now=NOON)
    assert (fallen.asked_id, fallen.asked, fallen.owner_id) == (
        MARA.id,
        (BEN.id, MARA.id),
        MARA.id,
    )
    assert replace(HANDOVER, items=(fallen,)).people == (BOB.id, BEN.id, MARA.id)

"""Acceptance time, handover age and re-asks, each by its definition."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.handovers import Item, ItemState, Measures, measure
from tests.cast import BEN, BILLING, BOB, NOON, WORKSPACE

ITEM = Item(WORKSPACE, "h1", 1, BILLING, BOB.id, (BEN.id,), NOON, NOON)
LATER = NOON + timedelta(hours=1)


def accepted(minutes: float, *, asked: bool = False) -> Item:
    at = NOON + timedelta(minutes=minutes)
    again = at if asked else None
    return replace(ITEM, state=ItemState.ACCEPTED, answered_at=at, asked_again_at=again)


def test_nothing_is_no_number() -> None:
    assert measure([], now=NOON) == Measures()
    assert measure([], now=NOON).asked_again_share is None


def test_each_number_by_its_definition() -> None:
    items = [
        *(accepted(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        accepted(30, asked=True),
        replace(ITEM, offered_at=NOON + timedelta(minutes=50), asked_at=LATER),
        replace(ITEM, offered_at=NOON + timedelta(minutes=40)),
        replace(ITEM, state=ItemState.DECLINED),
        replace(ITEM, state=ItemState.KEPT),
        replace(ITEM, state=ItemState.SETTLED),
        replace(ITEM, state=ItemState.WITHDRAWN),
    ]
    found = measure(items, now=LATER)
    assert found == Measures(
        offered=14,
        accepted=10,
        declined=1,
        kept=1,
        accept_median=timedelta(minutes=5, seconds=30),
        accept_p90=timedelta(minutes=9),
        oldest=timedelta(minutes=20),
        asked_again=1,
    )
    assert found.asked_again_share == 0.1


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40))
def test_at_least_nine_of_ten_took_no_longer_than_p90(minutes: list[int]) -> None:
    found = measure([accepted(one) for one in minutes], now=NOON)
    assert found.accept_p90 is not None
    assert found.accept_median is not None
    within = sum(timedelta(minutes=one) <= found.accept_p90 for one in minutes)
    assert within * 10 >= len(minutes) * 9
    assert found.accept_p90 in {timedelta(minutes=one) for one in minutes}
    below = sum(timedelta(minutes=one) < found.accept_median for one in minutes)
    above = sum(timedelta(minutes=one) > found.accept_median for one in minutes)
    assert max(below, above) * 2 <= len(minutes)

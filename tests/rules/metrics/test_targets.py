"""Targets: which days they take, what becomes of the ones before, and amounts as people write them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import Refused
from bot.rules.metrics.alert import amounts, targets
from bot.rules.metrics.alert.targets import Target
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from tests.cast import BILLING, BOB, NOON, WORKSPACE

TODAY = date(2026, 3, 10)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def held(
    first: int, last: int | None = None, amount: int = 80_000, *, person_id: str = ""
) -> Target:
    last_day = None if last is None else day(last)
    return Target(
        *(WORKSPACE, f"{first}", "csat", BILLING, person_id, amount),
        *(day(first), last_day, BOB.id, NOON),
    )


@pytest.mark.parametrize(
    ("known", "first", "last", "changed", "gone"),
    [
        ([], 0, None, [], []),
        ([held(-9)], 0, None, [held(-9, -1)], []),
        ([held(-9, -5)], 0, None, [], []),
        ([held(-9, -1)], 0, None, [], []),
        ([held(-9, 0)], 0, None, [held(-9, -1)], []),
        ([held(0)], 0, None, [], [held(0)]),
        ([held(-9, 4), held(5)], 0, None, [held(-9, -1)], [held(5)]),
        ([held(-9, 4), held(5)], 0, 4, [held(-9, -1)], []),
        ([held(-9, 4), held(5)], 0, 5, [held(-9, -1)], [held(5)]),
    ],
)
def test_the_one_before_ends_and_what_lies_within_is_gone(
    known: list[Target], first: int, last: int | None, changed: list[Target], gone: list[Target]
) -> None:
    last_day = None if last is None else day(last)
    found = targets.making_room(known, day(first), last_day)
    assert (list(found.changed), list(found.gone)) == (changed, gone)


@pytest.mark.parametrize(
    ("known", "first", "last", "field"),
    [
        ([], 0, None, ""),
        ([], -300, None, ""),
        ([held(-9)], 0, None, ""),
        ([held(-9)], -1, None, "first_day"),
        ([held(-9, -5)], -4, None, ""),
        ([held(-9, -5)], -5, None, "first_day"),
        ([held(-9, -5)], -30, -10, ""),
        ([held(-9, -5)], -30, -9, "first_day"),
        ([held(0)], 0, None, ""),
        ([], 5, 4, "last_day"),
        ([], 3 * 366 + 1, None, "first_day"),
    ],
)
def test_the_past_keeps_what_it_was(
    known: list[Target], first: int, last: int | None, field: str
) -> None:
    last_day = None if last is None else day(last)
    found = targets.problems(known, day(first), last_day, today=TODAY)
    assert set(found) == ({field} if field else set())


def test_a_target_needs_a_first_day() -> None:
    assert set(targets.problems([], None, None, today=TODAY)) == {"first_day"}


def test_ending_keeps_the_days_before_and_forgets_what_never_held() -> None:
    assert targets.ended(held(-9), today=TODAY).changed == [held(-9, -1)]
    assert targets.ended(held(-9, 9), today=TODAY).changed == [held(-9, -1)]
    assert targets.ended(held(-9, -3), today=TODAY) == targets.Change()
    assert targets.ended(held(0), today=TODAY).gone == [held(0)]
    assert targets.ended(held(4, 9), today=TODAY).gone == [held(4, 9)]


def test_somebodys_own_goes_before_the_teams() -> None:
    known = [held(-9), held(-9, amount=90_000, person_id="U0ALICE"), replace(held(5), metric="aht")]
    found = targets.on_day(known, TODAY)
    assert found.amount("csat", BILLING) == 80
    assert found.amount("csat", BILLING, "U0ALICE") == 90
    assert found.amount("csat", BILLING, "U0BEN") == 80
    assert found.amount("csat", "elsewhere") is None
    assert found.amount("aht", BILLING) is None
    assert targets.on_day(known, day(-10)).amount("csat", BILLING) is None


@pytest.mark.parametrize(
    ("key", "text", "sign", "amount"),
    [
        ("csat", "80 %", ".", 80_000),
        ("csat", "80", ".", 80_000),
        ("csat", "81,5", ".", 81_500),
        ("csat", "81.5%", ",", 81_500),
        ("rating", "4,2", ".", 4_200),
        ("rating", "4.25", ",", 4_250),
        ("nps", "-20", ".", -20_000),
        ("backlog", "1,500", ".", 1_500_000),
        ("backlog", "1.500", ",", 1_500_000),
        ("aht", "3:45", ".", 225_000),
        ("aht", "1:03:45", ".", 3_825_000),
        ("aht", "2 min", ".", 120_000),
        ("aht", "1h 30m", ".", 5_400_000),
        ("aht", "2.5 min", ".", 150_000),
        ("aht", "2,5 хв", ",", 150_000),
        ("aht", "3 λεπ. 20 δ", ",", 200_000),
        ("aht", "90", ".", 90_000),
        ("aht", "90 s", ".", 90_000),
        ("aht", "85.5", ".", 85_500),
        ("aht", "0,5", ",", 500),
        ("aht", "59.999 s", ".", 59_999),
    ],
)
def test_amounts_are_read_by_the_unit(key: str, text: str, sign: str, amount: int) -> None:
    metric = BY_KEY[key]
    assert amounts.read(text, metric, DecimalSign(sign)) == amount
    for one in DecimalSign:
        assert amounts.read(amounts.written(amount, metric, one), metric, one) == amount


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("csat", one) for one in ("", "?", "120", "-1", "3:45", "eighty", "9" * 60)),
        *(("aht", one) for one in ("80 %", "-3:45", "soon", "2 miles", "")),
        *(("rating", one) for one in ("80 %", "3:45", "1e300")),
        ("backlog", "-3"),
    ],
)
def test_what_is_no_amount_of_the_unit_is_refused(key: str, text: str) -> None:
    with pytest.raises(Refused, match="Please write"):
        amounts.read(text, BY_KEY[key])


def test_what_grows_with_the_days_has_no_target() -> None:
    assert not targets.can_have_one(BY_KEY["contacts"])
    assert targets.can_have_one(BY_KEY["csat"])
    assert targets.can_have_one(BY_KEY["backlog"])

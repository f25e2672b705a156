"""What a chart is made of: days, weeks and months, few enough of them; members the largest first; labels that differ."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.comparison.charts import (
    OTHERS,
    By,
    Point,
    Series,
    buckets,
    coarse,
    in_common,
    told_apart,
    unique,
)
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.slices import CHANNEL, HOUR
from bot.rules.reports.periods import Period

FIRST, LAST = date(2026, 2, 25), date(2026, 3, 10)  # a Wednesday, a Tuesday


def days(period: Period) -> str:
    return f"{period.first:%d.%m.}–{period.last:%d.%m.}"


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.WEEK, ["25.02.–01.03.", "02.03.–08.03.", "09.03.–10.03."]),
        (By.MONTH, ["25.02.–28.02.", "01.03.–10.03."]),
    ],
)
def test_buckets(by: By, expected: list[str]) -> None:
    assert [days(one) for one in buckets(FIRST, LAST, by)] == expected


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800), st.sampled_from(By))
def test_every_day_is_in_one_bucket(first: date, more: int, by: By) -> None:
    last = date.fromordinal(first.toordinal() + more)
    found = [
        day
        for one in buckets(first, last, by)
        for day in range(one.first.toordinal(), one.last.toordinal() + 1)
    ]
    assert found == list(range(first.toordinal(), last.toordinal() + 1))


@pytest.mark.parametrize(
    ("last", "by", "expected"),
    [
        (date(2026, 3, 16), By.DAY, By.DAY),
        (date(2026, 3, 17), By.DAY, By.WEEK),
        (date(2026, 3, 10), By.WEEK, By.WEEK),
        (date(2026, 12, 31), By.DAY, By.MONTH),
        (date(2036, 12, 31), By.DAY, By.MONTH),
    ],
)
def test_longer_times_are_told_more_coarsely(last: date, by: By, expected: By) -> None:
    assert coarse(FIRST, last, by, 20) is expected


def ratings(good: int, all_: int) -> Bundle:
    return Bundle(1, {"ratings_good": good * SCALE, "ratings": all_ * SCALE})


def test_members_are_the_largest_first_and_the_rest_together() -> None:
    bundles = [("chat", ratings(1, 2)), ("phone", ratings(5, 10)), ("mail", ratings(3, 4))]
    found = told_apart(
        BY_KEY["csat"], Period(FIRST, LAST), [*bundles, ("fax", Bundle(3))], CHANNEL, 2
    )
    assert [(one.member, one.value.amount, one.value.n) for one in found] == [
        ("phone", 50, 10), (OTHERS, pytest.approx(400 / 6), 6),
    ]  # fmt: skip


def test_hours_are_in_order() -> None:
    bundles = [("10", ratings(1, 99)), ("09", ratings(1, 2)), ("17", ratings(1, 100))]
    found = told_apart(BY_KEY["csat"], Period(FIRST, LAST), bundles, HOUR, 24)
    assert [one.member for one in found] == ["09", "10", "17"]


@given(st.lists(st.text(max_size=40), max_size=30))
def test_labels_are_short_and_differ(labels: list[str]) -> None:
    found = unique(labels, 20)
    assert len(set(found)) == len(labels)
    assert all(0 < len(one) <= 20 for one in found)


def test_labels_that_are_cut_to_the_same() -> None:
    assert unique(["A very long channel name one", "A very long channel name two"], 20) == [
        "A very long channel…", "A very long chann… 2",
    ]  # fmt: skip


GAPS = {
    "whole": (["xxxx", "xxxx"], [0, 1], [0, 1, 2, 3]),
    "one gap": (["xxxx", "x.xx"], [0, 1], [0, 2, 3]),
    "both began late": (["...xx", "...xx"], [0, 1], [3, 4]),
    "half is enough": (["xxxx", "..xx"], [0, 1], [2, 3]),
    "less is not": (["xxxx", "...x", "xx.x"], [0, 2], [0, 1, 3]),
    "nothing": (["....", "...."], [], []),
    "never together": (["x.", ".x"], [0, 1], []),
    "too many": (["xx"] * 9, [0, 1, 2, 3, 4, 5], [0, 1]),
}


@pytest.mark.parametrize(("held", "kept", "points"), GAPS.values(), ids=GAPS)
def test_several_lines_have_the_points_that_all_of_them_have(
    held: list[str], kept: list[int], points: list[int]
) -> None:
    day = Period(FIRST, FIRST)
    series = [
        Series(
            BY_KEY["csat"], tuple(Point(day, Value(1.0 if sign == "x" else None)) for sign in one)
        )
        for one in held
    ]
    assert in_common(series) == (kept, points)

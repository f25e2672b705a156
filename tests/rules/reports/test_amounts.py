"""Shares and percentiles, against the plain definitions."""

from collections import Counter
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.reports import Share, median, percentile

MINUTES = st.lists(st.integers(0, 500), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("part", "whole", "percent", "is_few"),
    [(25, 360, 6.944, False), (8, 9, 88.889, True), (9, 10, 90, False), (0, 10, 0, False)],
)
def test_shares(part: int, whole: int, percent: float, *, is_few: bool) -> None:
    share = Share(part, whole)
    assert share.percent == pytest.approx(percent, abs=0.001)
    assert share.is_few is is_few


@given(MINUTES)
def test_the_median_is_that_of_the_library(minutes: list[int]) -> None:
    assert median(Counter(minutes)) == plain_median(minutes)


@given(MINUTES, st.integers(1, 100))
def test_a_percentile_is_the_smallest_that_so_many_do_not_exceed(
    minutes: list[int], percent: int
) -> None:
    found = percentile(Counter(minutes), percent)

    def reached(length: int) -> bool:
        return sum(one <= length for one in minutes) * 100 >= percent * len(minutes)

    assert found in minutes
    assert reached(found)
    assert not any(reached(one) for one in minutes if one < found)


def test_of_nothing_there_is_neither() -> None:
    with pytest.raises(ValueError, match="nothing"):
        median(Counter())
    with pytest.raises(ValueError, match="nothing"):
        percentile(Counter(), 90)

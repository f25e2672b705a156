"""Days that are put side by side: as many, and on the same weekdays; and how days that somebody chooses move along."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.comparison.fairness import begun, ended, fair_other, fairness, length
from bot.rules.metrics.look.looks import Field, Look, Versus, View
from bot.rules.reports.periods import LONGEST, Period

MONDAY = date(2026, 3, 2)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
PERIODS = st.builds(
    lambda first, days: Period(first, first + timedelta(days=days)),
    DAYS,
    st.integers(0, LONGEST - 1),
)


def days(first: int, count: int) -> Period:
    """So many days from the Monday, and so many of them."""
    begin = MONDAY + timedelta(days=first)
    return Period(begin, begin + timedelta(days=count - 1))


@pytest.mark.parametrize(
    ("one", "other", "are_as_long", "are_alike"),
    [
        (days(0, 7), days(-7, 7), True, True),
        (days(0, 7), days(-5, 7), True, True),  # each weekday once, wherever a week begins
        (days(0, 1), days(-1, 1), True, False),  # Monday and Sunday
        (days(0, 1), days(-7, 1), True, True),
        (days(0, 5), days(-5, 5), True, False),
        (days(0, 14), days(-7, 7), False, True),
        (days(0, 10), days(-7, 7), False, False),
        (days(-1, 31), days(-29, 28), False, True),  # March and February
    ],
)
def test_what_may_be_put_side_by_side(
    one: Period, other: Period, *, are_as_long: bool, are_alike: bool
) -> None:
    found = fairness(one, other)
    assert (found.are_as_long, found.are_weekdays_alike) == (are_as_long, are_alike)
    assert fairness(other, one).are_weekdays_alike is are_alike


@given(PERIODS)
def test_the_days_that_are_offered_are_fair_and_come_before(period: Period) -> None:
    other = fair_other(period)
    found = fairness(period, other)
    assert found.are_as_long
    assert found.are_weekdays_alike
    assert not found.share_days
    assert fairness(period, Period(period.last, period.last)).share_days
    assert other.first.weekday() == period.first.weekday()
    assert other.last < period.first <= other.last + timedelta(days=7)


@given(PERIODS, DAYS)
def test_whichever_day_is_chosen_is_kept_and_there_are_days_between(
    period: Period, day: date
) -> None:
    assert begun(period, day).first == day
    assert ended(period, day).last == day
    for found in (begun(period, day), ended(period, day)):
        assert 1 <= length(found) <= LONGEST


def test_days_of_ones_own_move_one_by_one_and_go_with_another_step() -> None:
    first = Look(View.COMPARE, "b" * 32, versus=Versus.PERIODS, back=3)
    own = first.chosen(Field.APART, "20260302-20260308~20260223-20260301")
    assert own.days == (days(0, 7), days(-7, 7))
    assert Look.unpack(own.packed()) == own
    assert len(f"metrics_choose:{Field.OTHER_FIRST}:{own.packed()}") <= 255
    moved = own.chosen(Field.FIRST, "2026-03-04").chosen(Field.OTHER_LAST, "2026-02-10")
    assert moved.days == (days(2, 5), Period(date(2026, 2, 4), date(2026, 2, 10)))
    assert moved.period(date(2030, 1, 1)) == days(2, 5)
    assert moved.other(date(2030, 1, 1)) == moved.days[1]
    assert moved.chosen(Field.VERSUS, "teams").days == moved.days
    assert moved.chosen(Field.APART, "4") == first.chosen(Field.APART, "4")
    assert moved.chosen(Field.CADENCE, "monthly").days is None
    assert first.chosen(Field.FIRST, "2026-03-04") == first

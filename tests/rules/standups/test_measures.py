"""Who took part, by its definition; and a mood that is only told where nobody's answer can be guessed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.reports import Period
from bot.rules.standups import Seat, SeatState
from bot.rules.standups.measures import (
    Counts,
    Mood,
    Outcome,
    Tallied,
    Trend,
    before,
    by_person,
    falls,
    is_late,
    outcome,
    own_weeks,
    team_weeks,
    total,
    trend,
)
from tests.cast import NOON

SEAT = Seat("r1", "U1", NOON, NOON + timedelta(hours=2))
MONDAY = date(2026, 3, 2)
LATER = MONDAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("state", "late", "expected"),
    [
        (SeatState.ANSWERED, False, Outcome.IN_TIME),
        (SeatState.ANSWERED, True, Outcome.LATE),
        (SeatState.SILENT, False, Outcome.SILENT),
        (SeatState.SKIPPED, False, Outcome.SKIPPED),
        # Away never counts, nor what nobody was asked, nor what is not over.
        (SeatState.AWAY, False, None),
        (SeatState.OUT, False, None),
        (SeatState.LEFT, False, None),
        (SeatState.NOT_ASKED, False, None),
        (SeatState.DUE, False, None),
        (SeatState.ASKED, False, None),
    ],
)
def test_what_became_of_asking(state: SeatState, expected: Outcome | None, *, late: bool) -> None:
    assert outcome(state, is_late=late) is expected


def test_every_state_has_its_outcome() -> None:
    assert all(outcome(one, is_late=False) in {*Outcome, None} for one in SeatState)


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (119, False), (120, True), (600, True)])
def test_in_time_is_before_the_end_of_ones_own_window(minutes: int, *, late: bool) -> None:
    assert is_late(replace(SEAT, answered_at=NOON + timedelta(minutes=minutes))) is late
    assert not is_late(SEAT)


@pytest.mark.parametrize(
    ("counts", "asked", "rate"),
    [
        (Counts(), 0, None),
        (Counts(in_time=4), 4, None),
        (Counts(in_time=4, skipped=9), 13, None),  # who skips is not expected
        (Counts(in_time=5), 5, 1.0),
        (Counts(in_time=2, late=1, silent=3, skipped=1), 7, 0.5),
        (Counts(silent=5), 5, 0.0),
    ],
)
def test_a_rate_is_of_enough(counts: Counts, asked: int, rate: float | None) -> None:
    assert (counts.asked, counts.rate) == (asked, rate)


def test_counts_are_added_up_by_person_and_who_was_only_away_is_left_out() -> None:
    found = by_person(
        [
            Tallied("U1", SeatState.ANSWERED, is_late=False, count=3),
            Tallied("U1", SeatState.ANSWERED, is_late=True, count=1),
            Tallied("U1", SeatState.AWAY, is_late=False, count=9),
            Tallied("U2", SeatState.AWAY, is_late=False, count=9),
            Tallied("U3", SeatState.SILENT, is_late=False, count=2),
        ]
    )
    assert found == {"U1": Counts(in_time=3, late=1), "U3": Counts(silent=2)}
    assert total(found.values()) == Counts(in_time=3, late=1, silent=2)


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (Counts(in_time=10), Counts(in_time=9, silent=1), Trend.MORE),
        (Counts(in_time=9, silent=1), Counts(in_time=10), Trend.LESS),
        (Counts(in_time=19, silent=1), Counts(in_time=20), Trend.SAME),
        (Counts(in_time=10), Counts(in_time=4), Trend.UNKNOWN),
        (Counts(in_time=4), Counts(in_time=10), Trend.UNKNOWN),
    ],
)
def test_a_period_against_the_one_before(now: Counts, then: Counts, expected: Trend) -> None:
    assert trend(now, then) is expected


def test_the_time_before_is_as_long() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 8))
    assert before(period) == Period(date(2026, 2, 23), date(2026, 3, 1))


def mood(person_id: str, number: int, *, day: int = 0, standup_id: str = "floor") -> Mood:
    at = datetime.combine(MONDAY, NOON.timetz()) + timedelta(days=day)
    return Mood(person_id, standup_id, f"r{day}", MONDAY + timedelta(days=day), at, number)


def week(*people: str) -> list[Mood]:
    return [mood(one, 3) for one in people]


@pytest.mark.parametrize(
    ("people", "sharing", "is_told"),
    [
        ("abc", "", False),
        ("abcd", "", True),
        ("abcd", "ab", True),
        ("abcd", "abc", False),  # the reader knows three, and could work out the fourth
        ("abcd", "abcd", True),
        ("abcR", "ab", False),  # the reader knows their own as well
        ("abcR", "a", True),
        ("abcdeR", "abcd", False),
    ],
)
def test_a_mean_is_told_only_where_nobody_can_be_guessed(
    people: str, sharing: str, *, is_told: bool
) -> None:
    [found] = team_weeks(week(*people), sharing, "R", LATER)
    assert (found.people, found.mean is not None) == (len(people), is_told)


def test_a_week_is_told_of_when_no_answer_can_change_any_more() -> None:
    """Or whoever looks twice sees by how much one more answer has moved the mean."""
    for days, expected in ((0, 0), (7, 0), (8, 1)):
        found = team_weeks(week(*"abcd"), "", "R", MONDAY + timedelta(days=days))
        assert len(found) == expected


def test_the_mean_is_of_all_answers_of_a_week_from_monday_on() -> None:
    moods = [mood("a", 5, day=6), mood("a", 1), mood("a", 3, day=7)]
    assert [(one.monday, one.mean, one.answers) for one in own_weeks(moods)] == [
        (MONDAY, 3.0, 2),
        (MONDAY + timedelta(days=7), 3.0, 1),
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], None),
        ([5, 4], None),
        ([5, 4, 3], (5, 4, 3)),
        ([5, 4, 4], None),
        ([3, 4, 5], None),
        ([4, 5, 4, 3], (5, 4, 3)),
        ([5, 4, 3, 2, 1], (5, 4, 3, 2, 1)),
        ([5, 4, 3, 4], None),
        ([1, 5, 4, 3], (5, 4, 3)),
    ],
)
def test_a_fall_is_three_rounds_in_a_row(
    numbers: list[int], expected: tuple[int, ...] | None
) -> None:
    moods = [mood("a", number, day=day) for day, number in enumerate(numbers)]
    found = falls(reversed(moods), MONDAY + timedelta(days=7))
    assert [one.numbers for one in found] == ([expected] if expected else [])


def test_a_fall_that_goes_on_is_the_same_fall() -> None:
    three = [mood("a", number, day=day) for day, number in enumerate((5, 4, 3))]
    [first] = falls(three, LATER - timedelta(days=20))
    [second] = falls([*three, mood("a", 2, day=3)], LATER - timedelta(days=20))
    assert first.begun_in == second.begun_in == "r0"


def test_each_person_falls_in_one_stand_up_at_a_time_and_not_long_ago() -> None:
    mixed = [
        mood("a", 5),
        mood("b", 4, day=1),
        mood("a", 3, day=2),
        mood("a", 4, day=1, standup_id="weekly"),
    ]
    assert falls(mixed, MONDAY) == []
    fallen = [mood("a", number, day=day) for day, number in enumerate((5, 4, 3))]
    assert falls(fallen, LATER) == []


@given(st.lists(st.integers(1, 5), max_size=12))
def test_a_fall_ends_with_the_last_answer_and_only_goes_down(numbers: list[int]) -> None:
    moods = [mood("a", number, day=day) for day, number in enumerate(numbers)]
    for one in falls(moods, MONDAY + timedelta(days=12)):
        assert list(one.numbers) == numbers[-len(one.numbers) :]
        assert all(a > b for a, b in zip(one.numbers, one.numbers[1:], strict=False))
        assert len(one.numbers) >= 3

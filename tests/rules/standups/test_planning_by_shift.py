"""When each person is asked after the start of their shift, and who shares a round."""

from dataclasses import replace
from datetime import date

from bot.rules.calendars import BusinessHours, DayOff
from bot.rules.shifts import Span
from bot.rules.standups import Moment, StandUp
from tests.rules.standups.floors import (
    ANNA,
    ATHENS,
    BEN,
    CORA,
    asked,
    at,
    floor,
    planned,
    shifts,
    standup,
)

MONDAY = Span(at(2), at(3))


def by_shift(**more: object) -> StandUp:
    return standup(Moment.SHIFT, **more)


def test_staggered_starts_share_a_round_and_each_has_the_whole_window() -> None:
    duty = {
        ANNA: shifts((at(2, 6), 8)),
        BEN: shifts((at(2, 7, 30), 8)),
        CORA: shifts((at(2, 8), 8)),
    }
    [found] = planned(by_shift(), floor(*duty, duties=duty), MONDAY)
    assert asked([found]) == [(ANNA, at(2, 6, 5)), (BEN, at(2, 7, 35)), (CORA, at(2, 8, 5))]
    assert (found.opens_at, found.closes_at) == (at(2, 6, 5), at(2, 10, 5))


def test_a_chain_of_starts_is_cut_one_window_after_its_first() -> None:
    duty = {
        ANNA: shifts((at(2, 6), 8)),
        BEN: shifts((at(2, 8), 8)),
        CORA: shifts((at(2, 8, 1), 8)),
    }
    found = planned(by_shift(), floor(*duty, duties=duty), MONDAY)
    assert [one.people for one in found] == [(ANNA, BEN), (CORA,)]
    assert len({one.key for one in found}) == 2


def test_day_evening_and_night_have_their_own_rounds() -> None:
    duty = {
        ANNA: shifts((at(2, 6), 8)),
        BEN: shifts((at(2, 14), 8)),
        CORA: shifts((at(2, 22), 8)),
    }
    found = planned(by_shift(window_minutes=180), floor(*duty, duties=duty), MONDAY)
    assert [(one.people, one.day.day) for one in found] == [((ANNA,), 2), ((BEN,), 2), ((CORA,), 2)]
    assert found[-1].closes_at == at(3, 1, 5)


def test_a_split_shift_is_asked_about_twice_unless_both_begin_in_one_round() -> None:
    duty = {ANNA: shifts((at(2, 6), 4), (at(2, 14), 4))}
    found = planned(by_shift(), floor(duties=duty), MONDAY)
    assert asked(found) == [(ANNA, at(2, 6, 5)), (ANNA, at(2, 14, 5))]
    duty = {ANNA: shifts((at(2, 6), 1), (at(2, 7, 30), 4))}
    found = planned(by_shift(), floor(duties=duty), MONDAY)
    assert asked(found) == [(ANNA, at(2, 6, 5))]


def test_before_the_start_of_a_shift_counts_for_the_day_of_the_shift() -> None:
    duty = {ANNA: shifts((at(2), 8))}
    [found] = planned(by_shift(offset_minutes=-30), floor(duties=duty))
    assert (found.day.day, asked([found])) == (2, [(ANNA, at(1, 23, 30))])


def test_the_day_of_a_shift_is_the_teams() -> None:
    """A shift from Sunday 23:00 in UTC begins on Monday in Athens."""
    duty = {ANNA: shifts((at(1, 23), 8))}
    on = floor(duties=duty, zone=ATHENS)
    assert [one.day.day for one in planned(by_shift(weekdays=("mon",)), on)] == [2]
    assert not planned(by_shift(weekdays=("sun",)), on)
    holiday = DayOff(date(2026, 3, 2), date(2026, 3, 2), "Off")
    off = BusinessHours(always_open=False, days_off=(holiday,))
    assert not planned(by_shift(), floor(duties=duty, zone=ATHENS, hours=off))


def test_who_has_no_shift_is_never_asked_by_shift() -> None:
    duty = {ANNA: shifts((at(2, 6), 8))}
    [found] = planned(by_shift(), floor(ANNA, BEN, duties=duty))
    assert found.people == (ANNA,)


def test_a_shift_that_had_begun_before_anything_is_known_does_not_begin_there() -> None:
    on = floor(window=MONDAY)
    duty = {ANNA: [Span(on.window.start, on.window.end)]}
    assert not planned(by_shift(), replace(on, duties=duty), MONDAY)

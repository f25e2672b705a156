"""When each person is asked by a clock, the team's or their own, and on which days."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.people import Role
from bot.rules.calendars import BusinessHours, DayOff, OtherDay, office_week, spans
from bot.rules.shifts import Span
from bot.rules.standups import Moment
from bot.rules.standups.planning import is_working_day
from tests.rules.standups.floors import (
    AGENT,
    ANNA,
    ATHENS,
    BEN,
    CORA,
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    asked,
    at,
    floor,
    planned,
    shifts,
    standup,
    week_of,
)

MONDAY = Span(at(2), at(3))


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        (ATHENS, date(2026, 3, 2), time(9), at(2, 7)),
        (ATHENS, date(2026, 3, 29), time(3, 30), at(29, 1)),  # left out: the moment of the leap
        (ATHENS, date(2026, 3, 29), time(9), at(29, 6)),
        (ATHENS, date(2026, 10, 25), time(3, 30), at(25, 0, 30, month=10)),  # twice: the first
        (ATHENS, date(2026, 10, 25), time(9), at(25, 7, month=10)),
        ("Europe/Kyiv", date(2026, 3, 29), time(3), at(29, 1)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), at(8, 7)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), at(1, 5, 30, month=11)),
        ("Australia/Sydney", date(2026, 10, 4), time(2, 30), at(3, 16, month=10)),
        ("Australia/Sydney", date(2026, 4, 5), time(2, 30), at(4, 15, 30, month=4)),
    ],
)
@pytest.mark.parametrize("moment", [Moment.TEAM, Moment.PERSON])
def test_a_time_of_day_is_one_moment_in_every_night(
    moment: Moment, zone: str, day: date, clock: time, expected: datetime
) -> None:
    window = week_of(day)
    on = floor(zone=zone if moment is Moment.TEAM else "UTC", window=window)
    on = replace(on, zones={ANNA: zone})
    found = [one for one in planned(standup(moment, at=clock), on, window) if one.day == day]
    assert asked(found) == [(ANNA, expected)]
    assert found[0].closes_at == expected + 2 * HOUR


def test_by_their_own_clocks_a_day_is_one_round_around_the_world() -> None:
    on = replace(
        floor(ANNA, BEN, CORA),
        zones={ANNA: "Pacific/Kiritimati", BEN: "UTC", CORA: "Pacific/Pago_Pago"},
    )
    [first, *_rest] = [
        one for one in planned(standup(Moment.PERSON), on) if one.day == date(2026, 3, 2)
    ]
    assert asked([first]) == [(ANNA, at(1, 19)), (BEN, at(2, 9)), (CORA, at(2, 20))]
    assert (first.opens_at, first.closes_at) == (at(1, 19), at(2, 22))


@pytest.mark.parametrize("moment", Moment)
def test_a_day_holds_the_same_whatever_time_is_asked_about(moment: Moment) -> None:
    duty = {ANNA: shifts((at(2, 6), 8)), BEN: shifts((at(2, 7), 8)), CORA: shifts((at(2, 8), 4))}
    on = replace(
        floor(ANNA, BEN, CORA, duties=duty),
        zones={ANNA: "Pacific/Kiritimati", BEN: "UTC", CORA: "Etc/GMT+12"},
        on_shifts=frozenset(duty) if moment is Moment.SHIFT else frozenset(),
    )
    one = standup(moment, at=time(0, 30), window_minutes=720)
    whole = {found.key: found for found in planned(one, on)}
    for minutes in range(0, 3 * 24 * 60, 45):
        start = at(1, 12) + minutes * MINUTE
        for found in planned(one, on, Span(start, start + MINUTE)):
            assert found == whole[found.key]


def test_only_on_the_chosen_weekdays_by_the_clock_that_it_goes_by() -> None:
    """Sunday evening in UTC is Monday in Auckland, and the other way round in Honolulu."""
    on = replace(floor(ANNA, BEN), zones={ANNA: "Pacific/Auckland", BEN: "Pacific/Honolulu"})
    assert asked(planned(standup(Moment.PERSON, weekdays=("mon",)), on)) == [
        (ANNA, at(1, 20)),
        (BEN, at(2, 19)),
    ]
    on = floor(zone="Pacific/Auckland")
    assert asked(planned(standup(weekdays=("mon", "wed")), on)) == [
        (ANNA, at(1, 20)),
        (ANNA, at(3, 20)),
    ]


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    found = planned(standup(at=time(23), weekdays=("mon",)), floor())
    assert [(one.day, one.opens_at, one.closes_at) for one in found] == [
        (date(2026, 3, 2), at(2, 23), at(3, 1))
    ]


HOURS = BusinessHours(
    always_open=False,
    week=office_week(),
    region="GR",
    days_off=(DayOff(date(2026, 3, 4), date(2026, 3, 4), "Inventory"),),
    other_days=(OtherDay(date(2026, 3, 7), spans.read("10:00-14:00")),),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 3), True),
        (date(2026, 3, 4), False),  # their own day off
        (date(2026, 3, 7), True),  # a Saturday with hours of its own
        (date(2026, 3, 8), False),  # a Sunday
        (date(2026, 3, 25), False),  # a public holiday in Greece
    ],
)
def test_working_days(day: date, *, works: bool) -> None:
    assert is_working_day(HOURS, day) is works


def test_who_never_closes_works_on_every_day() -> None:
    """What the form remembers of days off counts only with hours."""
    always = replace(HOURS, always_open=True)
    assert all(is_working_day(always, date(2026, 3, day)) for day in range(1, 32))


def test_nobody_is_asked_on_days_off() -> None:
    found = planned(standup(), floor(hours=HOURS))
    assert [one.day.day for one in found] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize(
    ("roles", "is_asked"),
    [
        ({Role.AGENT}, True),
        ({Role.LEAD}, True),
        ({Role.MANAGER}, False),
        ({Role.OBSERVER}, False),
        ({Role.OBSERVER, Role.AGENT}, True),
    ],
)
def test_only_the_chosen_roles_are_asked(roles: set[Role], *, is_asked: bool) -> None:
    on = replace(floor(), roles={ANNA: frozenset(roles)})
    assert bool(planned(standup(), on, MONDAY)) is is_asked


@pytest.mark.parametrize(
    ("duty", "is_asked"),
    [
        ((at(2, 6), 8), True),  # they are at work
        ((at(2, 10), 8), True),  # they come within the window
        ((at(2, 11), 8), False),  # they come when it is over
        ((at(1, 22), 11), False),  # they go as it begins
        ((at(1, 22), 12), True),
        ((at(3, 9), 8), False),  # another day
    ],
)
def test_who_works_in_shifts_is_asked_when_they_are_there(
    duty: tuple[datetime, int], *, is_asked: bool
) -> None:
    on = floor(ANNA, BEN, duties={ANNA: shifts(duty)})
    [found] = planned(standup(), on, MONDAY)
    assert (ANNA in found.people) is is_asked
    assert BEN in found.people  # in no shift: there on every working day


def test_only_rounds_that_touch_the_time_are_found() -> None:
    one, on = standup(), replace(floor(), roles={ANNA: AGENT})
    for within, days in [
        (Span(at(2, 8), at(2, 9)), []),
        (Span(at(2, 8), at(2, 9) + timedelta(seconds=1)), [2]),
        (Span(at(2, 10), at(3, 9, 1)), [2, 3]),
        (Span(at(2, 11), at(2, 12)), []),
    ]:
        assert [found.day.day for found in planned(one, on, within)] == days
    assert len(planned(one, on)) == (WEEK.end - WEEK.start) // DAY

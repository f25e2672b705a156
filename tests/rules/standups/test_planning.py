"""When each person is asked: by the team's clock, their own, or their shift; on which days; and whoever is away."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.people import Role
from bot.rules.calendars import BusinessHours, DayOff, OtherDay, office_week, spans
from bot.rules.shifts import Span
from bot.rules.standups import Moment, StandUp
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


# by the clock


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


# by shift


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


# whoever is not there

AWAY = [
    # from, until, asked at; None is not at all
    (at(2, 8), at(2, 9), at(2, 9)),  # back in time
    (at(2, 8), at(2, 9, 1), at(2, 9, 1)),
    (at(2, 9), at(2, 10, 59), at(2, 10, 59)),
    (at(2, 9), at(2, 11), None),
    (at(2, 0), at(3, 0), None),
    (at(2, 9, 1), at(2, 12), at(2, 9)),  # they go after they were asked
    (at(2, 11), at(2, 12), at(2, 9)),
]


@pytest.mark.parametrize(("start", "end", "expected"), AWAY)
@pytest.mark.parametrize("kind", ["away", "statuses", "quiet"])
def test_who_is_away_is_asked_when_they_are_back(
    kind: str, start: datetime, end: datetime, expected: datetime | None
) -> None:
    busy = {ANNA: [Span(start, end)]}
    on = replace(
        floor(ANNA, BEN),
        away=busy if kind == "away" else {},
        statuses=busy if kind == "statuses" else {},
        quiet=busy if kind == "quiet" else {},
    )
    [found] = planned(standup(), on, MONDAY)
    [anna] = [ask for ask in found.asks if ask.person_id == ANNA]
    assert anna.until == at(2, 11)
    assert (None if anna.is_away else anna.at) == expected
    assert found.opens_at == at(2, 9)  # whoever is there
    assert (ANNA in found.away) is (expected is None)


def test_what_the_standup_does_not_heed_keeps_nobody_from_being_asked() -> None:
    busy = {ANNA: [Span(at(2, 8), at(2, 12))]}
    one = standup()
    assert planned(replace(one, heeds_status=False), floor(statuses=busy), MONDAY)
    assert planned(replace(one, heeds_dnd=False), floor(quiet=busy), MONDAY)
    deaf = replace(one, heeds_status=False, heeds_dnd=False)
    assert not planned(deaf, floor(away=busy), MONDAY)


def test_one_reason_after_the_other_is_one_absence() -> None:
    on = floor(
        away={ANNA: [Span(at(2, 8), at(2, 9, 30))]},
        statuses={ANNA: [Span(at(2, 9, 15), at(2, 10))]},
        quiet={ANNA: [Span(at(2, 10), at(2, 10, 45))]},
    )
    assert asked(planned(standup(), on, MONDAY)) == [(ANNA, at(2, 10, 45))]


def test_a_round_in_which_nobody_is_there_is_none() -> None:
    on = floor(away={ANNA: [Span(at(2), at(3))]})
    assert [one.day.day for one in planned(standup(), on, Span(at(2), at(4)))] == [3]


def test_away_or_not_the_round_is_the_same_one() -> None:
    duty = {ANNA: shifts((at(2, 6), 8)), BEN: shifts((at(2, 7), 8))}
    on = floor(*duty, duties=duty)
    [there] = planned(by_shift(), on, MONDAY)
    [gone] = planned(by_shift(), replace(on, away={ANNA: [Span(at(2), at(3))]}), MONDAY)
    assert (there.key, there.opens_at) == (gone.key, gone.opens_at)
    assert (gone.people, gone.away) == ((BEN,), (ANNA,))


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

"""The calendar against an oracle that looks at the wall's clock minute by minute, around every kind of clock change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import (
    WEEKDAYS,
    BusinessHours,
    Calendar,
    DayOff,
    NeverOpen,
    OtherDay,
    Span,
    due,
    is_open,
    next_closing,
    next_opening,
    working_time_between,
)

MINUTE = timedelta(minutes=1)
MINUTES = 4 * 24 * 60
"""How far the oracle looks: four days of minutes."""
WEEKS = 200
"""Fewer than there are in the horizon, as some hours are lost to changes of the clock and days off."""

# A moment shortly before the clocks of the zone change, or never do.
CHANGES = {
    "Athens, spring": ("Europe/Athens", datetime(2026, 3, 28, tzinfo=UTC)),
    "Athens, autumn": ("Europe/Athens", datetime(2026, 10, 24, tzinfo=UTC)),
    "New York, spring": ("America/New_York", datetime(2026, 3, 7, tzinfo=UTC)),
    "New York, autumn": ("America/New_York", datetime(2026, 10, 31, tzinfo=UTC)),
    "Lord Howe, by half an hour forward": ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    "Lord Howe, by half an hour back": ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),
    "Kolkata, never": ("Asia/Kolkata", datetime(2026, 3, 28, tzinfo=UTC)),
    "Apia, a day that never was": ("Pacific/Apia", datetime(2011, 12, 29, tzinfo=UTC)),
    "Kwajalein, the same": ("Pacific/Kwajalein", datetime(1993, 8, 20, tzinfo=UTC)),
    "Havana, at midnight": ("America/Havana", datetime(2026, 10, 31, tzinfo=UTC)),
    "Azores, in the evening of the day before": ("Atlantic/Azores", datetime(2026, 3, 28, tzinfo=UTC)),
    "Chatham, at a quarter to": ("Pacific/Chatham", datetime(2026, 9, 26, tzinfo=UTC)),
}  # fmt: skip


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Up to three spans that begin on one day, in order; the last may go on after midnight."""
    cuts = sorted(draw(st.sets(st.integers(0, 36 * 60), min_size=0, max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(
        Span(start, end) for start, end in pairs if start < 24 * 60 and end - start <= 1440
    )


@st.composite
def hours(draw: st.DrawFn, around: date) -> BusinessHours:
    week = draw(st.dictionaries(st.sampled_from(WEEKDAYS), spans(), min_size=3))
    near = st.integers(-1, 5).map(lambda number: around + timedelta(days=number))
    off = draw(st.lists(near, max_size=2, unique=True))
    other = draw(st.lists(near, max_size=1))
    return BusinessHours(
        always_open=False,
        week=week,
        days_off=tuple(DayOff(day, day) for day in off),
        other_days=tuple(OtherDay(day, draw(spans())) for day in other),
    )


def hours_of(found: BusinessHours, day: date) -> tuple[Span, ...]:
    """The product's sentence, word for word: its own hours, else none on a day off, else the weekday's."""
    for other in found.other_days:
        if other.day == day:
            return other.spans
    if any(off.first <= day <= off.last for off in found.days_off):
        return ()
    return found.week.get(WEEKDAYS[day.weekday()], ())


def wall_says_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the clock on the wall shows a time within the hours that begin on this day or began on the last."""
    wall = moment.astimezone(ZoneInfo(calendar.zone))
    minute = wall.hour * 60 + wall.minute
    today, before = wall.date(), wall.date() - timedelta(days=1)
    return any(one.start <= minute < one.end for one in hours_of(calendar.hours, today)) or any(
        one.start <= minute + 1440 < one.end for one in hours_of(calendar.hours, before)
    )


@pytest.mark.parametrize("change", CHANGES)
@given(data=st.data())
@settings(max_examples=8)
def test_it_counts_what_the_wall_shows(change: str, data: st.DataObject) -> None:
    zone, begin = CHANGES[change]
    calendar = Calendar(zone, data.draw(hours(begin.date())))
    minutes = [begin + number * MINUTE for number in range(MINUTES)]
    shown = [wall_says_open(calendar, one) for one in minutes]

    first, last = sorted(data.draw(st.tuples(*[st.integers(0, MINUTES - 1)] * 2)))
    start, end = minutes[first], minutes[last]
    assert is_open(calendar, start) is shown[first]
    assert working_time_between(calendar, start, end) == sum(shown[first:last]) * MINUTE
    assert working_time_between(calendar, end, start) == timedelta(0)

    worked = sum(shown[first:])
    if not worked:
        return
    opening = shown.index(True, first)
    assert next_opening(calendar, start) == minutes[opening]
    if False in shown[opening:]:
        assert next_closing(calendar, start) == minutes[shown.index(False, opening)]

    wanted = data.draw(st.integers(1, worked))
    passed = (number for number in range(first, MINUTES) if shown[number])
    last_of_them = [next(passed) for _ in range(wanted)][-1]
    assert due(calendar, start, wanted) == minutes[last_of_them] + MINUTE
    assert working_time_between(calendar, start, due(calendar, start, wanted)) == wanted * MINUTE


@given(
    data=st.data(),
    zone=st.sampled_from([one for one, _ in CHANGES.values()]),
    seconds=st.integers(0, 40 * 366 * 86400),
    minutes=st.floats(0.1, 5000),
)
@settings(max_examples=60)
def test_due_and_worked_agree_at_any_moment(
    data: st.DataObject, zone: str, seconds: int, minutes: float
) -> None:
    start = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    calendar = Calendar(zone, data.draw(hours(start.date())))
    try:
        end = due(calendar, start, minutes)
    except NeverOpen:
        longest = max((b - a for day in calendar.hours.week.values() for a, b in day), default=0)
        assert longest * WEEKS < minutes
        return
    assert working_time_between(calendar, start, end) == minutes * MINUTE
    half = due(calendar, start, minutes / 2)
    assert start <= half <= end
    assert due(calendar, half, minutes - minutes / 2) - end < timedelta(milliseconds=1)

"""The business calendar by example: nights, breaks, holidays, own days, and both nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import (
    ALWAYS,
    BusinessHours,
    Calendar,
    DayOff,
    NeverOpen,
    OtherDay,
    Span,
    due,
    is_open,
    next_closing,
    next_day_off,
    next_opening,
    working_time_between,
)

ATHENS = ZoneInfo("Europe/Athens")
BREAK = (Span(9 * 60, 13 * 60), Span(14 * 60, 18 * 60))
NIGHT = (Span(22 * 60, 30 * 60),)
OFFICE = BusinessHours(
    always_open=False,
    region="GR",
    days_off=(DayOff(date(2026, 12, 24), date(2026, 12, 24), "Party"),),
    other_days=(OtherDay(date(2026, 12, 26), (Span(600, 720),)),),
)


def athens(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ATHENS)


def calendar(week: dict[str, tuple[Span, ...]]) -> Calendar:
    return Calendar("Europe/Athens", BusinessHours(always_open=False, week=week))


WORKING = Calendar("Europe/Athens", OFFICE)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02T10:00", 30, "2026-03-02T10:30"),
        ("2026-03-02T16:45", 30, "2026-03-03T09:15"),
        ("2026-03-02T16:30", 30, "2026-03-02T17:00"),  # at closing, not at the next opening
        ("2026-03-07T23:00", 30, "2026-03-09T09:30"),  # Saturday night
        ("2026-03-06T16:50", 30, "2026-03-09T09:20"),  # over the weekend
        ("2026-03-24T16:50", 30, "2026-03-26T09:20"),  # over a public holiday
        ("2026-12-23T16:50", 30, "2026-12-26T10:20"),  # party, Christmas; but Saturday from ten to twelve
        ("2026-12-23T16:50", 150, "2026-12-28T09:20"),
    ],
)  # fmt: skip
def test_due(start: str, minutes: int, end: str) -> None:
    assert due(WORKING, athens(start), minutes) == athens(end)


def test_a_break_does_not_count() -> None:
    shop = calendar({"mon": BREAK})
    noon = athens("2026-03-02T12:30")
    assert due(shop, noon, 60) == athens("2026-03-02T14:30")
    assert next_closing(shop, noon) == athens("2026-03-02T13:00")
    assert not is_open(shop, athens("2026-03-02T13:00"))
    assert next_opening(shop, athens("2026-03-02T13:00")) == athens("2026-03-02T14:00")
    hours = working_time_between(shop, athens("2026-03-02T00:00"), athens("2026-03-09T00:00"))
    assert hours == timedelta(hours=8)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    nights = Calendar(
        "Europe/Athens",
        BusinessHours(
            always_open=False,
            week={"fri": NIGHT, "sat": NIGHT},
            days_off=(DayOff(date(2026, 3, 7), date(2026, 3, 7)),),
        ),
    )
    assert is_open(nights, athens("2026-03-07T05:59"))  # Friday's night, though Saturday is off
    assert not is_open(nights, athens("2026-03-07T23:00"))
    assert not is_open(nights, athens("2026-03-08T03:00"))


@pytest.mark.parametrize(
    ("day", "real_hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-05-23", 8)]
)
def test_a_night_shift_is_as_long_as_the_night_really_is(day: str, real_hours: int) -> None:
    """03:00 to 04:00 is missing in spring and comes twice in autumn."""
    nights = calendar({"sat": NIGHT})
    start = athens(f"{day}T12:00")
    opens, closes = next_opening(nights, start), next_closing(nights, start)
    assert closes is not None
    assert closes - opens == timedelta(hours=real_hours)
    assert working_time_between(nights, opens, closes) == timedelta(hours=real_hours)


def test_hours_in_the_missing_hour_are_none_and_in_the_doubled_hour_twice() -> None:
    early = calendar({"sun": (Span(3 * 60, 4 * 60),)})
    lost = athens("2026-03-29T00:00"), athens("2026-03-29T12:00")
    assert working_time_between(early, *lost) == timedelta(0)
    gained = athens("2026-10-25T00:00"), athens("2026-10-25T12:00")
    assert working_time_between(early, *gained) == timedelta(hours=2)


def test_hours_that_end_in_the_doubled_hour_come_again_with_it() -> None:
    """The wall shows 03:00 to 03:30 twice, with half an hour between."""
    early = calendar({"sun": (Span(2 * 60, 3 * 60 + 30),)})
    closes = next_closing(early, athens("2026-10-25T00:00"))
    assert closes == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_opening(early, closes) == datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_hours_that_begin_in_the_missing_hour_begin_when_it_is_over() -> None:
    early = calendar({"sun": (Span(3 * 60 + 30, 6 * 60),)})
    assert next_opening(early, athens("2026-03-29T00:00")) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_always_open_is_real_time() -> None:
    start = athens("2026-03-28T23:00").astimezone(UTC)
    assert due(ALWAYS, start, 480) == start + timedelta(hours=8)
    assert next_opening(ALWAYS, start) == start
    assert next_closing(ALWAYS, start) is None
    assert is_open(ALWAYS, start)
    assert working_time_between(ALWAYS, start, start + timedelta(days=1)) == timedelta(days=1)
    assert working_time_between(ALWAYS, start, start - timedelta(days=1)) == timedelta(0)


def test_a_team_that_never_closes_by_its_hours() -> None:
    never_closed = calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (Span(0, 1440),)))  # fmt: skip
    assert next_closing(never_closed, athens("2026-03-02T10:00")) is None


def test_a_team_that_never_opens() -> None:
    closed = calendar({})
    with pytest.raises(NeverOpen):
        next_opening(closed, athens("2026-03-02T10:00"))
    with pytest.raises(NeverOpen):
        due(closed, athens("2026-03-02T10:00"), 1)
    assert not is_open(closed, athens("2026-03-02T10:00"))


def test_the_next_day_off_is_one_on_which_the_team_would_have_worked() -> None:
    assert next_day_off(WORKING, athens("2026-12-20T10:00")) == (date(2026, 12, 24), "Party")
    assert next_day_off(WORKING, athens("2026-12-25T23:59")) == (date(2026, 12, 25), "Christmas Day")  # fmt: skip
    # The 26th is a Saturday with hours of its own, and no holiday of the team's.
    assert next_day_off(WORKING, athens("2026-12-26T00:00")) == (date(2027, 1, 1), "New Year's Day")  # fmt: skip
    assert next_day_off(calendar({"mon": BREAK}), athens("2026-12-26T00:00")) is None

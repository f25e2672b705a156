"""What people type about their hours: read, refused with an example, and written back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.rules.calendars import (
    BusinessHours,
    DayOff,
    HoursDraft,
    OtherDay,
    Span,
    days,
    holidays,
    problems,
    spans,
    typed,
)

NINE_TO_FIVE = (Span(540, 1020),)
BREAK = "09:00-13:00, 14:00-18:00"
GOOD = replace(typed(BusinessHours()), always_open=False)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        ("  ", ()),
        ("09:00-17:00", NINE_TO_FIVE),
        ("9-17", NINE_TO_FIVE),
        ("9.00 – 17.00", NINE_TO_FIVE),
        ("9 am to 5 pm", NINE_TO_FIVE),
        ("9h00—5PM", NINE_TO_FIVE),
        ("14:00-18:00; 09:00-13:00", (Span(540, 780), Span(840, 1080))),
        ("09:00-13:00, 13:00-18:00", (Span(540, 780), Span(780, 1080))),
        ("22:00-06:00", (Span(1320, 1800),)),
        ("22:00-00:00", (Span(1320, 1440),)),
        ("00:00-24:00", (Span(0, 1440),)),
        ("12 am - 12 pm", (Span(0, 720),)),
    ],
)
def test_hours_are_read(written: str, read: tuple[Span, ...]) -> None:
    assert spans.read(written) == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nine to five", "Write hours such as"),
        ("09:00", "Write hours such as"),
        ("09:00-25:00", "Write hours such as"),
        ("09:60-10:00", "Write hours such as"),
        ("24:00-06:00", "Write hours such as"),
        ("00:00-00:00", "Write hours such as"),
        ("13 pm - 5 pm", "Write hours such as"),
        ("09:00-13:00, 12:00-18:00", "overlap"),
        ("22:00-06:00, 23:00-23:30", "overlap"),
        ("1-2,3-4,5-6,7-8,9-10,11-12,13-14", "more than"),
    ],
)
def test_what_is_no_hours_is_refused(written: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        spans.read(written)
    assert said in refused.value.message


@given(st.sets(st.integers(0, 1440), max_size=6))
def test_hours_come_back_as_they_were_written(cuts: set[int]) -> None:
    ordered = sorted(cuts)
    found = tuple(Span(*pair) for pair in zip(ordered[::2], ordered[1::2], strict=False))
    assert spans.read(spans.write(found)) == found


def test_own_days_are_read_and_written_back() -> None:
    off = days.read_days_off("2026-12-31 to 2027-01-02: New year\n\n24.12.2026 Party\n2026-12-28")
    assert off == (
        DayOff(date(2026, 12, 24), date(2026, 12, 24), "Party"),
        DayOff(date(2026, 12, 28), date(2026, 12, 28)),
        DayOff(date(2026, 12, 31), date(2027, 1, 2), "New year"),
    )
    assert days.read_days_off(days.write_days_off(off)) == off
    other = days.read_other_days("2026-12-27 10-12\n2026-12-24 9:00-12:00, 13-14")
    assert [one.day.day for one in other] == [24, 27]
    assert days.read_other_days(days.write_other_days(other)) == other
    assert other[1] == OtherDay(date(2026, 12, 27), (Span(600, 720),))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Christmas", "can't be read"),
        ("24/12/2026", "can't be read"),
        ("2026-02-30", "no such day"),
        ("2026-12-31 - 2026-12-24", "before it begins"),
        ("2026-01-01 - 2028-01-01", "longer than a year"),
        ("\n".join(["2026-12-24"] * 101), "lines"),
    ],
)
def test_what_is_no_day_off_is_refused(written: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        days.read_days_off(written)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-12-24", "can't be read"),
        ("2026-12-24 nine to five", "can't be read"),
        ("2026-13-24 09:00-12:00", "no such day"),
        ("2026-12-24 9-12\n24.12.2026 13-14", "twice"),
    ],
)
def test_what_is_no_other_day_is_refused(written: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        days.read_other_days(written)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (HoursDraft(), set()),
        (GOOD, set()),
        (replace(GOOD, region="DE-BY", days_off="2026-12-24"), set()),
        (replace(GOOD, region="XX"), {"region"}),
        (replace(GOOD, region="DE-XX"), {"region"}),
        (replace(GOOD, week={}), {"hours_mon"}),
        (replace(GOOD, week={"tue": "09:00-09:59"}), {"hours_mon"}),
        (replace(GOOD, week={"tue": "x", "sun": "y"}), {"hours_tue", "hours_sun"}),
        (replace(GOOD, days_off="x", other_days="y"), {"days_off", "other_days"}),
        (replace(GOOD, always_open=True, days_off="x"), set()),
    ],
)
def test_each_field_says_what_is_wrong_with_it(draft: HoursDraft, fields: set[str]) -> None:
    assert set(problems(draft)) == fields


def test_a_draft_becomes_hours_and_always_open_keeps_the_rest() -> None:
    week: Mapping[str, str] = {"mon": BREAK, "sat": ""}
    draft = replace(
        GOOD,
        week=week,
        region="DE-BY",
        days_off="2026-12-24",
        other_days="2026-12-26 10-12",
        critical_always=True,
    )
    hours = draft.over(BusinessHours())
    assert hours.week == {"mon": (Span(540, 780), Span(840, 1080))}
    assert typed(hours).days_off == "2026-12-24"
    assert (hours.region, hours.critical_always) == ("DE-BY", True)
    assert HoursDraft().over(hours) == replace(hours, always_open=True)
    assert HoursDraft(always_open=False).over(hours) == hours


def test_regions_are_found_by_name_in_the_readers_language() -> None:
    assert holidays.Region("GR", "Ελλάδα") in holidays.matching("ελλ", "el-GR")
    assert holidays.matching("germ bay", "en-US") == [holidays.Region("DE-BY", "Germany: Bayern")]
    assert holidays.matching("", "en-US") == []
    assert holidays.matching("nowhere at all", "en-US") == []
    assert len(holidays.matching("a", "en-US")) == 100
    assert holidays.label("DE", "xx") == "Germany"


def test_holidays_have_names_in_the_readers_language_where_there_are_any() -> None:
    epiphany = date(2026, 1, 6)
    assert holidays.of("GR", 2026, "el")[epiphany] == "Θεοφάνεια"
    assert holidays.of("GR", 2026, "vi")[epiphany] == "Epiphany"
    assert date(2026, 6, 4) in holidays.of("DE-BY", 2026)
    assert date(2026, 6, 4) not in holidays.of("DE", 2026)
    assert holidays.of("XX", 2026) == {}

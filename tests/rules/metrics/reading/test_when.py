"""When a line happened: days, times, zones, and the nights when clocks change."""

from datetime import UTC, date, datetime

import pytest

from bot.rules.metrics.importing.reading.rejecting import Reason
from tests.rules.metrics.lines import taken


@pytest.mark.parametrize(
    ("text", "zone", "at", "day", "hour"),
    [
        ("Date | Answered \n 2023-04-13 | Y", "Europe/Athens", datetime(2023, 4, 12, 21, tzinfo=UTC), date(2023, 4, 13), None),
        ("Date | Time | Answered \n 2023-04-13 | 9:30 | Y", "Europe/Athens", datetime(2023, 4, 13, 6, 30, tzinfo=UTC), date(2023, 4, 13), 9),
        ("Date | Time | Answered \n 2023-04-13 | 9:30 PM | Y", "UTC", datetime(2023, 4, 13, 21, 30, tzinfo=UTC), date(2023, 4, 13), 21),
        ("Date | Interval | Answered \n 2023-04-13 | 09:30 - 10:00 | Y", "UTC", datetime(2023, 4, 13, 9, 30, tzinfo=UTC), date(2023, 4, 13), 9),
        ("Date | Hour | Answered \n 2023-04-13 | 17 | Y", "UTC", datetime(2023, 4, 13, 17, tzinfo=UTC), date(2023, 4, 13), 17),
        ("Date | Time | Answered \n 2023-04-13 | 0.75 | Y", "UTC", datetime(2023, 4, 13, 18, tzinfo=UTC), date(2023, 4, 13), 18),
        ("Date | Time | Answered \n 2023-04-13 | | Y", "UTC", datetime(2023, 4, 13, tzinfo=UTC), date(2023, 4, 13), None),
        ("Created \n 2023-04-13T23:30:00", "Europe/Athens", datetime(2023, 4, 13, 20, 30, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Created \n 2023-04-13T23:30:00Z", "Europe/Athens", datetime(2023, 4, 13, 23, 30, tzinfo=UTC), date(2023, 4, 14), 2),
        ("Created \n 2023-04-13 23:30:00.250 -05:00", "UTC", datetime(2023, 4, 14, 4, 30, 0, 250000, tzinfo=UTC), date(2023, 4, 14), 4),
        ("Date | Hour | Answered \n 2023-04-13 | 24 | Y", "Europe/Athens", datetime(2023, 4, 13, 21, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Date | Time | Answered \n 2023-04-13 | 24:00:00 | Y", "UTC", datetime(2023, 4, 14, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Created \n 2023-04-13 24:00:00", "UTC", datetime(2023, 4, 14, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Created \n 2023-04-13T24:00", "Europe/Athens", datetime(2023, 4, 13, 21, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Created \n 2023-04-13 13:24:00", "UTC", datetime(2023, 4, 13, 13, 24, tzinfo=UTC), date(2023, 4, 13), 13),
        ("Created \n 2023-04-13T24:00:00Z", "UTC", datetime(2023, 4, 14, tzinfo=UTC), date(2023, 4, 14), 0),
        ("Created (UTC) \n 2023-04-13 23:30", "Europe/Athens", datetime(2023, 4, 13, 23, 30, tzinfo=UTC), date(2023, 4, 14), 2),
        ("Created \n 13.04.2023 00:00:01", "Asia/Kathmandu", datetime(2023, 4, 12, 18, 15, 1, tzinfo=UTC), date(2023, 4, 13), 0),
    ],
)  # fmt: skip
def test_when_it_happened(text: str, zone: str, at: datetime, day: date, hour: int | None) -> None:
    fact = taken(text, zone).facts[0]
    assert (fact.at, fact.day, fact.hour) == (at, day, hour)


@pytest.mark.parametrize(
    ("shown", "at", "hour", "reason"),
    [
        ("2023-03-26 02:59", datetime(2023, 3, 26, 0, 59, tzinfo=UTC), 2, None),
        ("2023-03-26 03:30", datetime(2023, 3, 26, 1, 0, tzinfo=UTC), 4, Reason.CLOCK_SKIPPED),
        ("2023-03-26 04:00", datetime(2023, 3, 26, 1, 0, tzinfo=UTC), 4, None),
        ("2023-10-29 03:30", datetime(2023, 10, 29, 0, 30, tzinfo=UTC), 3, Reason.CLOCK_TWICE),
        ("2023-10-29 04:00", datetime(2023, 10, 29, 2, 0, tzinfo=UTC), 4, None),
    ],
)
@pytest.mark.parametrize("is_split", [False, True])
def test_on_the_nights_when_clocks_change(
    shown: str, at: datetime, hour: int, reason: Reason | None, is_split: bool
) -> None:
    headers, cells = ("Date | Time", shown.replace(" ", " | ")) if is_split else ("Created", shown)
    found = taken(f"{headers} | Answered \n {cells} | Y", "Europe/Athens")
    assert (found.facts[0].at, found.facts[0].hour) == (at, hour)
    assert [one.reason for one in found.remarks] == ([reason] if reason else [])


def test_a_wait_over_the_change_is_as_long_as_it_was() -> None:
    found = taken("Created | First response at \n 2023-03-26 02:30 | 2023-03-26 04:30", "Europe/Athens")  # fmt: skip
    assert found.facts[0].samples == {"first_response": (3_600_000,)}


def test_days_without_times_say_nothing_of_how_long_an_answer_took() -> None:
    found = taken("Created | First response at \n 2023-03-26 02:30 | 2023-03-27")
    assert (found.facts[0].samples, found.remarks) == ({}, [])

"""Cells of a workbook as text: what a person sees in Excel, or would have typed."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.spreadsheets.cells import as_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", ""),
        (" as it is\n", " as it is\n"),
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        (109.0, "109"),
        (-3.0, "-3"),
        (0.1 + 0.2, "0.3"),
        (1.005, "1.005"),
        (0.95, "0.95"),
        (1234567890123.0, "1234567890123"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (float("nan"), "nan"),
        (date(2021, 1, 1), "2021-01-01"),
        (date(1900, 1, 1), "1900-01-01"),
        (datetime.fromisoformat("2021-01-01 12:00:00"), "2021-01-01 12:00:00"),
        (datetime.fromisoformat("2021-01-01 23:59:59.999000"), "2021-01-02 00:00:00"),
        (datetime.fromisoformat("2021-01-01 09:30:15.250000"), "2021-01-01 09:30:15.250"),
        (datetime.fromisoformat("1900-01-01 12:00:00"), "36:00:00"),
        (datetime.fromisoformat("1900-02-28 00:00:01"), "1416:00:01"),
        (datetime.fromisoformat("1900-03-01 00:00:01"), "1464:00:01"),
        (time(0, 2, 23), "0:02:23"),
        (time(9, 12, 58), "9:12:58"),
        (time(9, 12, 57, 999_000), "9:12:58"),
        (timedelta(0), "0:00:00"),
        (timedelta(hours=30, seconds=5), "30:00:05"),
        (timedelta(minutes=2, microseconds=22_999_500), "0:02:23"),
        (timedelta(milliseconds=864), "0:00:00.864"),
        (timedelta(hours=-12), "-12:00:00"),
    ],
)
def test_a_cell_is_written_as_a_person_would(cell: object, text: str) -> None:
    assert as_text(cell) == text

"""Cells of a workbook as text: as somebody would type them, and as the same cell would stand in a CSV."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any

EXACT = 1e15  # below it a float holds every whole number
FIRST_YEAR = 1900
"""Excel counts days from here: a moment in this year is a length of time that was given the look of a time of day."""
DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 - cells have no zone
NO_29TH = datetime(1900, 3, 1)  # noqa: DTZ001 - from here on Excel has counted a day that never was
SECOND = timedelta(seconds=1)
NOISE = timedelta(milliseconds=2)
"""Excel keeps a moment as part of a day, and so a whole second is often a little less than that."""


def as_text(cell: object) -> str:
    """Numbers without the noise of their last bits, days and moments as ISO, times of day and lengths as h:mm:ss."""
    return WRITERS.get(type(cell), str)(cell)


def as_texts(cells: Iterable[object]) -> list[str]:
    return [one if type(one) is str else WRITERS.get(type(one), str)(one) for one in cells]


def _yes_or_no(cell: bool) -> str:
    return "TRUE" if cell else "FALSE"


def _number(cell: float) -> str:
    if cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    written = format(cell, ".15g")  # as many digits as Excel keeps
    return f"{Decimal(written):f}" if "e" in written else written


def _moment(cell: datetime) -> str:
    if cell.year == FIRST_YEAR:
        return _length(cell - DAY_ZERO + timedelta(days=cell >= NO_29TH))
    near = _rounded(cell - DAY_ZERO) + DAY_ZERO if cell.microsecond else cell
    return near.isoformat(" ", "seconds" if not near.microsecond else "milliseconds")


def _time(cell: time) -> str:
    if cell.microsecond:
        return _length(datetime.combine(DAY_ZERO, cell) - DAY_ZERO)
    return f"{cell.hour}:{cell.minute:02}:{cell.second:02}"


def _length(length: timedelta) -> str:
    if length < timedelta(0):
        return "-" + _length(-length)
    if length.microseconds:
        length = _rounded(length)
    minutes, seconds = divmod(length.days * 86_400 + length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    part = f".{length.microseconds // 1000:03}" if length.microseconds >= 1000 else ""
    return f"{hours}:{minutes:02}:{seconds:02}{part}"


def _rounded(length: timedelta) -> timedelta:
    """To the second that it is next to, if it is that near."""
    near = timedelta(seconds=round(length / SECOND))
    return near if abs(length - near) < NOISE else length


WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: _yes_or_no,
    datetime: _moment,
    date: date.isoformat,
    time: _time,
    timedelta: _length,
    NoneType: lambda _nothing: "",
}

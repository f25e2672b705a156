"""Months and weeks as exports hold them: `2024-01`, `Jan 2024`, `2024-W05`, `Week 5`; and what a title says of its report.

A month begins on its first day, and a week on its Monday: the first of a year is the one with its first Thursday (ISO 8601).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.metrics.importing.cells.missing import trim
from bot.rules.metrics.importing.cells.months import named_month

EARLIEST, LATEST = 1990, 2100
THIS_CENTURY = 2000


class Grain(StrEnum):
    """For how long a cell that names no day stands."""

    MONTH = "month"
    WEEK = "week"
    SPAN = "span"


WEEK_WORDS = r"(?:weeks?|wk|w|kw|kalenderwoche|semana|semaine|settimana|неделя|тиждень|εβδομάδα)"
NAME = r"[^\W\d_]{3,12}"
YEAR = r"(?:19|20)\d{2}"
MONTHS = (
    re.compile(rf"(?P<y>{YEAR})[-/](?P<n>0?[1-9]|1[0-2])(?![-/\d])"),
    re.compile(rf"(?<![-/\d])(?P<n>0?[1-9]|1[0-2])[-/](?P<y>{YEAR})"),
    re.compile(rf"(?P<m>{NAME})\.?[-/., ’']*(?P<y>{YEAR})"),
    re.compile(rf"(?P<m>{NAME})\.?(?:[-/]| ?[’'])(?P<y>\d{{2}})(?!\d)"),
    re.compile(rf"(?P<y>{YEAR})[-/., ]*(?P<m>{NAME})\.?"),
)
WEEKS = (
    re.compile(rf"(?P<y>{YEAR})[-/., ]*{WEEK_WORDS}[-. ]*(?P<w>\d{{1,2}})(?!\d)", re.IGNORECASE),
    re.compile(rf"{WEEK_WORDS}[-. ]*(?P<w>\d{{1,2}})[-/,. ]+(?:of )?(?P<y>{YEAR})", re.IGNORECASE),
)
A_WEEK = re.compile(rf"(?:{WEEK_WORDS}[-. ]*)?(\d{{1,2}})(?:\. ?{WEEK_WORDS})?", re.IGNORECASE)
A_MONTH = re.compile(rf"(?:(\d{{1,2}}) ?[-.:)]? ?)?({NAME})?\.?")
A_YEAR_DAY = re.compile(
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+)?(?P<m>{NAME})\.?(?(d)|[-/. ]+(?P<e>\d{{1,2}})(?:st|nd|rd|th)?)"
)
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
LEAP_YEAR = 2000
A_QUARTER = re.compile(
    rf"(?:(?:q|qtr|quarter|quartal|t|trim(?:estre)?)\.? ?[1-4]|[1-4]\. ?quartal)(?:[-/' ]*(?:{YEAR}|\d{{2}}))?|{YEAR}[-/ ]*q ?[1-4]",
    re.IGNORECASE,
)
DAYS = re.compile(rf"(?<!\d)(?:{YEAR}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\2{YEAR}|20\d{{6}})(?!\d)")  # fmt: skip


def read(text: str) -> tuple[date, Grain] | None:
    """The first day of the month or week that a cell names, and which of the two it is."""
    bare = trim(text)
    for found in (one.fullmatch(bare) for one in WEEKS):
        if found:
            return _graded(monday(int(found["y"]), int(found["w"])), Grain.WEEK)
    for found in (one.fullmatch(bare) for one in MONTHS):
        if found and (first := _first_of(found)):
            return first, Grain.MONTH
    return None


def _graded(first: date | None, grain: Grain) -> tuple[date, Grain] | None:
    return (first, grain) if first else None


def _first_of(found: re.Match[str]) -> date | None:
    held = found.groupdict()
    month = int(held["n"]) if held.get("n") else named_month(held["m"])
    year = int(held["y"]) + (THIS_CENTURY if len(held["y"]) == 2 else 0)
    return date(year, month, 1) if month and EARLIEST <= year <= LATEST else None


def monday(year: int, week: int) -> date | None:
    """Of a week by its number; not every year has 53."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def year_of(text: str) -> int | None:
    """A cell that holds a year and nothing else."""
    bare = trim(text).removesuffix(".0")
    is_year = bare.isdecimal() and len(bare) == len("2024") and EARLIEST <= int(bare) <= LATEST
    return int(bare) if is_year else None


def month_of(text: str) -> int | None:
    """A month without its year: its name, or its number from 1 to 12."""
    found = A_MONTH.fullmatch(trim(text).removesuffix(".0"))
    if found is None:
        return None
    number = int(found[1]) if found[1] else None
    named = named_month(found[2]) if found[2] else number
    is_same = number is None or number == named
    return named if named and is_same and named <= 12 else None


def week_of(text: str) -> int | None:
    """A week without its year, from 1 to 53."""
    found = A_WEEK.fullmatch(trim(text).removesuffix(".0"))
    return int(found[1]) if found and 1 <= int(found[1]) <= 53 else None


def day_of(text: str) -> int | None:
    """The day of a month, from 1 to 31."""
    bare = trim(text).removesuffix(".0")
    is_day = bare.isdecimal() and len(bare) <= 2 and 1 <= int(bare) <= 31
    return int(bare) if is_day else None


def year_day_of(text: str) -> int | None:
    """A day without its year, as a hundred times its month and its day: `14-Mar` is 314. With numbers alone nobody could tell."""
    found = A_YEAR_DAY.fullmatch(WEEKDAY.sub("", trim(text), count=1))
    month = named_month(found["m"]) if found else None
    if found is None or month is None:
        return None
    day = int(found["d"] or found["e"])
    return month * 100 + day if 1 <= day <= monthrange(LEAP_YEAR, month)[1] else None


def is_quarter(text: str) -> bool:
    """`Q1`, `Q1 2024`, `2024-Q1`."""
    return A_QUARTER.fullmatch(trim(text)) is not None


def last_day_in(texts: Iterable[str]) -> date | None:
    """The last day of what titles, or the name of a file, are about: only to be offered, never to be taken.

    Two days say more than a month or a week, and these more than one day, which is often when the report was made.
    """
    held = [one.replace("_", "-") for one in texts]
    spans = [days for one in held if len(days := _days_in(one)) > 1]
    periods = [last for one in held if (last := _end_in(one))]
    single = [days for one in held if (days := _days_in(one))]
    found = [max(days) for days in spans] or periods or [max(days) for days in single]
    return found[0] if found else None


def _days_in(text: str) -> list[date]:
    """All days in it, if only one order of day and month reads them all."""
    said = [one[0] for one in DAYS.finditer(text)]
    by_order = [[_by(order, one) for one in said] for order in ("dmy", "mdy")]
    readable = {tuple(one for one in days if one) for days in by_order if all(days)}
    return list(readable.pop()) if said and len(readable) == 1 else []


def _by(order: str, text: str) -> date | None:
    if text.isdecimal():
        parts, order = [text[:4], text[4:6], text[6:]], "ymd"
    else:
        parts = re.split(r"[-/.]", text)
        order = "ymd" if len(parts[0]) == len("2024") else order
    held = dict(zip(order, map(int, parts), strict=True))
    try:
        return date(held["y"], held["m"], held["d"])
    except ValueError:
        return None


def _end_in(text: str) -> date | None:
    """The last day of a week or of a month that is named somewhere in it."""
    for week in _all(WEEKS, text):
        if first := monday(int(week["y"]), int(week["w"])):
            return first + timedelta(days=6)
    for month in _all(MONTHS, text):
        if first := _first_of(month):
            return first.replace(day=monthrange(first.year, first.month)[1])
    return None


def _all(ways: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    for one in ways:
        yield from one.finditer(text)

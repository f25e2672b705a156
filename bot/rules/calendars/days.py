"""A team's own days off and its days with other hours, as people list them: one a line."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from bot.errors import Refused
from bot.rules.calendars import spans
from bot.rules.calendars.spans import Span
from bot.text import _

MOST_LINES = 100
LONGEST_OFF = 366
"""Days: a team that is away for longer has no opening hours."""
NAME_LIMIT = 60

WRONG_DAY_OFF = _(
    "“{line}” can't be read. Write a day as 2026-12-24, several as 2026-12-24 to 2026-12-31, and a name after it if you like."
)
WRONG_OTHER_DAY = _(
    "“{line}” can't be read. Write the day and its hours, such as 2026-12-24 09:00-12:00."
)
NO_SUCH_DAY = _("There is no such day: “{line}”.")
BACKWARDS = _("“{line}” ends before it begins.")
TOO_LONG = _("“{line}” is longer than a year.")
TWICE = _("“{line}” is there twice. Please keep one of them.")
TOO_MANY = _("Please keep it to {limit} lines.")

DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})"
OFF = re.compile(rf"({DATE})(?:\s*(?:-|–|—|\bto\b)\s*({DATE}))?(?:[\s:,]+(\S.*))?")
OTHER = re.compile(rf"({DATE})[\s:,]+(\S.*)")


class DayOff(NamedTuple):
    """The team does not work from `first` to `last`, both included, by the calendar on its wall."""

    first: date
    last: date
    name: str = ""


class OtherDay(NamedTuple):
    """On this day the team works these hours, whatever the weekday, a holiday or a day off says."""

    day: date
    spans: tuple[Span, ...]


def read_days_off(written: str) -> tuple[DayOff, ...]:
    """In order of time. Raises Refused, which quotes the line, for the first that cannot be read."""
    return tuple(sorted(_read_off(line) for line in _lines(written)))


def read_other_days(written: str) -> tuple[OtherDay, ...]:
    """In order of time. Raises Refused, which quotes the line, for the first that cannot be read."""
    found: dict[date, OtherDay] = {}
    for line in _lines(written):
        one = _read_other(line)
        if one.day in found:
            raise Refused(TWICE, line=_quoted(line))
        found[one.day] = one
    return tuple(found[day] for day in sorted(found))


def write_days_off(days: tuple[DayOff, ...]) -> str:
    """The reverse of `read_days_off`."""
    return "\n".join(
        " ".join([_range(one.first, one.last), *([one.name] if one.name else [])]) for one in days
    )


def write_other_days(days: tuple[OtherDay, ...]) -> str:
    """The reverse of `read_other_days`."""
    return "\n".join(f"{one.day.isoformat()} {spans.write(one.spans)}" for one in days)


def _lines(written: str) -> list[str]:
    found = [line.strip() for line in written.splitlines() if line.strip()]
    if len(found) > MOST_LINES:
        raise Refused(TOO_MANY, limit=MOST_LINES)
    return found


def _read_off(line: str) -> DayOff:
    found = OFF.fullmatch(line)
    if found is None:
        raise Refused(WRONG_DAY_OFF, line=_quoted(line))
    first = _date(found[1], line)
    last = _date(found[2], line) if found[2] else first
    if last < first:
        raise Refused(BACKWARDS, line=_quoted(line))
    if last - first > timedelta(days=LONGEST_OFF):
        raise Refused(TOO_LONG, line=_quoted(line))
    return DayOff(first, last, (found[3] or "")[:NAME_LIMIT].strip())


def _read_other(line: str) -> OtherDay:
    found = OTHER.fullmatch(line)
    if found is None:
        raise Refused(WRONG_OTHER_DAY, line=_quoted(line))
    try:
        return OtherDay(_date(found[1], line), spans.read(found[2]))
    except Refused as refused:
        if refused.message == NO_SUCH_DAY:
            raise
        raise Refused(WRONG_OTHER_DAY, line=_quoted(line)) from refused


def _date(written: str, line: str) -> date:
    """ISO, or day.month.year; with slashes nobody knows which is the month."""
    parts = [int(one) for one in re.split(r"[-.]", written)]
    year, month, day = parts if "-" in written else parts[::-1]
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refused(NO_SUCH_DAY, line=_quoted(line)) from error


def _range(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} - {last.isoformat()}"


def _quoted(line: str) -> str:
    return line if len(line) <= 40 else f"{line[:39]}…"

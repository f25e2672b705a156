"""Hours of a day as people write them, `09:00-13:00, 14:00-18:00`, and as minutes after midnight."""

import re
from itertools import pairwise
from typing import NamedTuple

from bot.errors import Refused
from bot.text import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
MOST_SPANS = 6

WRONG_HOURS = _("Write hours such as 09:00-17:00, or 09:00-13:00, 14:00-18:00 with a break.")
OVERLAPPING = _("Some of these hours overlap. Please write each of them once.")
TOO_MANY = _("That is more than {limit} times a day. Please put some of them together.")

TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap]m)?"
SPAN = re.compile(rf"{TIME}\s*(?:-|–|—|\bto\b)\s*{TIME}", re.IGNORECASE)


class Span(NamedTuple):
    """From minute `start` until before minute `end`, counted from the day's midnight by the clock on the wall.

    `end` is past 24 * 60 for hours that go on after midnight: they belong to the day on which they begin.
    """

    start: int
    end: int


Week = dict[str, tuple[Span, ...]]
OFFICE = (Span(9 * 60, 17 * 60),)


def office_week() -> Week:
    """From nine to five, Monday to Friday: what the form proposes."""
    return dict.fromkeys(WEEKDAYS[:5], OFFICE)


def read(written: str) -> tuple[Span, ...]:
    """The spans in order; none for an empty text. Raises Refused, with an example, for what cannot be read."""
    parts = [one.strip() for one in re.split(r"[,;]", written) if one.strip()]
    if len(parts) > MOST_SPANS:
        raise Refused(TOO_MANY, limit=MOST_SPANS)
    found = tuple(sorted(_read_one(part) for part in parts))
    if any(after.start < before.end for before, after in pairwise(found)):
        raise Refused(OVERLAPPING)
    return found


def write(spans: tuple[Span, ...], dash: str = "-") -> str:
    """The reverse of `read`: always two digits, 24 hours."""
    return ", ".join(f"{_time(one.start)}{dash}{_time(one.end)}" for one in spans)


def _read_one(part: str) -> Span:
    found = SPAN.fullmatch(part)
    if found is None:
        raise Refused(WRONG_HOURS)
    start, end = _minutes(*found.groups()[:3]), _minutes(*found.groups()[3:])
    if start in {
        end,
        DAY,
    }:  # from a time to itself may mean all day or nothing: 00:00-24:00 says it
        raise Refused(WRONG_HOURS)
    return Span(start, end if end > start else end + DAY)


def _minutes(hours: str, minutes: str | None, half: str | None) -> int:
    """Minutes after midnight, up to 24:00. Raises Refused for a time that no clock shows."""
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            raise Refused(WRONG_HOURS)
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    found = hour * 60 + minute
    if minute > 59 or found > DAY:
        raise Refused(WRONG_HOURS)
    return found


def _time(minute: int) -> str:
    shown = minute if minute <= DAY else minute - DAY
    return f"{shown // 60:02}:{shown % 60:02}"

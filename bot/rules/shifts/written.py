"""Days, times and weekdays as people write them in lists."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.wall_clock import moment
from bot.text import _, languages

CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::(\d{2})(?:\.\d+)?)?")
MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})[ T]+(.+?)\s*(Z|[+-]\d{2}:?\d{2})?"
)
ITEM = re.compile(r"[^,;/+&]+")
RANGE = re.compile(r"\s*[-–—]\s*")


def clock(written: str) -> time:
    """`8:00`, `08:00:00`, `0800`, `8`; `24:00` is midnight. Raises Refused."""
    found = CLOCK.fullmatch(written.strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if (hour, minute) == (24, 0):
            return time()
        if hour < 24 and minute < 60 and int(found[3] or 0) < 60:
            return time(hour, minute)
    raise Refused(_("“{time}” is no time of day. Write one such as 08:30."), time=written)


def instant(written: str, zone: str) -> datetime:
    """`2026-03-02 08:00` or `2.3.2026 8:00` in `zone`, unless an offset is written with it. Raises Refused.

    Days with slashes are refused: half the world reads 03/02 as the second of March.
    """
    found = MOMENT.fullmatch(written.strip())
    try:
        if found:
            day = _day(found[1])
            at = clock(found[2])
            if found[3]:
                offset = found[3].replace("Z", "+00:00")
                return datetime.fromisoformat(f"{day}T{at.isoformat()}{offset}").astimezone(UTC)
            at_the_end = at == time() and found[2].strip().startswith("24")
            return moment(day + timedelta(days=1) if at_the_end else day, at, zone)
    except (ValueError, OverflowError):
        pass
    raise Refused(_("“{time}” is no day and time. Write it as 2026-03-02 08:00."), time=written)


def weekdays(written: str) -> tuple[str, ...]:
    """`Monday`, `Mon-Fri`, `sat, sun`, in English or any language that Baton speaks. Raises Refused."""
    found: set[str] = set()
    for item in ITEM.findall(written):
        ends = [_weekday(part, written) for part in RANGE.split(item.strip())]
        if len(ends) > 2:
            raise _no_weekday(written)
        first, last = ends[0], ends[-1]
        length = (last - first) % 7
        found |= {WEEKDAYS[(first + step) % 7] for step in range(length + 1)}
    if not found:
        raise _no_weekday(written)
    return tuple(day for day in WEEKDAYS if day in found)


def _day(written: str) -> date:
    if "." in written:
        day, month, year = (int(part) for part in written.split("."))
        return date(year, month, day)
    return date.fromisoformat(written)


def _weekday(written: str, whole: str) -> int:
    found = _names().get(written.strip(" .").casefold())
    if found is None:
        raise _no_weekday(whole)
    return found


def _no_weekday(written: str) -> Refused:
    return Refused(
        _("“{day}” is no weekday. Write one such as Monday, or several such as Mon-Fri."),
        day=written,
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, int]:
    """Every way to write a weekday; where two languages mean different days by one word, English has it."""
    found: dict[str, int] = {}
    for language in languages():
        days = Locale.parse(language).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in days[context].get(width, {}).items():
                    found.setdefault(str(name).strip(" .").casefold(), number)
    return found

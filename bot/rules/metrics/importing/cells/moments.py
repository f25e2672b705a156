"""Days and moments as exports hold them. `03/04/2023` is a day in March or in April: a column says which, a cell does not."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from bot.rules.metrics.importing.cells import periods
from bot.rules.metrics.importing.cells.durations import AFTER_NOON
from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.cells.months import month_of
from bot.rules.metrics.importing.cells.periods import EARLIEST, LATEST, WEEKDAY, Grain


class Order(StrEnum):
    """In which order day, month and year are written, where all three are numbers."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    DAY_FIRST_SWITCHED = "dmy_switched"
    MONTH_FIRST_SWITCHED = "mdy_switched"
    """Written so; but what a spreadsheet took for the other order, it made dates of with day and month the wrong way round."""


AS_WRITTEN = (Order.DAY_FIRST, Order.MONTH_FIRST, Order.YEAR_FIRST)
SWITCHED = {
    Order.DAY_FIRST: Order.DAY_FIRST_SWITCHED,
    Order.MONTH_FIRST: Order.MONTH_FIRST_SWITCHED,
}
WRITTEN = {switched: order for order, switched in SWITCHED.items()}

MONTHS_IN_A_YEAR = 12
CENTURY_TURNS = 70  # two digits: 69 is 2069, 70 is 1970, as everywhere
THREE = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?!\d)\.?")
RUN_ON = re.compile(r"(\d{4})(\d{2})(\d{2})(?=\D|$)")
NAMED = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?:de )?(?P<m>[^\W\d_]{3,12})\.?[-/., ]+(?:de )?(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"(?P<m>[^\W\d_]{3,12})\.?[-/. ]+(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/., ]+(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"(?P<y>\d{4})[-/. ]+(?P<m>[^\W\d_]{3,12})\.?[-/. ]+(?P<d>\d{1,2})\b"),
)  # fmt: skip
EPOCH = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")
"""Seconds, or milliseconds, since 1970."""
SERIAL = re.compile(r"([3-7]\d{4})(?:\.\d{1,12})?")
"""Days as spreadsheets count them, where nobody told the cell to show a date."""
END_OF_DAY = (24, 0, 0)
"""Midnight, as it is called from the day before."""
FIRST_SERIAL = datetime(1899, 12, 30)  # noqa: DTZ001 - as the clock on a wall shows it
SPAN = re.compile(r"\s*(?:[-–—]|to\b|until\b|through\b|bis\b|до\b|по\b)\s*(.+)")
CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPpπμΠΜ]\.?[MmμΜ]\.?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s*\((?:UTC|GMT)[^)]*\))?"
)


def read(text: str, order: Order = Order.DAY_FIRST) -> datetime | None:
    """The moment: with a zone if it says one, else as a clock on a wall; a day alone is its midnight, a month or a week its first. None if it is neither."""
    bare = trim(text)
    if bare.replace(".", "", 1).isdecimal() and (counted := _counted(bare)):
        return counted
    bare = WEEKDAY.sub("", bare, count=1)
    split = _day(bare, order)
    if split is None:
        period = periods.read(bare)
        return datetime.combine(period[0], time()) if period else None
    day, rest = split
    if _is_span(day, rest, order):
        return datetime.combine(day, time())
    rest = rest.lstrip("T ,").strip()
    if not rest:
        return datetime.combine(day, time())
    return _with_clock(day, rest)


def grain_of(text: str, order: Order) -> Grain | None:
    """For how long a cell stands that names no single day."""
    bare = WEEKDAY.sub("", trim(text), count=1)
    if split := _day(bare, order):
        return Grain.SPAN if _is_span(*split, order) else None
    period = periods.read(bare)
    return period[1] if period else None


def _is_span(day: date, rest: str, order: Order) -> bool:
    """Whether what follows a day is the day on which it ends: `1/1/2024 - 1/7/2024`."""
    until = SPAN.fullmatch(rest)
    last = _day(until[1], order) if until else None
    return last is not None and not last[1].strip() and last[0] >= day


def _counted(digits: str) -> datetime | None:
    """The moment that a bare number counts to from a beginning that everybody knows."""
    if found := EPOCH.fullmatch(digits):
        return datetime.fromtimestamp(int(found[1]), UTC) + timedelta(
            milliseconds=int(found[2] or 0)
        )
    if SERIAL.fullmatch(digits):
        seconds = round(float(digits) * 86400)
        moment = FIRST_SERIAL + timedelta(seconds=seconds)
        return moment if EARLIEST <= moment.year <= LATEST else None
    return None


def orders_of(cells: Iterable[str]) -> frozenset[Order]:
    """By which orders every cell of a column is a day. More than one: it must be asked, if they read any cell differently."""
    possible = set(AS_WRITTEN)
    for cell in cells:
        if is_missing(cell):
            continue
        possible = {order for order in possible if read(cell, order) is not None}
        if not possible:
            break
    return frozenset(possible)


def is_ambiguous(cells: Iterable[str]) -> bool:
    """Whether two orders read all of a column, and some cell differently."""
    held = [one for one in cells if not is_missing(one)]
    orders = orders_of(held)
    return any(len({read(one, order) for order in orders}) > 1 for one in held)


def _day(text: str, order: Order) -> tuple[date, str] | None:
    """The day at the beginning, and what follows it."""
    if found := RUN_ON.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]), text[found.end() :])
    for named in NAMED:
        if (found := named.match(text)) and (month := month_of(found["m"])):
            return _made(_year(found["y"]), month, int(found["d"]), text[found.end() :])
    if found := THREE.match(text):
        return _by_order(found, order, text[found.end() :])
    return None


def _by_order(found: re.Match[str], order: Order, rest: str) -> tuple[date, str] | None:
    """Four digits in front are a year, whatever the column's order is; nobody puts dots between month, day and year."""
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4 and order in WRITTEN and int(third) <= MONTHS_IN_A_YEAR:
        second, third = third, second
    order = WRITTEN.get(order, order)
    if len(first) == 4:
        return _made(int(first), int(second), int(third), rest)
    if len(first) > 2 or len(third) in {1, 3}:
        return None
    if order is Order.YEAR_FIRST:
        is_year = len(first) == len(third) == 2  # nobody writes 2009 as 9
        return _made(_year(first), int(second), int(third), rest) if is_year else None
    if found[2] == "." and order is Order.MONTH_FIRST:
        return None
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return _made(_year(third), int(month), int(day), rest)


def _made(year: int, month: int, day: int, rest: str) -> tuple[date, str] | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day), rest
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def _with_clock(day: date, text: str) -> datetime | None:
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[5][0] in AFTER_NOON else 0)
    if (hour, minute, second) == END_OF_DAY:
        day, hour = day + timedelta(days=1), 0
    micro = int((found[4] or "0")[:6].ljust(6, "0"))
    try:
        wall = datetime.combine(day, time(hour, minute, second, micro))
    except ValueError:
        return None
    zone = _zone(found[6])
    return wall.replace(tzinfo=zone) if zone else wall


def _zone(said: str | None) -> timezone | None:
    if not said:
        return None
    if said[0] not in "+-":
        return UTC
    digits = said[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return UTC
    return timezone(-offset if said[0] == "-" else offset)

"""Times of day as exports hold them: clocks, bare hours, what spreadsheets make of a time, and half hours by their beginning."""

import re
from decimal import Decimal

from bot.rules.metrics.importing.cells import durations, numbers
from bot.rules.metrics.importing.cells.durations import Unit

DAY = 86_400
BETWEEN = re.compile(r"\s*(?:[-–—]|to)\s*")
PART_OF_A_DAY = re.compile(r"0?[.,]\d+")


def read(text: str) -> Decimal | None:
    """Seconds since midnight, or None if it is no time of day. Of `09:30 - 10:00` it is the first; 24 is the end of the day."""
    begin = BETWEEN.split(text.strip())[0]
    unit = Unit.DAYS if PART_OF_A_DAY.fullmatch(begin) else Unit.HOURS
    sign = numbers.DecimalSign.COMMA if "," in begin else numbers.DecimalSign.POINT
    seconds = durations.read(begin, unit, sign)
    return seconds if seconds is not None and 0 <= seconds <= DAY else None

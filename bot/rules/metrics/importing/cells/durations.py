"""Lengths of time as exports hold them: seconds, `h:mm:ss`, parts of a day, words, and times of day that Excel made of them."""

import re
from decimal import Decimal
from enum import StrEnum

from bot.rules.metrics.importing.cells import numbers
from bot.rules.metrics.importing.cells.missing import trim
from bot.rules.metrics.importing.cells.numbers import DecimalSign


class Unit(StrEnum):
    """What a bare number counts. Excel counts days."""

    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


SECONDS_IN = {
    Unit.MILLISECONDS: Decimal("0.001"),
    Unit.SECONDS: Decimal(1),
    Unit.MINUTES: Decimal(60),
    Unit.HOURS: Decimal(3600),
    Unit.DAYS: Decimal(86400),
}
AFTER_NOON = "pPμΜ"
"""`μ.μ.` is Greek for p.m., `π.μ.` for a.m."""
CLOCK = re.compile(
    r"(?P<sign>-)?(?:(?P<days>\d{1,6})[. ]\s*(?:days?\s*,?\s*)?)?"
    r"(?P<a>\d{1,7}):(?P<b>\d{1,2})(?::(?P<c>\d{1,2}(?:[.,]\d{1,9})?))?\s*(?P<half>[AaPpπμΠΜ]\.?[MmμΜ]\.?)?"
)
WORDS = re.compile(
    r"(?P<sign>-)?\s*(?:(?P<d>\d+(?:\.\d+)?)\s*d(?:ays?)?)?[\s,]*(?:(?P<h>\d+(?:\.\d+)?)\s*h(?:(?:ou)?rs?)?)?[\s,]*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*m(?:in(?:ute)?s?)?)?[\s,]*(?:(?P<s>\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?)?"
)
ISO = re.compile(
    r"(?P<sign>-)?P(?:(?P<d>\d+)D)?(?:T(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?"
)


def read(
    text: str, unit: Unit = Unit.SECONDS, sign: DecimalSign = DecimalSign.POINT
) -> Decimal | None:
    """The length in seconds, or None if it is none. `12:02:23 AM` is what Excel shows of two minutes and 23 seconds."""
    bare = trim(text)
    for way in (_clock, _iso, _words):
        seconds = way(bare, unit)
        if seconds is not None:
            return seconds
    number = numbers.read(bare, sign)
    return None if number is None else number * SECONDS_IN[unit]


def _clock(text: str, unit: Unit) -> Decimal | None:
    """`a:b` alone is hours and minutes where a column counts hours, and minutes and seconds otherwise."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    third = Decimal((found["c"] or "0").replace(",", "."))
    if found["c"] is None and unit not in {Unit.HOURS, Unit.DAYS} and not found["half"]:
        first, second, third = 0, first, Decimal(second)
    elif second > 59:
        return None
    if third >= 60:
        return None
    if found["half"]:
        if not 1 <= first <= 12:
            return None
        first = first % 12 + (12 if found["half"][0] in AFTER_NOON else 0)
    seconds = Decimal(int(found["days"] or 0) * 86400 + first * 3600 + second * 60) + third
    return -seconds if found["sign"] else seconds


def _iso(text: str, _unit: Unit) -> Decimal | None:
    return _by_letters(ISO.fullmatch(text))


def _words(text: str, _unit: Unit) -> Decimal | None:
    return _by_letters(WORDS.fullmatch(text.casefold()))


def _by_letters(found: re.Match[str] | None) -> Decimal | None:
    if found is None or not any(found[one] for one in "dhms"):
        return None
    units = {"d": Unit.DAYS, "h": Unit.HOURS, "m": Unit.MINUTES, "s": Unit.SECONDS}
    parts = (Decimal(found[one] or 0) * SECONDS_IN[unit] for one, unit in units.items())
    seconds = sum(parts, Decimal(0))
    return -seconds if found["sign"] else seconds

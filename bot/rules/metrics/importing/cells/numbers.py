"""Numbers as people write them: with either decimal sign, thousands of any style, percent signs, accountants' brackets.

`1,234` is one thousand or one and a bit; a column says which, a cell alone does not.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from bot.rules.metrics.importing.cells.missing import is_missing, trim

DIGITS_AT_MOST = 40
SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f\u2007'’](?=\d{3}(?!\d))")
"""What stands between thousands and is never a decimal sign."""
SIGNS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": ","})
CURRENCY = re.compile(r"^[A-Z]{3}(?=[\s\d+-])|(?<=[\s\d])[A-Z]{3}$|[$€£¥₴₽]")
PLAIN = re.compile(r"[+-]?\d*\.?\d+(?:[eE][+-]?\d{1,3})?|[+-]?\d+\.")
GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d*)?"),
}


class DecimalSign(StrEnum):
    POINT = "."
    COMMA = ","


def read(text: str, sign: DecimalSign = DecimalSign.POINT) -> Decimal | None:
    """The number, or None if it is none by this sign. A percentage is its number: `85 %` is 85."""
    bare = _bare(text)
    if bare is None:
        return None
    is_negative, digits = bare
    thousands = "," if sign is DecimalSign.POINT else "."
    if GROUPED[sign].fullmatch(digits):
        digits = digits.replace(thousands, "")
    if sign is DecimalSign.COMMA:
        if "." in digits:
            return None
        digits = digits.replace(",", ".")
    if not PLAIN.fullmatch(digits):
        return None
    value = Decimal(digits)
    return -value if is_negative else value


def is_percent(text: str) -> bool:
    return trim(text).endswith(("%", "٪"))


def signs_of(cells: Iterable[str]) -> frozenset[DecimalSign]:
    """By which signs every cell of a column is a number. Both: it does not matter, or it must be asked."""
    possible = set(DecimalSign)
    for cell in cells:
        if is_missing(cell):
            continue
        possible = {sign for sign in possible if read(cell, sign) is not None}
        if not possible:
            break
    return frozenset(possible)


def is_ambiguous(cells: Iterable[str]) -> bool:
    """Whether the two signs read some cell of a column differently, and none decides."""
    held = [one for one in cells if not is_missing(one)]
    if len(signs_of(held)) != len(DecimalSign):
        return False
    return any(read(one, DecimalSign.POINT) != read(one, DecimalSign.COMMA) for one in held)


def _bare(text: str) -> tuple[bool, str] | None:
    """Whether it is in accountants' brackets, and its digits and signs without all that is around them."""
    bare = trim(text).translate(SIGNS)
    is_negative = bare.startswith("(") and bare.endswith(")")
    if is_negative:
        bare = trim(bare[1:-1])
    bare = trim(CURRENCY.sub("", bare.rstrip("%٪")))
    bare = SPACED.sub("", bare)
    if not bare or len(bare) > DIGITS_AT_MOST:
        return None
    return is_negative, bare

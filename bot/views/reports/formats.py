"""How Excel writes days and times for this reader: Unicode's patterns in the letters of Excel."""

import re

from bot.text import Text

PIECES = re.compile(r"'([^']*)'|([yMd]+)|([^'yMd]+)")
LETTERS = {"y": "yyyy", "M": "m", "MM": "mm", "d": "d", "dd": "dd"}
TWELVE, TWENTY_FOUR = ("h:mm", "AM/PM"), ("hh:mm",)
AS_IT_IS = re.compile(r"[ ./-]*")


def day(t: Text) -> str:
    """`d/m/yyyy`, or as it is written where the reader is."""
    return "".join(_piece(*found) for found in PIECES.findall(t.day_pattern))


def moment(t: Text) -> str:
    """The same with the time of day, of twelve hours where that is usual."""
    clock = TWELVE if "a" in t.clock_pattern else TWENTY_FOUR
    return " ".join((day(t), *clock))


def _piece(quoted: str, letters: str, between: str) -> str:
    if letters:
        return LETTERS.get(letters, letters)
    # Marks of direction and narrow spaces say nothing in a sheet.
    literal = quoted + "".join(
        " " if one.isspace() else one for one in between if one.isprintable() or one.isspace()
    )
    return literal if AS_IT_IS.fullmatch(literal) else f'"{literal}"'

"""Which row of a table is its header, below titles and blank lines, and what its columns are called."""

import re
from collections.abc import Sequence
from itertools import count, pairwise

from bot.errors import Refused
from bot.spreadsheets.limits import NO_ROWS
from bot.text import _

Row = tuple[int, list[str]]
NO_HEADER = _(
    "This table has no header: row {row} already holds numbers. Please write the names of the columns above them."
)
SIDE_BY_SIDE = _(
    "Row {row} has the same headings again and again, as where several tables stand side by side. Please leave one table in the sheet."
)
LOOKED_AT = 100  # rows that hold something
WIDE_ENOUGH = 0.5  # of the widest row: titles, labels over groups of columns and notes are narrower
DIFFERENT = 0.6  # of a header's names: labels over groups repeat themselves
LONGEST_NAME = 300  # characters
VALUE = re.compile(
    r"[\s(+\-−€$£₴%]*\d[\d\s.,:/%()+\-−€$£₴'’TZ]*(?:[ap]\.?m\.?)?"
    r"|true|false|\S+@\S+\.\S+"
    r"|\d{1,2}[-. /]+[^\W\d]{3,9}\.?[-. /,]+\d{2,4}(?:\s.*)?"
    r"|[^\W\d]{3,9}\.?\s+\d{1,2},?\s+\d{4}(?:\s.*)?",
    re.IGNORECASE,
)  # fmt: skip


def find_header(rows: Sequence[Row]) -> int:
    """Its place among the rows, which hold something each. Raises Refused if none is one."""
    if not rows:
        raise Refused(NO_ROWS)
    filled = [_filled(cells) for _number, cells in rows]
    enough = WIDE_ENOUGH * max(filled)
    for place, width in enumerate(filled):
        if width >= enough and _is_header(rows[place][1]):
            above = zip(rows[:place], filled, strict=False)
            if any(other >= width and _values(cells) for (_number, cells), other in above):
                break
            return _wider(rows, filled, place)
    for (number, cells), width in zip(rows, filled, strict=True):
        if width >= enough and not _values(cells) and not _are_different(cells):
            raise Refused(SIDE_BY_SIDE, row=number)
    number = next(
        number for (number, _cells), width in zip(rows, filled, strict=True) if width >= enough
    )
    raise Refused(NO_HEADER, row=number)


def names(cells: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Every column's own name: a blank one is called by its letter, the second Status is `Status (2)`.

    Columns without a name count if most rows below have something in them.
    """
    width = _last_filled(cells)
    most = sorted(map(_last_filled, below))[len(below) // 2] if below else 0
    found: list[str] = []
    taken: set[str] = set()
    for place in range(max(width, most)):
        said = _in_one_line(cells[place]) if place < len(cells) else ""
        name = _free(said or f"Column {letters(place + 1)}", taken)
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)


def letters(column: int) -> str:
    """As Excel calls it; the first is 1."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def _free(name: str, taken: set[str]) -> str:
    tries = (name if number == 1 else f"{name} ({number})" for number in count(1))
    return next(one for one in tries if one.casefold() not in taken)


def _in_one_line(cell: str) -> str:
    return " ".join(cell.replace("\u200b", "").replace("\ufeff", "").split())


def _wider(rows: Sequence[Row], filled: Sequence[int], place: int) -> int:
    """The row right below, if it is a wider header: what was found is a title with a few words in it."""
    for upper, lower in pairwise(range(place, len(rows))):
        if filled[lower] <= filled[upper] or not _is_header(rows[lower][1]):
            return upper
        if not any(_values(cells) for _number, cells in rows[lower + 1 :]):
            return upper
    return place


def _is_header(cells: Sequence[str]) -> bool:
    longest = max(map(len, map(str.strip, cells)))
    return not _values(cells) and longest <= LONGEST_NAME and _are_different(cells)


def _are_different(cells: Sequence[str]) -> bool:
    said = [one.strip() for one in cells if one.strip()]
    return len(said) <= 2 or len({one.casefold() for one in said}) >= DIFFERENT * len(said)


def _values(cells: Sequence[str]) -> bool:
    """Whether there are numbers, days and the like among them, other than a single one in many."""
    said = [one.strip() for one in cells if one.strip()]
    values = sum(len(one) <= LONGEST_NAME and bool(VALUE.fullmatch(one)) for one in said)
    return values > len(said) // 10


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for one in cells if one.strip())


def _last_filled(cells: Sequence[str]) -> int:
    return max((place for place, one in enumerate(cells, start=1) if one.strip()), default=0)

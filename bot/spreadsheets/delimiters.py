"""What stands between the cells of a CSV: told by the file, or found by trying."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

DELIMITERS = ",;\t|"
TRIED = 200  # records
FEWEST_ROWS, FEWEST_PARTS = 2, 3
TOLD = re.compile(r'"?sep=([^"\r\n])"?\s*')


def told(line: str) -> str:
    """What Excel's own first line says, `sep=;`; empty if it is no such line."""
    found = TOLD.fullmatch(line)
    return found.group(1) if found else ""


def find_delimiter(lines: Sequence[str]) -> str:
    """What splits most of the first records into the same number of cells, and of those into the most."""
    return max(DELIMITERS, key=lambda sign: _agreement(lines, sign))


def sign_within(rows: Sequence[Sequence[str]]) -> str:
    """What divides the one cell of every row of a sheet into as many parts; empty if nothing does.

    So a CSV looks that was opened in a country with another sign, and saved as a workbook.
    """
    if len(rows) < FEWEST_ROWS or any(any(map(str.strip, cells[1:])) for cells in rows):
        return ""
    for sign in DELIMITERS:
        widths = {len(split(cells[0], sign)) for cells in rows}
        if len(widths) == 1 and min(widths) >= FEWEST_PARTS:
            return sign
    return ""


def split(cell: str, sign: str) -> list[str]:
    """The parts of a line that stands in one cell."""
    try:
        return next(csv.reader([cell], delimiter=sign), [])
    except csv.Error:
        return [cell]


def _agreement(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """How many records are as wide as most are, and how wide. One cell is no agreement."""
    reader = csv.reader(lines, delimiter=sign)
    try:
        widths = Counter(len(one) for one in islice(reader, TRIED) if any(map(str.strip, one)))
    except csv.Error:
        return 0, 0
    widths.pop(1, None)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
    return count, width

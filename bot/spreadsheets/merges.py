"""Cells of a workbook that are merged downwards: the one at the top stands for all of them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import IO

Row = tuple[int, list[str]]
WITHIN = 50_000_000  # bytes of a sheet: the lists of merged cells are at its end, and who merges cells has no million lines
MOST = 100_000
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"'
)
ROWS_END = b"sheetData"


class Merges:
    """`columns` are those in which cells are merged downwards, by their place."""

    def __init__(self, ranges: Iterable[tuple[int, int, int]] = ()) -> None:
        """Each the place of its first column, its first row and its last."""
        self._begin: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for column, first, last in ranges:
            if last > first:
                self._begin[first].append((column, last))
        self.columns = frozenset(one for held in self._begin.values() for one, _last in held)

    def below(self, row: int) -> "Merges":
        """Those that begin below this one."""
        return Merges(
            (column, first, last)
            for first, held in self._begin.items()
            for column, last in held
            if first > row
        )

    def fill(self, rows: Iterable[Row], columns: Collection[int]) -> Iterator[Row]:
        """The rows with what is at the top in every cell below, in these columns."""
        active: dict[int, tuple[int, str]] = {}
        for number, cells in rows:
            for column, last in self._begin.get(number, ()):
                if column in columns and column < len(cells):
                    active[column] = last, cells[column]
            for column, (last, value) in [*active.items()]:
                if number > last:
                    del active[column]
                elif value:
                    cells.extend([""] * (column + 1 - len(cells)))
                    cells[column] = cells[column] or value
            yield number, cells


def merges_in(file: IO[bytes], size: int) -> Merges:
    """Of a sheet that has so many bytes."""
    if size > WITHIN:
        return Merges()
    content = file.read()
    found = MERGED.finditer(content, max(0, content.rfind(ROWS_END)))
    return Merges((_place(one[1]), int(one[2]), int(one[3])) for one in islice(found, MOST))


def _place(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found - 1

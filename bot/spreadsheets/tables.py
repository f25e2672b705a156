"""A large CSV or XLSX as a table: its headers, what was found out about it, and its rows one by one.

Read it in a process of its own (`bot.spreadsheets.apart`): what a file hides may cost that process, never Baton.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.errors import Refused
from bot.spreadsheets import said
from bot.spreadsheets.books import BookFile
from bot.spreadsheets.delimiters import sign_within, split
from bot.spreadsheets.headers import LOOKED_AT, Row, find_header, names
from bot.spreadsheets.kinds import Kind, find_kind
from bot.spreadsheets.limits import (
    CELL_TOO_LONG,
    NO_ROWS,
    TOO_LARGE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Limits,
)
from bot.spreadsheets.texts import TextFile
from bot.spreadsheets.wholes import WholeFile

ENDINGS = {
    "csv": Kind.TEXT,
    "txt": Kind.TEXT,
    "tsv": Kind.TEXT,
    "xls": Kind.OLD,
    "ods": Kind.OPEN,
} | dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm"), Kind.BOOK)


ALL = range(1_000)
"""Every column that there may be."""
MOST_TABLES = 20
"""Sheets that are looked into before one is chosen."""
Source = BookFile | TextFile | WholeFile


class Table:
    """`headers` are all different. `header_row` counts as a person does in Excel. `titles` are the cells above it."""

    def __init__(self, source: Source, limits: Limits, other_kind: Sequence[said.Said]) -> None:
        self._source, self._limits, self._within = source, limits, ""
        head = list(islice(self._filled(), LOOKED_AT))
        if isinstance(source, BookFile) and (
            sign := sign_within([cells for _number, cells in head])
        ):
            self._within = sign
            head = [(number, split(cells[0], sign)) for number, cells in head]
        place = find_header(head)
        self.header_row, cells = head[place]
        self.titles = tuple(
            one.strip() for _number, row in head[:place] for one in row if one.strip()
        )
        self._merges = source.merges().below(self.header_row)
        self.headers = names(cells, [below for _number, below in head[place + 1 :]])
        if len(self.headers) > limits.columns:
            raise Refused(TOO_MANY_COLUMNS, row=self.header_row, limit=limits.columns)
        self._beside = 0
        self._said = (*other_kind, *([said.TitleRows(place)] if place else []))

    @property
    def sheets(self) -> tuple[str, ...]:
        """All that hold something and can be chosen; none for a CSV."""
        return self._source.sheets

    @property
    def sheet(self) -> str:
        return self._source.sheet

    @property
    def said(self) -> tuple[said.Said, ...]:
        """What is counted in the rows is complete when all of them were read."""
        within = [said.Delimiter(self._within)] if self._within else []
        beside = [said.CellsBeside(self._beside)] if self._beside else []
        return (*self._source.said, *within, *self._said, *beside)

    @property
    def share(self) -> float:
        """How much of the file was read, from 0 to 1."""
        return self._source.share

    @property
    def merged(self) -> frozenset[int]:
        """The places of columns in which cells are merged downwards."""
        return self._merges.columns

    def rows(self, fill: Collection[int] = ALL) -> Iterator[Row]:
        """Number and cells of every row below the header that holds something.

        What is merged downwards in the columns `fill` is in each of its rows.

        There are as many cells as headers. A row of a text with more has more cells in the file: they belong to no column.
        In a sheet every cell has its place, so what stands beside the table moves nothing.
        In a CSV a row counts once however many lines its cells have, as in Excel. Raises Refused.
        """
        width, most = len(self.headers), self._limits.rows
        filler = [""] * width
        filled = self._below()
        if places := self.merged & {*fill}:
            filled = self._merges.fill(filled, places)
        for count, (number, cells) in enumerate(filled, start=1):
            if count > most:
                raise Refused(TOO_MANY_ROWS, limit=most)
            if len(cells) < width:
                yield number, cells + filler[len(cells) :]
            else:
                while len(cells) > width and not cells[-1].strip():
                    cells.pop()
                yield number, self._cut(cells, width)

    def _cut(self, cells: list[str], width: int) -> list[str]:
        if len(cells) == width or isinstance(self._source, TextFile):
            return cells
        self._beside += 1
        return cells[:width]

    def _below(self) -> Iterator[Row]:
        return (one for one in self._filled() if one[0] > self.header_row)

    def _filled(self) -> Iterator[Row]:
        limits = self._limits
        for number, cells in self._source.records():
            if any(map(str.strip, cells)):
                if max(map(len, cells)) > limits.cell:
                    column = next(at for at, one in enumerate(cells, 1) if len(one) > limits.cell)
                    raise Refused(CELL_TOO_LONG, row=number, column=column, limit=limits.cell)
                if len(cells) > limits.columns and any(map(str.strip, cells[limits.columns :])):
                    raise Refused(TOO_MANY_COLUMNS, row=number, limit=limits.columns)
                yield number, split(cells[0], self._within) if self._within else cells


def open_table(path: Path, limits: Limits, *, sheet: str = "") -> Table:
    """Without a name the first sheet that holds something. Raises Refused with a sentence that says what is wrong."""
    source, other_kind = _opened(path, limits, sheet)
    return Table(source, limits, other_kind)


def open_all(path: Path, limits: Limits) -> list[Table]:
    """The first sheets of those that hold a table, one at least. Raises Refused if none does, for what is wrong with the first."""
    source, other_kind = _opened(path, limits, "")
    found: list[Table] = []
    wrong: Refused | None = None
    for sheet in source.sheets[:MOST_TABLES] or [""]:
        try:
            found.append(Table(source.at(sheet), limits, other_kind))
        except Refused as refused:
            wrong = wrong or refused
    if wrong and not found:
        raise wrong
    return found


def _opened(path: Path, limits: Limits, sheet: str) -> tuple[Source, tuple[said.Said, ...]]:
    """What is in the file, and whether its name says that it is something else."""
    if path.stat().st_size > limits.size:
        raise Refused(TOO_LARGE, limit=limits.size // 1_000_000)
    if not path.stat().st_size:
        raise Refused(NO_ROWS)
    kind, named = find_kind(path), path.suffix.lower().lstrip(".")
    other_kind = (said.OtherKind(named, kind),) if named and ENDINGS.get(named) is not kind else ()
    if kind in {Kind.OLD, Kind.OPEN}:
        return WholeFile(path, kind, limits, sheet), other_kind
    return BookFile(path, limits, sheet) if kind is Kind.BOOK else TextFile(path), other_kind

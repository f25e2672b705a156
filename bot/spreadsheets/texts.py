"""A large CSV, a record at a time, straight from the file: never more of it in memory than one record."""

import csv
import os
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Self

from bot.errors import Refused
from bot.spreadsheets import said
from bot.spreadsheets.delimiters import TRIED, find_delimiter, told
from bot.spreadsheets.encodings import SAMPLE, survey
from bot.spreadsheets.limits import NOT_TEXT
from bot.spreadsheets.merges import Merges
from bot.text import _

END = "\0"
"""A line of our own after the last: if it turns up inside a cell, that cell was never closed. No file has it."""
WRAPPED = '="'
"""Some programs write `="00123"`, so that Excel leaves the zeros."""
ORDINARY = frozenset({"utf-8", "utf-8-sig"})
NEVER_CLOSED = _(
    "Row {row} has a quotation mark that is opened and never closed. Please correct it, and send the file again."
)


class TextFile:
    """Its records with their numbers, as Excel counts them: blank ones count, a line `sep=` does not."""

    sheets: tuple[str, ...] = ()
    sheet = ""

    def __init__(self, path: Path) -> None:
        self._path, self._size = path, max(1, path.stat().st_size)
        self._text = survey(path)
        self._place = 0
        with self._open() as file:
            lines = file.readlines(SAMPLE)[:TRIED]
        self._told = told(lines[0].rstrip("\r\n")) if lines else ""
        self._delimiter = self._told or find_delimiter(lines)
        self._is_wrapped = any(WRAPPED in line for line in lines)

    def at(self, _sheet: str) -> Self:
        """There is but one table in it."""
        return self

    def merges(self) -> Merges:
        return Merges()

    @property
    def said(self) -> tuple[said.Said, ...]:
        text = self._text
        found: list[said.Said] = []
        if text.encoding not in ORDINARY:
            found.append(said.Encoding(text.encoding))
        if text.has_mark:
            found.append(said.ByteOrderMark())
        if text.is_damaged:
            found.append(said.Damaged())
        if self._told or self._delimiter != ",":
            found.append(said.Delimiter(self._delimiter, is_told=bool(self._told)))
        return tuple(found)

    @property
    def share(self) -> float:
        """How much of the file was read, from 0 to 1."""
        return min(1.0, self._place / self._size)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """From the first. Raises Refused for what no program could read as it was meant."""
        number = 0
        with self._open() as file:
            if self._told:
                next(file)
            reader = csv.reader(chain(file, [END]), delimiter=self._delimiter)
            try:
                for number, cells in enumerate(reader, start=1):
                    if cells and cells[-1].endswith(END):
                        _check_closed(cells, number)
                        self._place = self._size
                        return
                    yield number, list(map(_unwrapped, cells)) if self._is_wrapped else cells
                    if not number % 1000:
                        self._place = os.lseek(file.fileno(), 0, os.SEEK_CUR)
            except UnicodeDecodeError as error:
                raise Refused(NOT_TEXT) from error
            except csv.Error as error:
                raise Refused(NEVER_CLOSED, row=number + 1) from error

    def _open(self) -> TextIOWrapper:
        file = self._path.open(encoding=self._text.encoding, errors=self._text.errors, newline="")
        assert isinstance(file, TextIOWrapper)
        return file


def _unwrapped(cell: str) -> str:
    is_wrapped = cell.startswith(WRAPPED) and cell.endswith('"') and len(cell) > len(WRAPPED)
    return cell[len(WRAPPED) : -1].replace('""', '"') if is_wrapped else cell


def _check_closed(cells: list[str], number: int) -> None:
    if cells != [END]:
        raise Refused(NEVER_CLOSED, row=number)

"""Uploaded CSV and XLSX files become rows of text, under limits: a file is hostile until it has been read.

Small lists are read here, whole; `bot.spreadsheets.tables` reads large tables, a piece at a time.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from python_calamine import CalamineError, CalamineWorkbook

from bot.errors import Refused
from bot.spreadsheets.cells import as_text
from bot.spreadsheets.delimiters import find_delimiter, told
from bot.spreadsheets.encodings import decode
from bot.spreadsheets.limits import (
    CELL_TOO_LONG,
    NO_ROWS,
    NOT_A_WORKBOOK,
    NOT_TEXT,
    ROSTER,
    TOO_LARGE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Limits,
)
from bot.spreadsheets.measuring import measured

Rows = list[list[str]]


def read(data: bytes, limits: Limits = ROSTER) -> Rows:
    """The first sheet, or the CSV, as rows of stripped text; the first row is row 1, and empty rows keep their place.

    Raises Refused with a sentence that says what is wrong and where.
    """
    if len(data) > limits.size:
        raise Refused(TOO_LARGE, limit=limits.size // 1_000_000)
    is_archive = data.startswith(b"PK\x03\x04")
    rows = _read_workbook(data, limits) if is_archive else _read_text(data, limits)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused(NO_ROWS)
    return rows


def _checked(rows: Iterable[Iterable[object]], limits: Limits) -> Rows:
    found: Rows = []
    for number, row in enumerate(rows, start=1):
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, limit=limits.rows)
        cells = [_plain(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.columns:
            raise Refused(TOO_MANY_COLUMNS, row=number, limit=limits.columns)
        for column, cell in enumerate(cells, start=1):
            if len(cell) > limits.cell:
                raise Refused(CELL_TOO_LONG, row=number, column=column, limit=limits.cell)
        found.append(cells)
    return found


def _plain(cell: object) -> str:
    """In one line, without what cannot be seen."""
    return " ".join(as_text(cell).replace("\u200b", "").split())


def _read_text(data: bytes, limits: Limits) -> Rows:
    text = decode(data)
    first, _newline, rest = text.partition("\n")
    delimiter = told(first)
    if delimiter:
        text = "\n" + rest  # its row number stays
    delimiter = delimiter or find_delimiter(text.splitlines(keepends=True))
    try:
        return _checked(csv.reader(StringIO(text, newline=""), delimiter=delimiter), limits)
    except csv.Error as error:
        raise Refused(NOT_TEXT) from error


def _read_workbook(data: bytes, limits: Limits) -> Rows:
    copy = measured(data, limits)
    try:
        sheet = CalamineWorkbook.from_filelike(copy).get_sheet_by_index(0)
        return _checked(sheet.to_python(skip_empty_area=False), limits)
    except (CalamineError, IndexError, ValueError, OverflowError) as error:
        raise Refused(NOT_A_WORKBOOK) from error


__all__ = ["ROSTER", "TOO_LARGE", "Limits", "Rows", "read"]

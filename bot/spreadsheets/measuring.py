"""Small workbooks are measured whole before they are opened: a copy is made that holds exactly what was measured.

So no archive can be small when it is looked at and large when it is read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from bot.errors import Refused
from bot.spreadsheets.limits import (
    NOT_A_WORKBOOK,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_MUCH_INSIDE,
    Limits,
)

PARTS = 500  # files inside an .xlsx; ordinary ones have about a dozen
MOST_SHARED = 400_000_000  # bytes: the longest shared text, if every cell had it
SPARE = 2  # formats may reach beyond the columns that hold something
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}
BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d*)""")
SHARED = re.compile(rb"<(?:\w+:)?si\b")


def measured(data: bytes, limits: Limits) -> BytesIO:
    """The archive again, unpacked under limits and stored as it is, once nothing in it can grow while it is read."""
    copy = BytesIO()
    left, cells, longest = limits.unpacked, 0, 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as stored:
            if len(archive.infolist()) > PARTS or "xl/workbook.xml" not in archive.namelist():
                raise Refused(NOT_A_WORKBOOK)
            for part in {one.filename: one for one in archive.infolist()}.values():
                with archive.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Refused(TOO_MUCH_INSIDE)
                cells = max(cells, _count_cells(content, limits))
                longest = max(longest, _longest_shared(content))
                stored.writestr(part.filename, content)
    except BROKEN as error:
        raise Refused(NOT_A_WORKBOOK) from error
    if cells * longest > MOST_SHARED:
        raise Refused(TOO_MUCH_INSIDE)
    copy.seek(0)
    return copy


def _count_cells(content: bytes, limits: Limits) -> int:
    """How many cells a part has. Raises Refused for what would grow when read: cells far away, and hidden markup."""
    check_plain(content)
    rows = ROW.split(content)
    in_rows = [len(CELL.findall(row)) for row in rows]
    widest = max(in_rows[1:], default=0)
    if len(rows) - 1 > limits.rows or widest > limits.columns * SPARE or in_rows[0] > PARTS:
        raise Refused(TOO_MUCH_INSIDE)
    for row, column in _places(content):
        if row > limits.rows:
            raise Refused(TOO_MANY_ROWS, limit=limits.rows)
        if column > limits.columns * SPARE:
            raise Refused(TOO_MANY_COLUMNS, row=row, limit=limits.columns)
    return sum(in_rows)


def check_plain(content: bytes) -> None:
    """Raises Refused for markup that hides something: a part that is no UTF-8, or that declares entities."""
    if content[:2] in UTF_16 or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(NOT_A_WORKBOOK)


def _places(content: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of every cell and every row that says where it is."""
    for start in (CELL, ROW):
        for element in start.finditer(content):
            tag = content[element.start() : element.start() + 500].partition(b">")[0]
            place = REFERENCE.search(tag)
            if place:
                yield int(place.group(2)[:9] or b"0"), _column(place.group(1))


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters.upper()[:6]:
        found = found * 26 + letter - ord("A") + 1
    return found


def _longest_shared(content: bytes) -> int:
    """Bytes of the longest text that cells may share, its markup included."""
    return max(map(len, SHARED.split(content))) if SHARED.search(content) else 0

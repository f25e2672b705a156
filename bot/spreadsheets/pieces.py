"""A sheet's XML cut between rows into pieces, each of which is a small sheet by itself.

Only cut: what is in a row is for the library that reads workbooks. It keeps a whole sheet in memory, and a piece is
little of that; so a million rows cost what a few thousand do, and the first are there at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from bot.errors import Refused
from bot.spreadsheets.limits import NOT_A_WORKBOOK, TOO_MUCH_INSIDE
from bot.spreadsheets.measuring import check_plain

BEFORE_ROWS = 8_000_000  # bytes: widths of columns and the like
LONGEST_ROW = 64_000_000  # bytes
LEAST_ROW = 20  # bytes: rows that are shorter on average are far apart
GAP = 1_000  # rows
BEGIN = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(/?)>")
ERROR = re.compile(rb' t="e"')
SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD_ENDS = b" />\t\r\n"


@dataclass(frozen=True, slots=True)
class Words:
    """How this sheet writes its elements: some programs put a prefix before each."""

    prefix: bytes

    @property
    def row(self) -> bytes:
        return b"<" + self.prefix + b"row"

    @property
    def begin(self) -> bytes:
        """What stands before the rows of a sheet that has nothing else."""
        xmlns = b"xmlns:" + self.prefix[:-1] if self.prefix else b"xmlns"
        return b'<%sworksheet %s="%s"><%ssheetData>' % (self.prefix, xmlns, SPACE, self.prefix)

    @property
    def last(self) -> bytes:
        return b"</%ssheetData" % self.prefix

    @property
    def end(self) -> bytes:
        return self.last + b"></%sworksheet>" % self.prefix

    @property
    def numbers(self) -> re.Pattern[bytes]:
        return re.compile(self.row + rb'\s(?:[^>]*?\s)?r="(\d{1,9})"')

    def numbered(self, rows: bytes, after: int) -> tuple[bytes, int]:
        """The rows, of which the first says its number; and the number of the last.

        Some programs number no row: a piece alone would begin at 1 again.
        """
        place = rows.find(self.row)
        if place < 0 or self.numbers.match(rows, place):
            last = self.numbers.match(rows, _last_row(self, rows) if place >= 0 else 0)
            return rows, int(last[1]) if last else after
        place += len(self.row)
        number = b' r="%d"' % (after + 1)
        return rows[:place] + number + rows[place:], after + rows.count(self.row)

    def count_empty_formulas(self, rows: bytes) -> int:
        """Those whose value nobody has worked out. A text that was worked out may be empty."""
        p = self.prefix
        if not re.search(rb"<%sf\b" % p, rows):
            return 0
        cell, formula = (
            rb'<%sc\b(?![^>]*\bt="str")[^>]*>' % p,
            rb"<%sf\b[^>]*(?:/>|>[^<]*</%sf>)" % (p, p),
        )
        nothing = rb"(?:<%sv\s*/>|<%sv>\s*</%sv>)?" % (p, p, p)
        return len(re.findall(rb"%s\s*%s\s*%s\s*</%sc>" % (cell, formula, nothing, p), rows))

    def with_errors_as_text(self, rows: bytes) -> bytes:
        """The library gives nothing for `#N/A` and its like, whose names are text as good as any."""
        if not ERROR.search(rows):
            return rows
        return re.sub(rb'(<%sc\s[^>]*?)\bt="e"' % self.prefix, rb'\1t="str"', rows)


def pieces(file: IO[bytes], size: int) -> Iterator[tuple[Words, bytes]]:
    """Whole rows, about `size` bytes at a time. Raises Refused for a sheet that ends in the middle."""
    words, buffer = _begin(file)
    while words:
        end = buffer.find(words.last)
        if end >= 0:
            yield from ((words, one) for one in _near_together(words, buffer[:end]))
            return
        cut = _last_row(words, buffer)
        if cut > 0:
            rows, buffer = buffer[:cut], buffer[cut:]
            yield from ((words, one) for one in _near_together(words, rows))
            del rows
        elif len(buffer) > LONGEST_ROW:
            raise Refused(TOO_MUCH_INSIDE)
        more = file.read(size)
        if not more:
            raise Refused(NOT_A_WORKBOOK)
        buffer += more


def _begin(file: IO[bytes]) -> tuple[Words | None, bytes]:
    """No words for a sheet without rows."""
    buffer = b""
    while more := file.read(BEFORE_ROWS // 100):
        buffer += more
        check_plain(buffer)
        if found := BEGIN.search(buffer):
            return None if found[2] else Words(found[1]), buffer[found.end() :]
        if len(buffer) > BEFORE_ROWS:
            break
    raise Refused(NOT_A_WORKBOOK)


def _last_row(words: Words, buffer: bytes) -> int:
    """Where the last row begins; 0 or less if there is no row before it."""
    end = len(buffer)
    while (place := buffer.rfind(words.row, 0, end)) > 0:
        after = buffer[place + len(words.row) : place + len(words.row) + 1]
        if after and after in WORD_ENDS:
            return place
        end = place
    return -1


def _near_together(words: Words, rows: bytes) -> Iterator[bytes]:
    """Apart where many rows are left out between: what reads them keeps a place for every row that is not there."""
    numbers, last = words.numbers, _last_row(words, rows)
    first, final = numbers.search(rows), numbers.match(rows, last) if last > 0 else None
    if first and final and (int(final[1]) - int(first[1])) * LEAST_ROW > len(rows):
        start, before = 0, int(first[1])
        for found in numbers.finditer(rows):
            if int(found[1]) - before > GAP:
                yield rows[start : found.start()]
                start = found.start()
            before = int(found[1])
        yield rows[start:]
    elif rows.strip():
        yield rows

"""A large .xlsx, a piece of a sheet at a time: each becomes a small workbook that python-calamine reads."""

import re
import zipfile
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Self

from python_calamine import CalamineError, CalamineWorkbook

from bot.errors import Refused
from bot.spreadsheets import said
from bot.spreadsheets.cells import as_texts
from bot.spreadsheets.limits import (
    NO_ROWS,
    NOT_A_WORKBOOK,
    TOO_MANY_COLUMNS,
    TOO_MUCH_INSIDE,
    Limits,
    no_such_sheet,
)
from bot.spreadsheets.measuring import check_plain
from bot.spreadsheets.merges import Merges, merges_in
from bot.spreadsheets.packages import LISTS, SHARED, Contents, Package, Sheet, opened
from bot.spreadsheets.pieces import Words, pieces

STEP = 4_000_000  # bytes
LARGEST_PIECE = 32_000_000
LONGEST_TEXT = 2_000_000  # bytes of one shared text, its markup included
HOLDS = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>/]*>")
TEXTS = re.compile(rb"<(?:\w+:)?si\b")
NOTHING = re.compile(rb"(?<!_x005F)_x0000_")
"""How a workbook writes a letter that is none, which no database takes; unless just that is what is written."""
FAR = re.compile(rb' r="[A-Z]{3,9}(\d{1,9})"[^>]*(?<!/)>')
"""A cell beyond column ZZ that holds something. What is written otherwise is found when it is read."""
PART = "xl/worksheets/sheet1.xml"
NO_STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006"


class BookFile:
    """One sheet's rows with their numbers, as Excel shows them."""

    def __init__(self, path: Path, limits: Limits, sheet: str) -> None:
        self._path, self._limits = path, limits
        self._place, self._size = 0, 1
        self._empty_formulas = 0
        with opened(path, limits) as package:
            contents = package.contents()
            self._filled = [one for one in contents.sheets if _holds_something(package, one)]
            self.chosen = self._chosen(sheet)
            self._base, self._piece = _base(package, contents, limits)
        self.sheet = self.chosen.name
        self.sheets = tuple(
            one.name for one in self._filled if one.is_hidden == self.chosen.is_hidden
        )

    def at(self, sheet: str) -> Self:
        """Another sheet of the same workbook. Raises Refused if there is none."""
        other = copy(self)
        other.chosen = self._chosen(sheet)
        other.sheet = other.chosen.name
        return other

    def merges(self) -> Merges:
        with opened(self._path, self._limits) as package, package.open(self.chosen.part) as file:
            return merges_in(file, package.size(self.chosen.part))

    @property
    def said(self) -> tuple[said.Said, ...]:
        """`EmptyFormulas` are counted while the rows are read."""
        found: list[said.Said] = []
        others = tuple(one for one in self.sheets if one != self.sheet)
        hidden = tuple(one.name for one in self._filled if one.is_hidden and one != self.chosen)
        if others:
            found.append(said.OtherSheets(others, self.sheet))
        if hidden:
            found.append(said.HiddenSheets(hidden))
        if self._empty_formulas:
            found.append(said.EmptyFormulas(self._empty_formulas))
        return tuple(found)

    @property
    def share(self) -> float:
        """How much of the sheet was read, from 0 to 1."""
        return min(1.0, self._place / self._size)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """From the first that holds something. Raises Refused for what cannot be read, or would not be a table."""
        after, self._empty_formulas = 0, 0
        with opened(self._path, self._limits) as package:
            self._size = max(1, package.size(self.chosen.part))
            with package.open(self.chosen.part) as file:
                for words, piece in pieces(file, self._piece):
                    numbered, after = words.numbered(piece, after)
                    self._place = file.tell()
                    yield from self._read(words, numbered)

    def _chosen(self, sheet: str) -> Sheet:
        """The one that is asked for, else the first that can be seen, else the first."""
        if sheet:
            named = [one for one in self._filled if one.name == sheet]
            if not named:
                raise no_such_sheet(sheet)
            return named[0]
        if not self._filled:
            raise Refused(NO_ROWS)
        return min(self._filled, key=lambda one: one.is_hidden)

    def _read(self, words: Words, piece: bytes) -> Iterator[tuple[int, list[str]]]:
        if far := FAR.search(piece):
            raise Refused(TOO_MANY_COLUMNS, row=int(far[1]), limit=self._limits.columns)
        self._empty_formulas += words.count_empty_formulas(piece)
        book = BytesIO(self._base)
        with zipfile.ZipFile(book, "a") as archive, archive.open(PART, "w") as part:
            part.write(words.begin)
            part.write(NOTHING.sub(b"", words.with_errors_as_text(piece)))
            part.write(words.end)
        book.seek(0)
        try:
            sheet = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=True)
        except (CalamineError, ValueError, OverflowError) as error:
            raise Refused(NOT_A_WORKBOOK) from error
        first, column = sheet.start or (0, 0)
        before = [""] * column
        for number, cells in enumerate(rows, start=first + 1):
            yield number, before + as_texts(cells)


def _holds_something(package: Package, sheet: Sheet) -> bool:
    end = b""
    with package.open(sheet.part) as file:
        while more := file.read(STEP):
            check_plain(more)
            if HOLDS.search(end + more):
                return True
            end = more[-100:]
    return False


def _base(package: Package, contents: Contents, limits: Limits) -> tuple[bytes, int]:
    """A workbook without rows, to which each piece is added; and how large a piece should be.

    The texts that cells share are read anew for each piece, so there are fewer pieces if those are many.
    """
    strings = package.read(contents.strings, SHARED) if contents.strings else b""
    strings = NOTHING.sub(b"", strings)
    starts = [one.start() for one in TEXTS.finditer(strings)]
    if max((b - a for a, b in pairwise([*starts, len(strings)])), default=0) > LONGEST_TEXT:
        raise Refused(TOO_MUCH_INSIDE)
    book = BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in _frame(counts_from_1904=contents.counts_from_1904).items():
            archive.writestr(name, content)
        if contents.styles:
            archive.writestr("xl/styles.xml", package.read(contents.styles, LISTS))
        packed = zipfile.ZIP_DEFLATED if len(strings) > STEP else zipfile.ZIP_STORED
        archive.writestr("xl/sharedStrings.xml", strings or NO_STRINGS, packed, compresslevel=1)
    return book.getvalue(), max(limits.piece, min(len(strings), LARGEST_PIECE))


def _frame(*, counts_from_1904: bool) -> dict[str, str]:
    """What makes an archive a workbook of one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "worksheet": "worksheets/sheet1.xml",
        "styles": "styles.xml",
        "sharedStrings": "sharedStrings.xml",
    }
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{part}"/>'
        for kind, part in parts.items()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{LINKS}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}/relationships">{links}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(counts_from_1904)}"/>'
        '<sheets><sheet name="S" sheetId="1" r:id="rworksheet"/></sheets></workbook>',
    }

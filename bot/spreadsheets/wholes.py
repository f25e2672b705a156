"""Old Excel workbooks (.xls) and OpenDocument ones (.ods): the library reads them whole, so they may not be as large.

What one hides can cost the memory of the process that reads it, and nothing else: see `bot.spreadsheets.apart`.
"""

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import IO, Self
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.errors import Refused
from bot.spreadsheets import said
from bot.spreadsheets.cells import as_texts
from bot.spreadsheets.kinds import LOCKED, OPEN_CONTENT, Kind
from bot.spreadsheets.limits import (
    NO_ROWS,
    NOT_A_WORKBOOK,
    TOO_LARGE,
    TOO_MUCH_INSIDE,
    Limits,
    no_such_sheet,
)
from bot.spreadsheets.measuring import check_plain
from bot.spreadsheets.merges import Merges
from bot.spreadsheets.packages import opened

LARGEST = 50_000_000  # bytes
STEP = 1_000_000  # bytes


class WholeFile:
    """One sheet's rows with their numbers, as the program that wrote it shows them."""

    def __init__(self, path: Path, kind: Kind, limits: Limits, sheet: str) -> None:
        if path.stat().st_size > LARGEST:
            raise Refused(TOO_LARGE, limit=LARGEST // 1_000_000)
        if kind is Kind.OPEN:
            with opened(path, limits) as package, package.open(OPEN_CONTENT) as file:
                _check_markup(file)
        self._book = _loaded(path)
        held = [one for one in self._book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        if len(held) > limits.sheets:
            raise Refused(TOO_MUCH_INSIDE)
        self._hidden = {one.name for one in held if one.visible is not SheetVisibleEnum.Visible}
        self._filled = [one.name for one in held if self._book.get_sheet_by_name(one.name).height]
        self._place, self._size = 0, 1
        self.sheet = self._chosen(sheet)

    @property
    def sheets(self) -> tuple[str, ...]:
        is_hidden = self.sheet in self._hidden
        return tuple(one for one in self._filled if (one in self._hidden) is is_hidden)

    @property
    def said(self) -> tuple[said.Said, ...]:
        others = tuple(one for one in self.sheets if one != self.sheet)
        hidden = tuple(one for one in self._filled if one in self._hidden and one != self.sheet)
        found: list[said.Said] = [said.OtherSheets(others, self.sheet)] if others else []
        return (*found, *([said.HiddenSheets(hidden)] if hidden else []))

    @property
    def share(self) -> float:
        """How much of the sheet was read, from 0 to 1."""
        return min(1.0, self._place / self._size)

    def at(self, sheet: str) -> Self:
        """Another sheet of the same workbook. Raises Refused if there is none."""
        other = copy(self)
        other.sheet = self._chosen(sheet)
        return other

    def merges(self) -> Merges:
        ranges = self._book.get_sheet_by_name(self.sheet).merged_cell_ranges or []
        return Merges((column, first + 1, last + 1) for (first, column), (last, _right) in ranges)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """From the first."""
        sheet = self._book.get_sheet_by_name(self.sheet)
        _row, column = sheet.start or (0, 0)
        before = [""] * column
        self._size = max(1, sheet.total_height)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            self._place = number
            yield number, before + as_texts(cells)

    def _chosen(self, sheet: str) -> str:
        """The one that is asked for, else the first that can be seen, else the first."""
        if sheet:
            if sheet not in self._filled:
                raise no_such_sheet(sheet)
            return sheet
        if not self._filled:
            raise Refused(NO_ROWS)
        return min(self._filled, key=lambda one: one in self._hidden)


def _check_markup(file: IO[bytes]) -> None:
    """The library would never come to the end of what is not well formed."""
    parser = ParserCreate()
    try:
        while more := file.read(STEP):
            check_plain(more)
            parser.Parse(more)
        parser.Parse(b"", True)  # noqa: FBT003 - that is how it is told of the end
    except (ExpatError, LookupError, ValueError) as error:
        raise Refused(NOT_A_WORKBOOK) from error


def _loaded(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Refused(LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused(NOT_A_WORKBOOK) from error

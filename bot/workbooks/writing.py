"""Writes Excel files: sheets side by side, row after row, in as little memory for a hundred thousand rows as for ten.

What a person typed is a cell of text and never a formula, whatever it begins with, and stays one when it is edited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from bot.rules.escalations import clean
from bot.views.reports.cells import (
    Cell,
    Fixed,
    Formula,
    Line,
    Link,
    Mark,
    Percent,
    Row,
    Seconds,
    Sheet,
)
from bot.views.reports.formulas import quoted
from bot.workbooks.charts import Chart, draw
from bot.workbooks.days import DAYS, Days
from bot.workbooks.looks import FORMATS, LOOKS, STYLES
from bot.workbooks.tables import Shown, TableSheet, formula_in_xml, number_in_xml, text_in_xml

LONGEST_TEXT = 32_767
LONGEST_LINK = 2_000
LONGEST_LABEL = 255
MOST_LINKS = 65_000  # that Excel opens in one sheet
MOST_ROWS = 1_048_000
FIRST_LETTERS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula, or lets slip before one."""

SHORT = 40  # letters
A_DAY = 86_400  # seconds, as Excel counts time
FILTER = "   "
"""As wide as the button that each head has."""
USUAL_WIDTH, MOST_COLUMNS = 9, 60
PAGE_WIDTH = 200  # characters that can be read on a page


@dataclass
class _Page:
    """A sheet, where its next row goes, and how many links it has."""

    sheet: Any
    about: Sheet
    titles: Sequence[str]
    widths: Sequence[int]
    row: int = 0
    links: int = 0

    def lines(self, place: int, text: str) -> int:
        """About so many lines the text takes in this column."""
        return sum(len(part) // self.widths[place] + 1 for part in text.split("\n"))

    def make_taller(self, lines: int) -> None:
        """The row that comes next."""
        if lines > 1:
            self.sheet.make_taller(self.row, lines)

    def can_link(self, link: Link) -> bool:
        """Past what Excel opens of them in one sheet, their words are all there is."""
        return self.links < MOST_LINKS and len(link.url) <= LONGEST_LINK


class Workbook:
    """One file while it is written; it is whole once it is closed.

    It may be written from several threads, but by one after another.
    """

    def __init__(self, path: Path, *, author: str = "", days: Days = DAYS) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "date_1904": days.is_1904,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"author": author})
        self._days = days
        formats = FORMATS | days.formats
        self._formats = {name: self._book.add_format(one) for name, one in formats.items()}
        self._numbers = {name: one._get_xf_index() for name, one in self._formats.items()}  # noqa: SLF001
        self._looks = {look: self._book.add_format(one) for look, one in LOOKS.items()}
        self._pages: dict[str, _Page] = {}
        self._closed = False

    def add_sheet(self, key: str, sheet: Sheet) -> None:
        """`key` is what its rows are written under; its name is its reader's."""
        made = self._book.add_worksheet(self._free_name(sheet.name), TableSheet)
        titles = _each_once([one.title for one in sheet.columns])
        widths = sheet.widths or [one.width for one in sheet.columns]
        rest = [USUAL_WIDTH] * (MOST_COLUMNS - len(widths))
        page = self._pages[key] = _Page(made, sheet, titles, [*widths, *rest])
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        _set_up_print(made, sum(widths), has_head=bool(titles))
        if titles:
            made.freeze_panes(1, 0)
            heads = (page.lines(place, f"{one}{FILTER}") for place, one in enumerate(titles))
            page.make_taller(max(heads))
            head = self._numbers["head"]
            made.put(0, [(place, text_in_xml(one), head) for place, one in enumerate(titles)])
            page.row = 1

    def name_of(self, key: str) -> str:
        """What a sheet is called in the file."""
        return str(self._pages[key].sheet.get_name())

    def rows_of(self, key: str) -> int:
        """How many there are in it so far, the head included."""
        return self._pages[key].row

    def write(self, key: str, rows: Iterable[Row]) -> None:
        """The next rows of a sheet. Past what a sheet can hold there are no more."""
        page = self._pages[key]
        for row in rows:
            if page.row < MOST_ROWS:
                self._write_row(page, row, "")

    def write_page(self, key: str, lines: Iterable[Line]) -> None:
        """A page of words."""
        for line in lines:
            self._write_row(self._pages[key], line.cells, STYLES.get(line.style, ""))

    def show_chart(self, key: str, chart: Chart) -> None:
        """On a page of charts, below those that are there."""
        page = self._pages[key]
        page.row = draw(self._book, page.sheet, page.row, chart)

    def close(self) -> None:
        """Set the filters, now that it is known how far each sheet goes, and pack the file. Twice is harmless."""
        if self._closed:
            return
        self._closed = True
        for page in self._pages.values():
            last = max(page.row - 1, 1)
            if page.about.table:
                page.sheet.keep_table(page.about.table, page.titles, last)
            elif page.titles:
                page.sheet.autofilter(0, 0, last, len(page.titles) - 1)
            for mark in page.about.marks:
                self._mark(page, mark, last)
        self._book.close()

    def _mark(self, page: _Page, mark: Mark, last: int) -> None:
        """Rows stand out by what is in them, also once somebody has changed it."""
        cell = xl_rowcol_to_cell(1, mark.column, col_abs=True)
        wanted = f"{cell}={quoted(mark.text)}" if mark.text else f"AND(ISNUMBER({cell}),{cell}>0)"
        rule = {"type": "formula", "criteria": f"={wanted}", "format": self._looks[mark.look]}
        if not mark.columns:
            page.sheet.conditional_format(1, 0, last, len(page.titles) - 1, rule)
        for place in mark.columns:
            page.sheet.conditional_format(1, place, last, place, rule)

    def _write_row(self, page: _Page, cells: Sequence[Cell], style: str) -> None:
        shown: list[Shown] = []
        links: list[tuple[int, str]] = []
        lines = 1
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                if (len(cell) > page.widths[place] or "\n" in cell) and style != "heading":
                    lines = max(lines, page.lines(place, cell))
                shown.append((place, *self._text(cell, style)))
            elif isinstance(cell, Link) and page.can_link(cell):
                links.append((place, cell.url))
                label = clean(cell.label)[:LONGEST_LABEL]
                shown.append((place, text_in_xml(label), self._numbers["link"]))
            else:
                shown.append((place, *self._shown(cell, style)))
        page.make_taller(lines)
        page.sheet.put(page.row, shown)
        for place, url in links:
            page.sheet.link(page.row, place, url)
        page.links += len(links)
        page.row += 1

    def _text(self, text: str, style: str) -> tuple[str, int]:
        """What Excel keeps of it, and the number of its format."""
        if len(text) > SHORT:
            look, kept = _look(text, style), text_in_xml(clean(text)[:LONGEST_TEXT])
        else:
            look, kept = _short(text, style)
        return kept, self._numbers[look]

    def _shown(self, cell: Cell, style: str) -> tuple[str, int]:
        """The same of anything else."""
        match cell:
            case Link():
                return self._text(cell.label, style)
            case Formula():
                return self._formula(cell)
            case _:
                number, look = as_excel_counts(cell, self._days)
                return number_in_xml(number), self._numbers[look]

    def _formula(self, formula: Formula) -> tuple[str, int]:
        """With what it comes to, for readers that do not work it out."""
        value = formula.value
        if value is None or isinstance(value, str):
            return formula_in_xml(formula.text, value or ""), self._numbers["text"]
        number, look = as_excel_counts(value, self._days)
        return formula_in_xml(formula.text, number), self._numbers[look]

    def _free_name(self, wanted: str) -> str:
        """What Excel takes as a sheet's name: 31 letters without brackets and slashes, each name once."""
        name = "".join(" " if one in "[]:*?/\\'" else one for one in wanted)[:31].strip()
        taken = {sheet.get_name().casefold() for sheet in self._book.worksheets()}
        return name if name.casefold() not in taken else f"{name[:28]} {len(taken) + 1}"


def as_excel_counts(cell: Any, days: Days) -> tuple[float, str]:
    """Anything but words, and how it looks."""
    match cell:
        case Percent(value, decimals):
            return value, f"percent{decimals}"
        case Seconds(value):
            return value / A_DAY, "seconds"
        case Fixed(value, decimals):
            return value, f"fixed{decimals}"
        case Decimal():
            return float(cell), "money"
        case date() | timedelta():
            return _time(cell, days)
        case _:
            return cell, "number"


def _time(cell: date | timedelta, days: Days) -> tuple[float, str]:
    """A moment, a day or a length."""
    if isinstance(cell, timedelta):
        return cell / timedelta(days=1), "length"
    if isinstance(cell, datetime):
        return days.moment_number(cell), "moment"
    return days.number(cell), "day"


def _look(text: str, style: str) -> str:
    return style or ("quoted" if text.startswith(FIRST_LETTERS) else "text")


@lru_cache(maxsize=4096)
def _short(text: str, style: str) -> tuple[str, str]:
    """How it looks, and what is kept. What is short comes again and again: names, teams, states."""
    return _look(text, style), text_in_xml(clean(text))


def _each_once(titles: Sequence[str]) -> list[str]:
    """Excel mends a table in which two columns are called the same, and warns: two words may be one in another language."""
    found: list[str] = []
    for title in titles:
        taken = {one.casefold() for one in found}
        same = title.casefold() in taken
        found.append(f"{title} {len(found) + 1}" if same else title)
    return found


def _set_up_print(sheet: Any, width: int, *, has_head: bool) -> None:
    """On paper: across, on as few pages as can be read, with the head and whose row it is on each."""
    pages = max(1, -(-width // PAGE_WIDTH))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(pages, 0)
    if has_head:
        sheet.repeat_rows(0)
    if has_head and pages > 1:
        sheet.repeat_columns(0, 1)

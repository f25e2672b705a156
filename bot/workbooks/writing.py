"""Writes Excel files: sheets side by side, row after row, in as little memory for a hundred thousand rows as for ten.

What a person typed is a cell of text and never a formula, whatever it begins with, and stays one when it is edited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from bot.rules.escalations import clean
from bot.views.reports.cells import (
    Cell,
    Formula,
    Line,
    Link,
    Look,
    Mark,
    Percent,
    Row,
    Sheet,
    Style,
)
from bot.views.reports.formulas import quoted
from bot.workbooks.tables import TableSheet

LONGEST_TEXT = 32_767
LONGEST_LINK = 2_000
MOST_LINKS = 65_000  # that Excel opens in one sheet
MOST_ROWS = 1_048_000
FIRST_LETTERS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula, or lets slip before one."""

FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "text_wrap": True},
    "quoted": {"valign": "top", "text_wrap": True, "quote_prefix": True},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"},
    "heading": {"bold": True, "font_size": 13},
    "number": {"valign": "top"},
    "money": {"valign": "top", "num_format": "#,##0.00##"},
    "length": {"valign": "top", "num_format": "[h]:mm"},
    "percent": {"valign": "top", "num_format": "0.0%"},
    "link": {"valign": "top", "font_color": "#1264A3", "underline": 1},
}
LOOKS: dict[Look, dict[str, Any]] = {
    Look.LATE: {"bold": True, "border": 1, "bg_color": "#FBE3D6"},
    Look.DISPUTED: {"bold": True, "italic": True, "bottom": 1, "bg_color": "#FFF4CC"},
    Look.VOID: {"font_strikeout": True, "italic": True, "font_color": "#767676"},
}
STYLES = {Style.HEADING: "heading", Style.LABELS: "head"}


@dataclass(frozen=True, slots=True)
class Days:
    """How days are counted and written, by Excel's own formats."""

    is_1904: bool = False
    day: str = "yyyy-mm-dd"
    moment: str = "yyyy-mm-dd hh:mm"

    @property
    def formats(self) -> dict[str, dict[str, Any]]:
        return {
            "day": {"valign": "top", "num_format": self.day},
            "moment": {"valign": "top", "num_format": self.moment},
        }

    def number(self, day: date) -> int:
        """Which day it is, as Excel counts."""
        first = date(1904, 1, 1) if self.is_1904 else date(1899, 12, 30)
        return (day - first).days


DAYS = Days()


@dataclass
class _Page:
    """A sheet, where its next row goes, and how many links it has."""

    sheet: Any
    about: Sheet
    titles: Sequence[str]
    row: int = 0
    links: int = 0


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
        self._looks = {look: self._book.add_format(one) for look, one in LOOKS.items()}
        self._pages: dict[str, _Page] = {}
        self._closed = False

    def add_sheet(self, key: str, sheet: Sheet) -> None:
        """`key` is what its rows are written under; its name is its reader's."""
        made = self._book.add_worksheet(self._free_name(sheet.name), TableSheet)
        titles = _each_once([one.title for one in sheet.columns])
        page = self._pages[key] = _Page(made, sheet, titles)
        widths = sheet.widths or [one.width for one in sheet.columns]
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        if titles:
            made.freeze_panes(1, 0)
            _set_up_print(made)
            for place, title in enumerate(titles):
                made.write_string(0, place, title, self._formats["head"])
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
        for place, cell in enumerate(cells):
            self._write_cell(page, place, cell, style)
        page.row += 1

    def _write_cell(self, page: _Page, place: int, cell: Cell, style: str) -> None:
        sheet, at, looks = page.sheet, (page.row, place), self._formats
        match cell:
            case None | "":
                pass
            case str():
                self._write_text(page, place, cell, style)
            case Link():
                self._write_link(page, place, cell)
            case Formula():
                self._write_formula(page, place, cell)
            case datetime():
                sheet.write_datetime(*at, cell, looks["moment"])
            case date():
                sheet.write_datetime(*at, cell, looks["day"])
            case _:
                sheet.write_number(*at, *self._number(cell))

    def _number(self, cell: int | Decimal | timedelta | Percent) -> tuple[float, Any]:
        """The number, and how it looks."""
        match cell:
            case Percent(value):
                return value, self._formats["percent"]
            case timedelta():
                return cell / timedelta(days=1), self._formats["length"]
            case Decimal():
                return float(cell), self._formats["money"]
            case int():
                return cell, self._formats["number"]

    def _write_text(self, page: _Page, place: int, text: str, style: str) -> None:
        kept = clean(text)[:LONGEST_TEXT]
        look = style or ("quoted" if text.startswith(FIRST_LETTERS) else "text")
        page.sheet.write_string(page.row, place, kept, self._formats[look])

    def _write_link(self, page: _Page, place: int, link: Link) -> None:
        if page.links >= MOST_LINKS or len(link.url) > LONGEST_LINK:
            self._write_text(page, place, link.label, "")
            return
        page.links += 1
        page.sheet.write_url(page.row, place, link.url, self._formats["link"], link.label[:255])

    def _write_formula(self, page: _Page, place: int, formula: Formula) -> None:
        """With what it comes to, for readers that do not work it out."""
        shown: float | str = ""
        look = "number"
        match formula.value:
            case Percent(value):
                shown, look = value, "percent"
            case date() as day:
                shown, look = self._days.number(day), "day"
            case str() | int() as found:
                shown = found
        page.sheet.write_formula(page.row, place, formula.text, self._formats[look], shown)

    def _free_name(self, wanted: str) -> str:
        """What Excel takes as a sheet's name: 31 letters without brackets and slashes, each name once."""
        name = "".join(" " if one in "[]:*?/\\'" else one for one in wanted)[:31].strip()
        taken = {sheet.get_name().casefold() for sheet in self._book.worksheets()}
        return name if name.casefold() not in taken else f"{name[:28]} {len(taken) + 1}"


def _each_once(titles: Sequence[str]) -> list[str]:
    """Excel mends a table in which two columns are called the same, and warns: two words may be one in another language."""
    found: list[str] = []
    for title in titles:
        taken = {one.casefold() for one in found}
        same = title.casefold() in taken
        found.append(f"{title} {len(found) + 1}" if same else title)
    return found


def _set_up_print(sheet: Any) -> None:
    """On paper: across, as wide as the page, the head on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)

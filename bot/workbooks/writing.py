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

from bot.rules.escalations import clean
from bot.views.reports.cells import Cell, Line, Link, Percent, Row, Sheet, Style

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
    "moment": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm"},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd"},
    "length": {"valign": "top", "num_format": "[h]:mm"},
    "percent": {"valign": "top", "num_format": "0.0%"},
    "link": {"valign": "top", "font_color": "#1264A3", "underline": 1},
}
STYLES = {Style.HEADING: "heading", Style.LABELS: "head"}


@dataclass
class _Page:
    """A sheet, where its next row goes, and how many links it has."""

    sheet: Any
    columns: int
    row: int = 0
    links: int = 0


class Workbook:
    """One file while it is written; it is whole once it is closed.

    It may be written from several threads, but by one after another.
    """

    def __init__(self, path: Path, *, author: str = "") -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"author": author})
        self._formats = {name: self._book.add_format(one) for name, one in FORMATS.items()}
        self._pages: dict[str, _Page] = {}
        self._closed = False

    def add_sheet(self, key: str, sheet: Sheet) -> None:
        """`key` is what its rows are written under; its name is its reader's."""
        made = self._book.add_worksheet(self._free_name(sheet.name))
        page = self._pages[key] = _Page(made, len(sheet.columns))
        widths = sheet.widths or [one.width for one in sheet.columns]
        for place, width in enumerate(widths):
            made.set_column(place, place, width)
        if sheet.columns:
            made.freeze_panes(1, 0)
            for place, column in enumerate(sheet.columns):
                made.write_string(0, place, column.title, self._formats["head"])
            page.row = 1

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
            if page.columns:
                page.sheet.autofilter(0, 0, max(page.row - 1, 1), page.columns - 1)
        self._book.close()

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
            case Percent():
                sheet.write_number(*at, cell.value, looks["percent"])
            case timedelta():
                sheet.write_number(*at, cell / timedelta(days=1), looks["length"])
            case datetime():
                sheet.write_datetime(*at, cell, looks["moment"])
            case date():
                sheet.write_datetime(*at, cell, looks["day"])
            case Decimal():
                sheet.write_number(*at, float(cell), looks["money"])
            case int():
                sheet.write_number(*at, cell, looks["number"])

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

    def _free_name(self, wanted: str) -> str:
        """What Excel takes as a sheet's name: 31 letters without brackets and slashes, each name once."""
        name = "".join(" " if one in "[]:*?/\\'" else one for one in wanted)[:31].strip()
        taken = {sheet.get_name().casefold() for sheet in self._book.worksheets()}
        return name if name.casefold() not in taken else f"{name[:28]} {len(taken) + 1}"

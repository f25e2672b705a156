"""A sheet that is a real Excel table, with rows as tall as what is in them, although it is written row by row.

XlsxWriter refuses `add_table` where it keeps no rows in memory: it would write the head and remember every cell of the
table. Our head is written already, like every row, and nothing else overlaps it; so only what the file says of the table
is handed over, once it is known how far it goes.

Excel makes rows taller by itself when it opens a file; LibreOffice believes that Excel has done so. So the height is
written down, and not as one that somebody chose: it still follows what is in the row.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from bot.views.reports import formulas

LINE, TALLEST = 15.0, 409.0
"""Points: how tall a line of text is, and the tallest row of a sheet."""
STYLE = "TableStyleLight1"
"""Stripes of grey, which print well in black and white."""


Shown = tuple[int, str, int]
"""Where in its row a cell is, what is in it as it stands in the file, and the number of its format."""


class TableSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Given to `Workbook.add_worksheet` in place of the usual one."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, float] = {}

    def make_taller(self, row: int, lines: int) -> None:
        """A row with so many lines of text, before the next one is begun."""
        self._heights[row] = min(lines * LINE, TALLEST)

    def keep_table(self, name: str, titles: Sequence[str], last_row: int) -> None:
        """All rows down to `last_row`, of which the first is the head. `titles` are what it holds, each of them once."""
        place = xl_range(0, 0, last_row, len(titles) - 1)
        self.tables.append(
            {
                "name": name,
                "range": place,
                "autofilter": place,
                "columns": [_column(number, one) for number, one in enumerate(titles, start=1)],
                "style": STYLE,
                "header_row_count": 1,
                "totals_row_shown": False,
                "show_first_col": False,
                "show_last_col": False,
                "show_row_stripes": True,
                "show_col_stripes": False,
                "description": None,
                "title": None,
            }
        )

    def put(self, row: int, cells: Sequence[Shown]) -> None:
        """A whole row at once: XlsxWriter's way, a cell at a time, takes three times as long. No row is written twice."""
        self._write_single_row(row)  # so that XlsxWriter knows which row is the last
        number = row + 1
        height = self._heights.pop(row, None)
        tall = "" if height is None else f' ht="{height:g}"'
        parts = [f'<c r="{letters(at)}{number}" s="{look}"{kept}' for at, kept, look in cells]
        self.fh.write(f'<row r="{number}"{tall}>{"".join(parts)}</row>')
        self._check_dimensions(row, cells[-1][0] if cells else 0)

    def link(self, row: int, place: int, url: str) -> None:
        """Where a cell of the row that was put leads to."""
        self.write_url(row, place, url)
        self.table.clear()  # its words are there already


letters = cache(formulas.letters)


def text_in_xml(text: str) -> str:
    """The end of a cell that holds words."""
    safe = text.isprintable() and "_x" not in text
    kept = text if safe else Worksheet._escape_control_characters(text)  # noqa: SLF001
    keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{keep}>{escape(kept)}</t></is></c>'


def number_in_xml(number: float) -> str:
    return f"><v>{number:.16g}</v></c>"


def formula_in_xml(text: str, value: str | float) -> str:
    """With what it comes to."""
    worked_out = escape(value) if isinstance(value, str) else f"{value:.16g}"
    kind = ' t="str"' if isinstance(value, str) else ""
    return f"{kind}><f>{escape(text.removeprefix('='))}</f><v>{worked_out}</v></c>"


def _column(number: int, title: str) -> dict[str, Any]:
    return {"id": number, "name": title}

"""A sheet that is a real Excel table although it is written row by row.

XlsxWriter refuses `add_table` where it keeps no rows in memory: it would write the head and remember every cell of the
table. Our head is written already, like every row, and nothing else overlaps it; so only what the file says of the table
is handed over, once it is known how far it goes.
"""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

STYLE = "TableStyleLight1"
"""Stripes of grey, which print well in black and white."""


class TableSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Given to `Workbook.add_worksheet` in place of the usual one."""

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


def _column(number: int, title: str) -> dict[str, Any]:
    return {"id": number, "name": title}

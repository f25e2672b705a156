"""The most that is read of an uploaded file, and the sentences for what is more, or something else."""

from dataclasses import dataclass

from bot.errors import Refused
from bot.text import _, escape


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: bytes as uploaded, bytes when unpacked, rows, columns, characters in a cell, sheets.

    `ratio` is how many times larger than in the archive a large part of a workbook may be. `piece` is how many bytes
    of a sheet are read at a time, which is some ten thousand rows.
    """

    size: int = 5_000_000
    unpacked: int = 50_000_000
    rows: int = 20_000
    columns: int = 50
    cell: int = 1_000
    sheets: int = 100
    ratio: int = 200
    piece: int = 4_000_000


ROSTER = Limits()
METRICS = Limits(size=200_000_000, unpacked=2_000_000_000, rows=1_048_576, columns=200, cell=32_767)
"""As much as one sheet of Excel can hold, in any width that somebody would still read."""

TOO_LARGE = _("This file is larger than {limit} MB. Please split it.")
TOO_MUCH_INSIDE = _(
    "This workbook holds far more than one list. Please copy the list alone into a new workbook."
)
NOT_A_WORKBOOK = _(
    "This file is not a workbook that Baton can read. Please save it as .xlsx or .csv."
)
NOT_TEXT = _("This file is neither a workbook nor text. Please save it as .xlsx or .csv.")
TOO_MANY_ROWS = _("This file has more than {limit} rows. Please split it.")
TOO_MANY_COLUMNS = _("Row {row} has more than {limit} columns.")
CELL_TOO_LONG = _("Row {row}, column {column}: the text is longer than {limit} characters.")
NO_ROWS = _("This file is empty.")
NO_SUCH_SHEET = _("This workbook has no sheet “{sheet}” that holds something.")


def no_such_sheet(sheet: str) -> Refused:
    return Refused(NO_SUCH_SHEET, sheet=escape(sheet[:100]))

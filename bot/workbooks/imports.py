"""The Excel file that says which lines of an import were left out and why, and which were taken without a cell."""

from pathlib import Path

from bot.rules.metrics.importing.files import Outcome
from bot.text import Text
from bot.views.metrics.importing import report
from bot.workbooks.writing import Workbook


def write_report(path: Path, outcome: Outcome, t: Text, author: str) -> None:
    """All at once: it takes a while, for a thread."""
    book = Workbook(path, author=author)
    try:
        for key in (report.REJECTED, report.REMARKS):
            book.add_sheet(key, report.sheet(key, t))
        book.write(report.REJECTED, report.rows(outcome.rejects, outcome.rejected, t))
        book.write(report.REMARKS, report.rows(outcome.remarks, outcome.remarked.total(), t))
    finally:
        book.close()

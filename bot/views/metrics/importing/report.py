"""The report of an import: a sheet of lines that do not count, and one of cells that do not, with row, value and reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath

from bot.rules.metrics.importing.files import Outcome
from bot.rules.metrics.importing.files.outcomes import MOST_REPORTED
from bot.rules.metrics.importing.imports import Import
from bot.rules.metrics.importing.reading.rejecting import WORDS as REASONS
from bot.rules.metrics.importing.reading.rejecting import Reject, Remark
from bot.text import Text, _
from bot.views.metrics.importing import words as wording
from bot.views.reports.cells import Column, Row, Sheet

REJECTED, REMARKS = _("Lines left out"), _("Remarks")
TABLES: Mapping[str, str] = {REJECTED: "Rejected", REMARKS: "Remarks"}
COLUMNS = (
    Column(_("Row"), 9),
    Column(_("Column"), 26),
    Column(_("Value"), 32),
    Column(_("Reason"), 64),
)
UNSAFE = re.compile(r"[^\w.-]+")


def sheet(key: str, t: Text) -> Sheet:
    columns = [Column(t(one.title), one.width) for one in COLUMNS]
    return Sheet(t(key), columns, table=TABLES[key])


def rows(found: Sequence[Reject | Remark], total: int, t: Text) -> Iterator[Row]:
    """Each of them, and how many more there are than a report holds."""
    for one in found:
        yield (one.row, one.header, one.value, t(REASONS[one.reason]))
    rest = total - len({one.row for one in found})
    if len(found) >= MOST_REPORTED and rest > 0:
        yield ("", "", "", t.n("and {count} more", "and {count} more", rest))


def file_name(name: str, now: datetime) -> str:
    bare = UNSAFE.sub("-", PurePath(name).stem).strip("-.")[:60]
    return f"import-{bare or 'file'}-{now:%Y-%m-%d}.xlsx"


def words(import_: Import, outcome: Outcome, t: Text) -> str:
    """Beside the file."""
    name = wording.file_name(import_.file_name)
    rejected = t.n(
        "{count} line cannot be read.", "{count} lines cannot be read.", outcome.rejected
    )
    told = rejected if outcome.rejected else t("All lines could be read.")
    return t(
        "What came of {file}: {told} The first sheet lists lines that do not count, the second cells that do not.",
        file=name,
        told=told,
    )

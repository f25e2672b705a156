"""The Excel file with numbers: every figure with what it is made of, charts, and what it all means; written piece by piece."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.people import Person
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.look.sheets import Figure, Filled, Piece, SheetKey
from bot.rules.reports import Asked
from bot.rules.teams import Team
from bot.text import Text
from bot.views.metrics import sheets
from bot.views.metrics.sheets import ABOUT, CHARTS, DEFINITIONS, Known
from bot.views.reports import formats
from bot.views.reports.cells import Cell
from bot.views.reports.plain import Names
from bot.workbooks.charts import Chart, Column
from bot.workbooks.days import Days
from bot.workbooks.looks import FORMATS
from bot.workbooks.writing import Workbook, as_excel_counts

MOST_POINTS, MOST_BARS = 93, 24
MOST_CHARTS = 12
"""Of one sheet. More would be looked at by nobody."""
COLUMNS = (SheetKey.CHANNELS, SheetKey.HOURS)


class MetricsBook:
    """One file of what `person` asked for, in their language. All of it takes a while: for a thread, one call after another."""

    def __init__(
        self,
        path: Path,
        asked: Asked,
        teams: Sequence[Team],
        person: Person,
        pieces: Sequence[Piece],
    ) -> None:
        self._asked, self._teams, self._person = asked, teams, person
        self._t = t = Text(person.locale, person.zone)
        self._by_id = {one.id: one for one in teams}
        self._known = Known()
        self._charts: dict[SheetKey, list[Chart]] = {}
        self._days = Days(asked.choice.is_1904, formats.day(t), formats.moment(t))
        self._book = Workbook(path, author=person.name, days=self._days)
        there = {piece.sheet for piece in pieces}
        for key in SheetKey:
            if key in there:
                self._book.add_sheet(key, sheets.sheet(key, t))
            if key is SheetKey.TOTALS:
                self._book.add_sheet(CHARTS, sheets.page(CHARTS, t))
        self._book.add_sheet(DEFINITIONS, sheets.definitions_sheet(t))
        self._book.add_sheet(ABOUT, sheets.page(ABOUT, t))
        self._together = len(teams) > 1
        self.listed = 0
        """How many lines there are in its sheets."""

    def add(self, found: Sequence[Filled], names: Names, *, now: datetime) -> None:  # noqa: ARG002
        """The next pieces."""
        for filled in found:
            self._known.add(filled)
            sheet = filled.piece.sheet
            first = self._book.rows_of(sheet)
            rows = (
                sheets.figure(one, row, self._by_id, self._t)
                for row, one in enumerate(filled.figures, start=first + 1)
            )
            self._book.write(sheet, rows)
            self.listed += len(filled.figures)
            self._keep_charts(filled, first)

    def finish(self, *, now: datetime) -> None:
        """The charts, what the metrics mean, and what the file is."""
        t = self._t
        by_time = [
            key for key in (SheetKey.DAYS, SheetKey.WEEKS, SheetKey.MONTHS) if key in self._charts
        ]
        shown = [chart for key in (*by_time[:1], *COLUMNS) for chart in self._charts.get(key, [])]
        for chart in shown:
            self._book.show_chart(CHARTS, chart)
        if not shown:
            self._book.write_page(CHARTS, sheets.no_charts(t))
        metrics = list(self._known.metrics.values())
        self._book.write(DEFINITIONS, sheets.definitions(metrics, t))
        about = sheets.about(self._asked, self._teams, self._person, self._known, t, now=now)
        self._book.write_page(ABOUT, about)
        self.close()

    def close(self) -> None:
        """Also of a file that nobody wants any more."""
        self._book.close()

    def _keep_charts(self, filled: Filled, first: int) -> None:
        """Those of the whole: of one team alone, or of all in the file."""
        piece = filled.piece
        is_line = piece.sheet.by is not None
        is_whole = bool(piece.team_id) != self._together
        if not is_whole or piece.sheet.is_of_people or not (is_line or piece.sheet in COLUMNS):
            return
        most = MOST_POINTS if is_line else MOST_BARS
        row = first
        for some in _by_metric(filled.figures):
            charts = self._charts.setdefault(piece.sheet, [])
            if 2 <= len(some) <= most and len(charts) < MOST_CHARTS:
                charts.append(self._chart(some, row, is_line=is_line))
            row += len(some)
        if not self._charts.get(piece.sheet):
            self._charts.pop(piece.sheet, None)

    def _chart(self, some: Sequence[Figure], row: int, *, is_line: bool) -> Chart:
        key, metric, t = some[0].sheet, some[0].metric, self._t
        name = t(metric.name)
        begin = sheets.begin(key)
        targets = [self._number(sheets.shaped(one.target, metric)) for one in some]
        has_target = any(one is not None for one in targets)
        return Chart(
            title=f"{name} · {t(sheets.NAMES[key])}",
            value=name,
            target=t("Target"),
            sheet=self._book.name_of(key),
            first=row,
            last=row + len(some) - 1,
            labels=Column(0, [self._label(one, is_line=is_line) for one in some]),
            values=Column(
                begin + sheets.VALUE,
                [self._number(sheets.shaped(one.value.amount, metric)) for one in some],
            ),
            targets=Column(begin + sheets.TARGET, targets) if has_target else None,
            format=_format(metric),
            is_line=is_line,
        )

    def _label(self, one: Figure, *, is_line: bool) -> str | float:
        return self._days.number(one.period.first) if is_line else one.member

    def _number(self, cell: Cell) -> float | None:
        return None if cell is None else as_excel_counts(cell, self._days)[0]


def _format(metric: Metric) -> str:
    """How an axis shows it."""
    cell = sheets.shaped(0, metric)
    return str(FORMATS[as_excel_counts(cell, Days())[1]]["num_format"])


def _by_metric(figures: Sequence[Figure]) -> list[list[Figure]]:
    """What stands together."""
    found: list[list[Figure]] = []
    for one in figures:
        if found and found[-1][0].metric is one.metric:
            found[-1].append(one)
        else:
            found.append([one])
    return found

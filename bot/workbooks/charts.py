"""Native Excel charts of what stands in another sheet, with the same numbers stored for readers that do not work them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT, WIDTH = 300, 720  # pixels
ROWS = 16
"""So many rows of a sheet a chart is high, with room below it."""
BLUE, ORANGE = "#1264A3", "#C05A00"


@dataclass(frozen=True, slots=True)
class Column:
    """Some cells of a sheet below each other, which hold `data` as Excel counts."""

    place: int
    data: Sequence[str | float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Of the rows from `first` to `last` of `sheet`, counted from 0. A line over days, or with no line a column for each label."""

    title: str
    value: str
    target: str
    sheet: str
    first: int
    last: int
    labels: Column
    values: Column
    targets: Column | None
    format: str
    is_line: bool


def draw(book: Any, sheet: Any, row: int, chart: Chart) -> int:
    """Put it at this row. Returns the row where the next one goes."""
    made = book.add_chart({"type": "line" if chart.is_line else "column"})
    made.add_series(_series(chart, chart.value, chart.values, BLUE))
    if chart.targets:
        if chart.is_line:
            made.add_series(_series(chart, chart.target, chart.targets, ORANGE, dash=True))
        else:
            line = book.add_chart({"type": "line"})
            line.add_series(_series(chart, chart.target, chart.targets, ORANGE, dash=True))
            made.combine(line)
    made.set_title({"name": _words(chart.title), "name_font": {"size": 12}})
    made.set_legend({"position": "bottom"} if chart.targets else {"none": True})
    days = {"date_axis": True, "num_format": "d mmm"} if chart.is_line else {}
    made.set_x_axis(days)
    made.set_y_axis({"num_format": chart.format, "major_gridlines": {"visible": True}})
    made.set_size({"width": WIDTH, "height": HEIGHT})
    made.show_blanks_as("gap")
    sheet.insert_chart(row, 0, made, {"description": chart.title})
    return row + ROWS


def _words(text: str) -> str:
    """XlsxWriter takes a name for the place of one if it looks like that; people name their own metrics."""
    return f" {text}" if text.startswith("=") else text


def _series(
    chart: Chart, name: str, column: Column, colour: str, *, dash: bool = False
) -> dict[str, Any]:
    line = {"color": colour, "width": 2.25} | ({"dash_type": "dash"} if dash else {})
    is_bar = not (chart.is_line or dash)
    look = {"fill": {"color": colour}} if is_bar else {"line": line}
    points = {"marker": {"type": "circle", "size": 4}} if chart.is_line and not dash else {}
    return {
        "name": _words(name),
        "categories": [
            chart.sheet,
            chart.first,
            chart.labels.place,
            chart.last,
            chart.labels.place,
        ],
        "values": [chart.sheet, chart.first, column.place, chart.last, column.place],
        "categories_data": list(chart.labels.data),
        "values_data": ["" if one is None else one for one in column.data],
        **look,
        **points,
    }

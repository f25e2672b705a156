"""The limits of what shows data: cells of tables, and charts with their axes, series and points."""

from sandbox.block_kit.limits.elements import BUTTONS
from sandbox.block_kit.limits.parts import (
    FLAG,
    ID,
    MESSAGE,
    NOT_MODAL,
    Many,
    Number,
    Record,
    Shape,
    Thing,
    Words,
    one_of,
)
from sandbox.block_kit.limits.rich_text import RICH_TEXT
from sandbox.block_kit.limits.together import (
    header_cells,
    one_point_for_each_category,
    rows_of_one_length,
    unique,
)

BLOCKS = "https://docs.slack.dev/reference/block-kit/blocks"
TABLE_DOCS, DATA_DOCS = f"{BLOCKS}/table-block", f"{BLOCKS}/data-table-block"
CHART_DOCS = f"{BLOCKS}/data-visualization-block"

RAW_TEXT = Shape(TABLE_DOCS, needs={"text": Words(least=1)})
# The reference calls the text optional; Slack refuses a number without it.
RAW_NUMBER = Shape(DATA_DOCS, needs={"value": Number(whole=False), "text": Words(least=1)})
ACTION = Shape(
    DATA_DOCS,
    needs={
        "element": Thing({"button": BUTTONS["button"]}),
        "fallback": Thing({"raw_text": RAW_TEXT}),
    },
)
CELLS: dict[str, Shape] = {
    "raw_text": RAW_TEXT,
    "raw_number": RAW_NUMBER,
    "rich_text": RICH_TEXT,
}
COLUMN = Shape(TABLE_DOCS, may={"align": one_of("left", "center", "right"), "is_wrapped": FLAG})

_NAME = Words(20, least=1)
SEGMENT = Shape(CHART_DOCS, needs={"label": _NAME, "value": Number(above=0, whole=False)})
POINT = Shape(CHART_DOCS, needs={"label": _NAME, "value": Number(whole=False)})
SERIES = Shape(CHART_DOCS, needs={"name": _NAME, "data": Many(Record(POINT), 20)})
AXIS = Shape(
    CHART_DOCS,
    needs={"categories": Many(_NAME, 20)},
    may={"x_label": Words(50), "y_label": Words(50)},
)
PLOTTED = Shape(
    CHART_DOCS,
    needs={"series": Many(Record(SERIES), 12), "axis_config": Record(AXIS)},
    together=(unique("series", "name"), one_point_for_each_category()),
)
CHARTS: dict[str, Shape] = {
    "pie": Shape(CHART_DOCS, needs={"segments": Many(Record(SEGMENT), 12)}),
    "bar": PLOTTED,
    "line": PLOTTED,
    "area": PLOTTED,
}

DATA_BLOCKS: dict[str, Shape] = {
    "table": Shape(
        TABLE_DOCS,
        needs={"rows": Many(Many(Thing(CELLS), 20), 100)},
        may={"column_settings": Many(Record(COLUMN), 20, gaps=True), "block_id": ID},
        on=NOT_MODAL,
    ),
    "data_table": Shape(
        DATA_DOCS,
        needs={
            "caption": Words(least=1),
            "rows": Many(Many(Thing({**CELLS, "action_cell": ACTION}), 20), 201, least=2),
        },
        may={
            "page_size": Number(1, 100),
            "row_header_column_index": Number(0, 19),
            "block_id": ID,
        },
        together=(rows_of_one_length(), header_cells("raw_text", "raw_number")),
        on=NOT_MODAL,
    ),
    "data_visualization": Shape(
        CHART_DOCS,
        needs={"title": Words(50, least=1), "chart": Thing(CHARTS)},
        may={"block_id": ID},
        on=MESSAGE,
    ),
}
DATA_PIECES: dict[str, Shape] = {
    "raw_text": RAW_TEXT,
    "raw_number": RAW_NUMBER,
    "action_cell": ACTION,
    "column setting": COLUMN,
    "pie": CHARTS["pie"],
    "bar, line and area": PLOTTED,
    "segment": SEGMENT,
    "series": SERIES,
    "point": POINT,
    "axis": AXIS,
}

"""Whatever is written to a CSV or a workbook, in any encoding, with any delimiter, is read as it was, in any pieces."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import open_table
from tests.spreadsheets.made import sharing_workbook

HEADERS = ["Agent", "Note", "Calls"]
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="=")
CELL = st.text(LETTERS | st.sampled_from('\n\t ",;|'), max_size=12)
ROWS = st.lists(st.tuples(CELL, CELL, st.integers(0, 99).map(str)), min_size=1, max_size=20)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


@given(
    rows=ROWS,
    encoding=ENCODINGS,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    is_told=st.booleans(),
)
def test_the_same_rows_come_back(
    rows: list[tuple[str, str, str]],
    encoding: str,
    delimiter: str,
    quoting: Literal[0, 1, 2],
    end: str,
    is_told: bool,
) -> None:
    text = StringIO(newline="")
    if is_told:
        text.write(f"sep={delimiter}{end}")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([HEADERS, *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        table = open_table(path, METRICS)
        assert table.headers == tuple(HEADERS)
        assert list(table.rows()) == [(at, list(row)) for at, row in enumerate(rows, start=2)]


@settings(max_examples=40)
@given(rows=ROWS, piece=st.integers(100, 3_000), is_shared=st.booleans())
def test_pieces_of_a_workbook_are_the_whole(
    rows: list[tuple[str, str, str]], piece: int, *, is_shared: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "calls.xlsx"
        path.write_bytes(sharing_workbook(HEADERS, *rows, shares=is_shared))
        table = open_table(path, replace(METRICS, piece=piece))
        assert list(table.rows()) == [(at, list(row)) for at, row in enumerate(rows, start=2)]

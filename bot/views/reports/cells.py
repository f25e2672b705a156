"""What can stand in a cell of a sheet, and the head of a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with its words."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share from 0 to 1, shown as a percentage."""

    value: float
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Seconds:
    """A length of time, shown as hours, minutes and seconds."""

    value: float


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number, shown with so many decimals."""

    value: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """What Excel works out anew, and what it comes to now: some readers only show what is stored."""

    text: str
    value: "str | int | date | Percent | Seconds | Fixed | None"


Cell = (
    str
    | float
    | Decimal
    | datetime
    | date
    | timedelta
    | Link
    | Percent
    | Seconds
    | Fixed
    | Formula
    | None
)
"""A `datetime` is without a zone, as the clock on a wall shows it: a sheet knows no zones."""
Row = Sequence[Cell]


class Style(Enum):
    PLAIN = "plain"
    HEADING = "heading"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a page of words, and how it looks."""

    cells: Row = ()
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters."""

    title: str
    width: int = 14


class Look(Enum):
    """How a row stands out, in colour and without: what is late, what somebody disagrees with, what does not count."""

    LATE = "late"
    DISPUTED = "disputed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Mark:
    """Rows whose cell in `column` holds `text` stand out; without a text, those where it is more than nothing.

    `columns` are the places that show it; empty for the whole row.
    """

    look: Look
    column: int
    text: str = ""
    columns: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before its rows. With no columns it is a page of words, which nobody filters.

    With `table` it is an Excel table of this name, with filters and stripes.
    """

    name: str
    columns: Sequence[Column] = ()
    widths: Sequence[int] = ()
    table: str = ""
    marks: Sequence[Mark] = ()


def heading(text: str) -> Line:
    return Line([text], Style.HEADING)


def labels(*texts: str) -> Line:
    """What the numbers below are."""
    return Line(texts, Style.LABELS)


def line(*cells: Cell) -> Line:
    return Line(cells)

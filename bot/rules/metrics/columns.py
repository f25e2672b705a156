"""What a column of somebody's export holds, found from its cells: its kind, and how it is written.

A reading holds only if it reads every cell. Where two readings do and differ, the column is in doubt, and a person is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.rules.metrics.cells import answers, durations, moments, numbers
from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.cells.missing import is_missing, trim
from bot.rules.metrics.cells.moments import Order
from bot.rules.metrics.cells.numbers import DecimalSign

DISTINCT_KEPT = 2000
"""So many different cells decide what a column is; the rest is checked when it is read."""
EXAMPLES = 3


class Kind(StrEnum):
    EMPTY = "empty"
    YES_NO = "yes_no"
    NUMBER = "number"
    DURATION = "duration"
    MOMENT = "moment"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Style:
    """How a column is written. Only what its kind needs is looked at."""

    sign: DecimalSign = DecimalSign.POINT
    order: Order = Order.DAY_FIRST
    unit: Unit = Unit.SECONDS


class Doubt(StrEnum):
    """What only a person can say."""

    SIGN = "sign"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is the strictest that reads all cells; `kinds` all that do. `filled` counts the cells with something in them."""

    header: str
    place: int
    kind: Kind = Kind.EMPTY
    kinds: frozenset[Kind] = frozenset()
    style: Style = Style()
    doubts: frozenset[Doubt] = frozenset()
    filled: int = 0
    examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Sample:
    """The different cells of a column, gathered row by row in bounded memory."""

    header: str
    place: int
    filled: int = 0
    distinct: dict[str, None] = field(default_factory=dict)

    def add(self, cell: str) -> None:
        if is_missing(cell):
            return
        self.filled += 1
        if len(self.distinct) < DISTINCT_KEPT:
            self.distinct.setdefault(trim(cell))

    def column(self) -> Column:
        """What it is, by what was gathered."""
        return look(self.header, self.place, self.distinct, filled=self.filled)


def look(header: str, place: int, cells: Iterable[str], *, filled: int) -> Column:
    """`cells` are the different ones that hold something."""
    held = list(cells)
    found = Column(header, place, filled=filled, examples=tuple(held[:EXAMPLES]))
    if not held:
        return found
    kinds = {kind for kind, reads in READS_ALL.items() if reads(held)}
    kind = next((one for one in STRICTEST if one in kinds), Kind.TEXT)
    found = replace(found, kind=kind, kinds=frozenset(kinds | {Kind.TEXT}))
    return replace(found, style=_style(held, kind), doubts=_doubts(held, kind))


def read(cell: str, kind: Kind, style: Style) -> str | Decimal | datetime | bool | None:
    """The cell as its kind: None if there is nothing. Raises ValueError if it is no such thing.

    A duration is in seconds; a moment is without a zone unless the cell says one.
    """
    if is_missing(cell):
        return None
    value = _read(cell, kind, style)
    if value is None:
        raise ValueError(kind)
    return value


def _read(cell: str, kind: Kind, style: Style) -> str | Decimal | datetime | bool | None:
    match kind:
        case Kind.YES_NO:
            return answers.read(cell)
        case Kind.NUMBER:
            return numbers.read(cell, style.sign)
        case Kind.DURATION:
            return durations.read(cell, style.unit, style.sign)
        case Kind.MOMENT:
            return moments.read(cell, style.order)
        case _:
            return trim(cell)


def _are_yes_no(cells: Sequence[str]) -> bool:
    return all(answers.read(one) is not None for one in cells)


def _are_numbers(cells: Sequence[str]) -> bool:
    return bool(numbers.signs_of(cells))


def _are_durations(cells: Sequence[str]) -> bool:
    return all(
        any(durations.read(one, sign=sign) is not None for sign in DecimalSign) for one in cells
    )


def _are_moments(cells: Sequence[str]) -> bool:
    return bool(moments.orders_of(cells))


READS_ALL = {
    Kind.YES_NO: _are_yes_no,
    Kind.NUMBER: _are_numbers,
    Kind.DURATION: _are_durations,
    Kind.MOMENT: _are_moments,
}
STRICTEST = (Kind.NUMBER, Kind.YES_NO, Kind.MOMENT, Kind.DURATION)
"""Ones and zeros are numbers until a person, or the header, says that they are yes and no."""


def _style(cells: Sequence[str], kind: Kind) -> Style:
    style = Style()
    if kind is Kind.NUMBER:
        signs = numbers.signs_of(cells)
        style = replace(style, sign=min(signs, key=list(DecimalSign).index))
    if kind is Kind.MOMENT:
        orders = moments.orders_of(cells)
        style = replace(style, order=min(orders, key=_LIKELIEST.index))
    return style


_LIKELIEST = (Order.DAY_FIRST, Order.MONTH_FIRST, Order.YEAR_FIRST)


def _doubts(cells: Sequence[str], kind: Kind) -> frozenset[Doubt]:
    if kind is Kind.NUMBER and numbers.is_ambiguous(cells):
        return frozenset({Doubt.SIGN})
    if kind is Kind.MOMENT and moments.is_ambiguous(cells):
        return frozenset({Doubt.ORDER})
    return frozenset()

"""What a column of somebody's export holds, found from its cells: its kind, and how it is written.

A column is of a kind if every cell reads as it, and nearly if most do: then a header that says so is believed, and the rest
are named when the lines are read. Where two ways of reading differ and none reads more, the column is in doubt.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from zlib import crc32

from bot.rules.metrics.importing.cells import answers, durations, moments, numbers
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.cells.moments import (
    AS_WRITTEN,
    MONTHS_IN_A_YEAR,
    SWITCHED,
    WRITTEN,
    Order,
)
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.words.cells import is_outcome, is_verdict

DISTINCT_KEPT = 2000
"""So many different cells from the beginning, and as many from everywhere after it, decide what a column is."""
LONGEST_KEPT = 200
"""What is longer is text, and its beginning shows that."""
ABOUT_ALL = 0.9
"""Of how many cells the different ones are where they are estimated, if all of them are different."""
EXAMPLES = 3
MOST = 0.5
"""This share of the different cells is enough to believe a header."""
HASHES = 2**32
FEWEST_SWITCHED = 3
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
"""How dates of a spreadsheet are read."""
SAYS_UTC = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)


class Kind(StrEnum):
    EMPTY = "empty"
    YES_NO = "yes_no"
    NUMBER = "number"
    DURATION = "duration"
    MOMENT = "moment"
    OUTCOME = "outcome"
    VERDICT = "verdict"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Style:
    """How a column is written. Only what its kind needs is looked at.

    `is_days`: its moments are days without a time; `is_utc`: its clocks show UTC, whatever the file's zone. `top` is the best of its scores, where it is not the usual one.
    `fills`: an empty cell means what the one above it means.
    `digits`: so many stand after the decimal sign of its percentages, at most.
    """

    sign: DecimalSign = DecimalSign.POINT
    order: Order = Order.DAY_FIRST
    unit: Unit = Unit.SECONDS
    is_days: bool = False
    is_utc: bool = False
    top: int = 0
    fills: bool = False
    digits: int = 0


class Doubt(StrEnum):
    """What only a person can say. `SWITCHED`: a spreadsheet seems to have taken days for months."""

    SWITCHED = "switched"
    SIGN = "sign"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is the strictest that reads all cells; `kinds` all that do; `nearly` those that read most.

    `filled` counts the cells with something in them, `different` is about how many different ones there are, `largest`
    is the largest number and `has_colons` whether some cell says its units by colons.
    """

    header: str
    place: int
    kind: Kind = Kind.EMPTY
    kinds: frozenset[Kind] = frozenset()
    nearly: frozenset[Kind] = frozenset()
    style: Style = Style()
    doubts: frozenset[Doubt] = frozenset()
    filled: int = 0
    different: int = 0
    examples: tuple[str, ...] = ()
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class Sample:
    """The different cells of a column, gathered row by row in bounded memory.

    After the first, those are kept whose checksums are lowest: a fair choice from the whole file, and the same each time.
    """

    header: str
    place: int
    filled: int = 0
    distinct: dict[str, None] = field(default_factory=dict)
    later: dict[str, int] = field(default_factory=dict)
    bound: int = HASHES

    def add(self, cell: str) -> None:
        if cell in self.distinct:
            self.filled += 1
            return
        if is_missing(cell):
            return
        self.filled += 1
        cell = cell[:LONGEST_KEPT]
        if len(self.distinct) < DISTINCT_KEPT:
            self.distinct.setdefault(trim(cell))
            return
        mark = crc32(cell.encode())
        if mark < self.bound:
            self._keep(trim(cell), mark)

    def column(self) -> Column:
        """What it is, by what was gathered."""
        kept = dict.fromkeys([*self.distinct, *self.later])
        found = look(self.header, self.place, kept, filled=self.filled)
        return replace(found, different=self._different(len(kept)))

    def _keep(self, cell: str, mark: int) -> None:
        self.later[cell] = mark
        if len(self.later) >= 2 * DISTINCT_KEPT:
            lowest = sorted(self.later.items(), key=lambda one: one[1])[:DISTINCT_KEPT]
            self.later, self.bound = dict(lowest), lowest[-1][1]

    def _different(self, kept: int) -> int:
        """About how many there are: as dense as the lowest checksums lie, so are all."""
        if self.bound == HASHES:
            return kept
        return min(self.filled, len(self.distinct) + len(self.later) * HASHES // self.bound)


def look(header: str, place: int, cells: Iterable[str], *, filled: int) -> Column:
    """`cells` are the different ones that hold something."""
    held = tuple(cells)
    found = Column(header, place, filled=filled, different=len(held), examples=held[:EXAMPLES])
    if not held:
        return found
    readable = {kind: count(held) for kind, count in COUNT.items()}
    kinds = {kind for kind, count in readable.items() if count == len(held)}
    nearly = {kind for kind, count in readable.items() if count >= len(held) * MOST}
    found = replace(
        found,
        kind=next((one for one in STRICTEST if one in kinds), Kind.TEXT),
        kinds=frozenset(kinds | {Kind.TEXT}),
        nearly=frozenset(nearly | {Kind.TEXT}),
        cells=held,
    )
    found = replace(found, style=_style(found))
    return replace(found, doubts=_doubts(found))


def _signs(cells: Sequence[str]) -> dict[DecimalSign, int]:
    return {sign: _read_by(cells, lambda one: numbers.read(one, sign)) for sign in DecimalSign}  # noqa: B023 - used at once


def _orders(cells: Sequence[str]) -> dict[Order, int]:
    return {order: _read_by(cells, lambda one: moments.read(one, order)) for order in LIKELIEST}  # noqa: B023 - used at once


def _read_by(cells: Sequence[str], read: Callable[[str], object]) -> int:
    return sum(read(one) is not None for one in cells)


def _is_duration(cell: str) -> bool:
    return any(durations.read(cell, sign=sign) is not None for sign in DecimalSign)


LIKELIEST = AS_WRITTEN
COUNT: dict[Kind, Callable[[Sequence[str]], int]] = {
    Kind.YES_NO: lambda cells: _read_by(cells, answers.read),
    Kind.NUMBER: lambda cells: max(_signs(cells).values()),
    Kind.DURATION: lambda cells: sum(_is_duration(one) for one in cells),
    Kind.MOMENT: lambda cells: max(_orders(cells).values()),
    Kind.OUTCOME: lambda cells: sum(is_outcome(one) for one in cells),
    Kind.VERDICT: lambda cells: sum(is_verdict(one) for one in cells),
}
"""How many cells read as a kind, by the way that reads most of them."""
STRICTEST = (Kind.NUMBER, Kind.YES_NO, Kind.MOMENT, Kind.DURATION, Kind.OUTCOME, Kind.VERDICT)
"""Ones and zeros are numbers until a person, or the header, says that they are yes and no."""


def _style(column: Column) -> Style:
    """By which sign and order the most cells read; of those that read as many, the commonest in the world."""
    style = Style()
    if column.nearly & {Kind.NUMBER, Kind.DURATION}:
        signs = _signs(column.cells)
        style = replace(style, sign=max(DecimalSign, key=lambda sign: signs[sign]))
    if Kind.MOMENT in column.nearly:
        orders = _orders(column.cells)
        order = max(LIKELIEST, key=lambda one: orders[one])
        is_days = _are_days(column.cells, order)
        is_utc = not is_days and SAYS_UTC.search(column.header) is not None
        if _is_switched(column.cells, order):
            order = SWITCHED[order]
        style = replace(style, order=order, is_days=is_days, is_utc=is_utc)
    return style


def _are_days(cells: Sequence[str], order: Order) -> bool:
    """Whether none says a time: midnight everywhere is how spreadsheets show days."""
    found = (moments.read(one, order) for one in cells)
    return all(one is None or (one.hour, one.minute, one.second) == (0, 0, 0) for one in found)


def _doubts(column: Column) -> frozenset[Doubt]:
    doubts = set()
    if Kind.NUMBER in column.nearly and numbers.is_ambiguous(column.cells):
        doubts.add(Doubt.SIGN)
    if Kind.MOMENT in column.nearly and _is_either(column.cells):
        doubts.add(Doubt.ORDER)
    if column.style.order in WRITTEN:
        doubts.add(Doubt.SWITCHED)
    return frozenset(doubts)


def _is_switched(cells: Sequence[str], order: Order) -> bool:
    """Whether dates look as if a spreadsheet of another country had opened them.

    What it could read it made dates of, all on the first twelve days of months, with day and month the wrong way round;
    what it could not is text still, all of it after the twelfth.
    """
    dates = [one for one in cells if DATE.match(one)]
    texts = [one for one in cells if not DATE.match(one)]
    if order not in SWITCHED:
        return False
    other = next(one for one in SWITCHED if one is not order)
    return (
        min(len(dates), len(texts)) >= FEWEST_SWITCHED
        and all(int(one[8:10]) <= MONTHS_IN_A_YEAR for one in dates)
        and len({one[5:7] for one in dates}) >= FEWEST_SWITCHED
        and all(moments.read(one, order) and not moments.read(one, other) for one in texts)
    )


def _is_either(cells: Sequence[str]) -> bool:
    """Whether two orders read as many cells as any, and some cell differently."""
    counts = _orders(cells)
    best = [order for order, count in counts.items() if count == max(counts.values())]
    return any(len({moments.read(one, order) for order in best} - {None}) > 1 for one in cells)


def decided_order(column: Column) -> Order | None:
    """The order that only its cells speak for; None if they read alike by several, or are no moments."""
    if Kind.MOMENT not in column.nearly or Doubt.ORDER in column.doubts:
        return None
    order = WRITTEN.get(column.style.order, column.style.order)
    return order if len(set(_orders(column.cells).values())) > 1 else None


def decided_sign(column: Column) -> DecimalSign | None:
    """The sign that only its cells speak for."""
    if Kind.NUMBER not in column.nearly or Doubt.SIGN in column.doubts:
        return None
    return column.style.sign if len(set(_signs(column.cells).values())) > 1 else None


def numbers_in(column: Column) -> list[Decimal]:
    """The different numbers that it holds."""
    read = (numbers.read(one, column.style.sign) for one in column.cells)
    return [one for one in read if one is not None]


def names_each(column: Column) -> bool:
    """Whether, as far as it was counted, no two of its cells are the same."""
    if column.different <= DISTINCT_KEPT:
        return column.different == column.filled
    return column.different >= column.filled * ABOUT_ALL

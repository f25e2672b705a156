"""What must be asked about a file before it is imported, with how its first cells read by each answer."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from bot.rules.metrics.importing.asking.asking_days import (
    EXAMPLES,
    Rows,
    file_day,
    first_cells,
    which_day,
)
from bot.rules.metrics.importing.asking.questions import (
    DATED,
    Asks,
    Choice,
    FillChoice,
    KeyChoice,
    Question,
)
from bot.rules.metrics.importing.cells import durations, moments, numbers
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.missing import is_missing
from bot.rules.metrics.importing.cells.moments import SWITCHED, WRITTEN, Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.files.decided import Decided
from bot.rules.metrics.importing.files.looks import Look
from bot.rules.metrics.importing.mapping import ColumnUse, Keys, Lines, Mapping
from bot.rules.metrics.importing.recognising.columns import (
    ABOUT_ALL,
    DISTINCT_KEPT,
    LIKELIEST,
    Column,
    Doubt,
    Kind,
    Style,
    numbers_in,
)
from bot.rules.metrics.importing.recognising.headers import meaning_of
from bot.rules.metrics.importing.recognising.roles import CALL_LENGTHS, LENGTHS, TEXTS, Role
from bot.rules.metrics.importing.recognising.scores import which_score
from bot.rules.metrics.importing.words.cells import is_total

ALL_DIFFERENT = 0.98
"""Of how many cells the different ones must be, where they are counted and where they are estimated."""
RARE = Decimal("0.2")
"""More than a fifth seldom give up: 0.5 is rather half a percent than half of them."""
SURELY_SECONDS = 600
"""Nobody waits so many minutes, or hours, for an answer as a rule."""
IN_SECONDS = CALL_LENGTHS | {Role.READY, Role.BUSY, Role.SCHEDULED, Role.ADHERENT}
OF_WORK = frozenset({Role.TALK, Role.HANDLE, Role.MEAN_TALK, Role.MEAN_HANDLE})
TWO_PARTS = re.compile(r"\d{1,3}:\d{2}")


def questions_of(
    mapping: Mapping,
    columns: Sequence[Column],
    rows: Rows,
    *,
    is_plain: bool,
    about: str = "",
    lines: int = 0,
) -> tuple[Question, ...]:
    """In the order in which they matter. `is_plain`: the columns say what each line is. `about`: the day that titles name.

    `lines`: how many the whole file has.
    """
    found = [*which_day(mapping, columns, rows), *file_day(mapping, columns, about)]
    if not is_plain:
        choices = tuple(Choice(one.value) for one in Lines)
        found.append(Question(Asks.LINES, choices, mapping.lines.value))
    found += which_score(mapping, columns)
    if mapping.lines is Lines.TOTALS:
        found += _below_names(mapping, columns, rows, lines)
    doubts: dict[tuple[object, ...], list[Question]] = defaultdict(list)
    for column, used in zip(columns, mapping.columns, strict=True):
        if used.use:
            for one in _about(column, used, first_cells(column, rows)):
                values = tuple(choice.value for choice in one.choices)
                doubts[one.asks, values, one.likely].append(one)
    return (*found, *map(_joined, doubts.values()), *_which_key(mapping, columns))


def asked_of(look: Look, mapping: Mapping) -> tuple[Question, ...]:
    """The same of a file that was looked through."""
    columns, rows = look.columns, look.cells
    return questions_of(
        mapping, columns, rows, is_plain=look.is_plain, about=look.about, lines=look.lines
    )


def still_open(look: Look, decided: Decided, *, has_earlier: bool) -> tuple[Question, ...]:
    """What has to be said before it is read. Whether earlier files are replaced matters only if there are any."""
    still = [one for one in asked_of(look, decided.mapping) if not decided.has_answered(one)]
    if decided.is_remembered:
        still = [one for one in still if not _is_known(one, decided.mapping)]
    return tuple(one for one in still if has_earlier or not is_about_earlier(one))


def _is_known(question: Question, mapping: Mapping) -> bool:
    """Whether it was answered for an earlier file with these headers, and that holds for this one."""
    if question.asks is Asks.DAY:
        return Role.DAY in mapping.places
    return bool(question.likely) and question.asks not in DATED and not is_about_earlier(question)


def is_about_earlier(question: Question) -> bool:
    values = {one.value for one in question.choices}
    return question.asks is Asks.KEY and KeyChoice.COLUMN not in values


def _joined(alike: Sequence[Question]) -> Question:
    """Columns of one file are written alike: asked once, with examples of all of them."""
    places = tuple(place for one in alike for place in one.places)
    choices = tuple(
        Choice(same[0].value, tuple(chain.from_iterable(one.examples for one in same))[:EXAMPLES])
        for same in zip(*(one.choices for one in alike), strict=True)
    )
    return replace(alike[0], choices=choices, places=places)


def _below_names(
    mapping: Mapping, columns: Sequence[Column], rows: Rows, lines: int
) -> Iterator[Question]:
    """Pivots and reports write a name once, and leave it out below: each name comes but once, and many cells are empty."""
    named = [one for one in columns if one.place in mapping.describing]
    totals = {one.place: sum(map(is_total, one.cells)) for one in named}
    for column in named:
        filled = column.filled - totals[column.place]
        empty = lines - max(totals.values()) - filled
        is_once = filled > 1 and column.different >= column.filled * ABOUT_ALL
        begins = (
            bool(rows) and len(rows[0]) > column.place and not is_missing(rows[0][column.place])
        )
        if begins and is_once and empty * 2 >= filled:
            choices = (Choice(FillChoice.DOWN), Choice(FillChoice.LEAVE))
            yield Question(Asks.FILL, choices, FillChoice.DOWN, (column.place,))


# One column


def _about(column: Column, used: ColumnUse, cells: Sequence[str]) -> Iterator[Question]:
    """What is in doubt about a column that is used."""
    role, style = used.use.role, used.style
    if Doubt.ORDER in column.doubts and used.kind is Kind.MOMENT:
        yield _order(column, style)
    if Doubt.SWITCHED in column.doubts:
        yield _switched(column, style)
    if Doubt.SIGN in column.doubts and role not in TEXTS and not used.use.label:
        yield _sign(column, style)
    if role in LENGTHS and (units := units_in_doubt(column)):
        choices = (Choice(unit.value, _lengths(cells, unit, style.sign)) for unit in units)
        yield Question(Asks.UNIT, tuple(choices), style.unit.value, (column.place,))
    if tops := tops_in_doubt(column, role):
        choices = (Choice(str(top), _scores(cells, top)) for top in tops)
        yield Question(Asks.SCALE, tuple(choices), str(style.top or tops[-1]), (column.place,))


def _switched(column: Column, style: Style) -> Question:
    """Shown with dates that read differently, and with one that is text still."""
    order = WRITTEN.get(style.order, style.order)
    possible = (SWITCHED.get(order, order), order)
    held = [
        one for one in column.cells if moments.read(one, possible[0]) != moments.read(one, order)
    ]
    return Question(
        Asks.SWITCHED,
        tuple(Choice(one.value, _days_by(one, held[:EXAMPLES])) for one in possible),
        style.order.value,
        (column.place,),
    )


def _days_by(order: Order, cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    read = [(one, moments.read(one, order)) for one in cells]
    return tuple((one, at.date().isoformat() if at else "") for one, at in read)


def _order(column: Column, style: Style) -> Question:
    """Shown with cells that read differently."""
    possible = [one for one in LIKELIEST if any(moments.read(cell, one) for cell in column.cells)]
    telling = [
        one for one in column.cells if len({moments.read(one, order) for order in possible}) > 1
    ][:EXAMPLES]
    choices = tuple(Choice(order.value, _days_by(order, telling)) for order in possible)
    return Question(Asks.ORDER, choices, style.order.value, (column.place,))


def _sign(column: Column, style: Style) -> Question:
    telling = [
        one for one in column.cells if len({numbers.read(one, sign) for sign in DecimalSign}) > 1
    ][:EXAMPLES]
    choices = []
    for sign in DecimalSign:
        read = [(one, numbers.read(one, sign)) for one in telling]
        choices.append(Choice(sign.value, tuple((one, _plain(value)) for one, value in read)))
    return Question(Asks.SIGN, tuple(choices), style.sign.value, (column.place,))


def _lengths(cells: Iterable[str], unit: Unit, sign: DecimalSign) -> tuple[tuple[str, str], ...]:
    read = [(one, durations.read(one, unit, sign)) for one in cells]
    return tuple((one, _plain(value)) for one, value in read if value is not None)


def _scores(cells: Iterable[str], top: int) -> tuple[tuple[str, str], ...]:
    return tuple((one, f"{one}/{top}") for one in cells)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def units_in_doubt(column: Column) -> list[Unit]:
    """What a length may count where neither its header nor its cells say it."""
    meaning = meaning_of(column.header)
    if meaning is not None and meaning.unit:
        return []
    if any(numbers.read(one, column.style.sign) is not None for one in column.cells):
        return list(Unit)
    if any(TWO_PARTS.fullmatch(one) for one in column.cells):
        return [Unit.SECONDS, Unit.HOURS]
    return []


def likely_unit(column: Column, role: Role) -> Unit:
    """What bare numbers most likely count, by how large they are: nobody talks for a day, and few for a second."""
    held = sorted(numbers_in(column))
    if not held:
        return Unit.SECONDS if role in IN_SECONDS else Unit.HOURS
    if held[-1] < 1 and any(one % 1 for one in held):
        return Unit.DAYS
    if role in OF_WORK and held[-1] < 60 and any(one % 1 for one in held):
        return Unit.MINUTES
    if role in IN_SECONDS:
        return Unit.MILLISECONDS if held[len(held) // 2] >= 10_000 else Unit.SECONDS
    if held[len(held) // 2] >= SURELY_SECONDS:
        return Unit.SECONDS
    return Unit.MINUTES if role in {Role.FIRST_RESPONSE, Role.NEXT_REPLY} else Unit.HOURS


def tops_in_doubt(column: Column, role: Role | None) -> list[int]:
    """The best score that there may be, the likeliest last; nothing if it is the usual one."""
    held = numbers_in(column)
    largest = max(held, default=Decimal(0))
    if role is Role.RATING and sum(one > 5 for one in held) > 1:
        return [5, 100, 10] if largest <= 10 else [5, 10, 100]
    if role is Role.ABANDON_RATE and largest <= 1:
        return [1, 100] if _is_either_share(column, held) else []
    if role is Role.REVIEW and held and largest <= 10:
        return [100, 1] if largest <= 1 else [100, 10, 5] if largest <= 5 else [100, 10]
    return []


def _is_either_share(column: Column, held: Sequence[Decimal]) -> bool:
    """Whether 0.5 may be half of them, or half a percent. What is written more finely was divided, and is a part of one."""
    is_plain = not any(map(numbers.is_percent, column.cells))
    is_coarse = all((one * 100) % 1 == 0 for one in held)
    return is_plain and is_coarse and bool(held) and sorted(held)[len(held) // 2] >= RARE


# What names a line


def _which_key(mapping: Mapping, columns: Sequence[Column]) -> Iterator[Question]:
    """Where no column names each line, or the one that seems to has the same name on many."""
    if mapping.keys is Keys.PLACE:
        either = (Choice(KeyChoice.KEEP), Choice(KeyChoice.REPLACE))
        yield Question(Asks.KEY, either, KeyChoice.KEEP)
    if mapping.keys is Keys.COLUMN and Role.UPDATED not in mapping.places:
        column = columns[mapping.places[Role.KEY]]
        is_counted = column.different <= DISTINCT_KEPT
        if column.different < column.filled * (ALL_DIFFERENT if is_counted else ABOUT_ALL):
            choices = tuple(Choice(one) for one in KeyChoice)
            yield Question(Asks.KEY, choices, KeyChoice.COLUMN, (column.place,))

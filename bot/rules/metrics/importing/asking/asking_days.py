"""What is asked about the day on which lines count: which column holds it, or which day it is."""

from collections.abc import Iterator, Sequence

from bot.rules.metrics.importing.asking.questions import NO_COLUMN, Asks, Choice, Question
from bot.rules.metrics.importing.cells import moments
from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.mapping import Lines, Mapping
from bot.rules.metrics.importing.reading.days import ORDER, days_across
from bot.rules.metrics.importing.recognising.columns import Column, Kind
from bot.rules.metrics.importing.recognising.headers import STRIPPED, meaning_of, normal
from bot.rules.metrics.importing.recognising.roles import DATE_PARTS, Role
from bot.rules.metrics.importing.words.headers import OTHER_DAYS

Rows = Sequence[Sequence[str]]
EXAMPLES = 3


def which_day(mapping: Mapping, columns: Sequence[Column], rows: Rows) -> Iterator[Question]:
    """Where no header says when it happened, or two of them do and differ."""
    held = moments_of(columns)
    chosen = mapping.places.get(Role.DAY)
    if mapping.is_of_one_day or (chosen is None and mapping.places.keys() & DATE_PARTS):
        return
    is_only = held == [one for one in columns if one.place == chosen and _is_vague(one, mapping)]
    if chosen is not None and not is_only:
        first = columns[chosen]
        rivals = [one for one in held if one is not first and _says_day(one)]
        held = [one for one in rivals if _differ(first, one, rows)]
        held = [first, *held] if held else []
    if held:
        choices = tuple(_day_choice(one, rows) for one in held)
        choices += () if chosen is not None and not is_only else (Choice(NO_COLUMN),)
        places = tuple(one.place for one in held)
        likely = "" if chosen is None or is_only else str(chosen)
        yield Question(Asks.DAY, choices, likely, places)


def file_day(mapping: Mapping, columns: Sequence[Column], about: str) -> Iterator[Question]:
    """Where no column can hold the day, or the year: a person names it."""
    parts = tuple(mapping.places[one] for one in ORDER if one in mapping.places)
    if days_across(mapping.headers):
        return
    is_open = mapping.is_of_one_day or bool(parts) or not moments_of(columns)
    if (
        is_open
        and mapping.needs_day
        and mapping.day is None
        and not unreadable_days(mapping, columns)
    ):
        yield Question(Asks.FILE_YEAR if parts else Asks.FILE_DAY, (), about, parts)


def unreadable_days(mapping: Mapping, columns: Sequence[Column]) -> list[Column]:
    """Those whose header says that they hold the day, and whose cells cannot be read as days: no day of anybody's can stand for them."""
    if mapping.is_of_one_day or not mapping.needs_day:
        return []
    is_used = {place for place, one in enumerate(mapping.columns) if one.use}
    return [
        one
        for one in columns
        if one.filled
        and one.kind is not Kind.MOMENT
        and one.place not in is_used
        and _says_day(one)
    ]


def moments_of(columns: Sequence[Column]) -> list[Column]:
    """Those of which one could be when a line happened."""
    return [one for one in columns if one.kind is Kind.MOMENT and not is_other_day(one)]


def is_other_day(column: Column) -> bool:
    """Whether it is of another thing than the line: when something was bought, somebody was born or hired."""
    return OTHER_DAYS.search(normal(column.header)) is not None


def _says_day(column: Column) -> bool:
    meaning = meaning_of(column.header)
    return meaning is not None and meaning.role is Role.DAY and meaning.rank < STRIPPED


def _is_vague(column: Column, mapping: Mapping) -> bool:
    """Whether lines that add up others may have this day for another reason, such as when somebody was there last."""
    meaning = meaning_of(column.header)
    is_known = meaning is not None and meaning.role in DATE_PARTS | {Role.DAY, Role.TIME}
    return mapping.lines is Lines.TOTALS and not is_known


def _differ(one: Column, other: Column, rows: Rows) -> bool:
    """Whether two columns name different days in some line."""
    most = max(one.place, other.place)
    held = [row for row in rows if len(row) > most]
    pairs = [(_day(row[one.place], one), _day(row[other.place], other)) for row in held]
    return any(a != b for a, b in pairs if a and b)


def _day(cell: str, column: Column) -> str:
    moment = moments.read(cell, column.style.order)
    return moment.date().isoformat() if moment else ""


def _day_choice(column: Column, rows: Rows) -> Choice:
    examples = ((one, _day(one, column)) for one in first_cells(column, rows))
    return Choice(str(column.place), tuple(examples))


def first_cells(column: Column, rows: Rows) -> list[str]:
    """The first different ones that hold something."""
    held = (trim(row[column.place]) for row in rows if column.place < len(row))
    first = dict.fromkeys(one for one in held if not is_missing(one))
    return list(first or column.examples)[:EXAMPLES]

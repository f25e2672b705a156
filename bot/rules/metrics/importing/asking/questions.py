"""What only a person can say about a file, and the mapping with the answer in it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.cells.periods import EARLIEST, LATEST
from bot.rules.metrics.importing.mapping import Keys, Lines, Mapping, Use
from bot.rules.metrics.importing.recognising.columns import Style
from bot.rules.metrics.importing.recognising.roles import Role


class Asks(StrEnum):
    DAY = "day"
    FILE_DAY = "file_day"
    FILE_YEAR = "file_year"
    ORDER = "order"
    SWITCHED = "switched"
    SIGN = "sign"
    UNIT = "unit"
    SCALE = "scale"
    KEY = "key"
    LINES = "lines"
    SCORE = "score"
    FILL = "fill"


DATED = frozenset({Asks.FILE_DAY, Asks.FILE_YEAR})
"""Any day answers these. They are of this one file, and asked again for the next."""
ABOUT_THE_DAY = DATED | {Asks.DAY}
NO_COLUMN = "none"
"""No column says on which day a line counts."""


class FillChoice(StrEnum):
    """What an empty cell below a name means."""

    DOWN = "down"
    LEAVE = "leave"


class KeyChoice(StrEnum):
    """What becomes of earlier lines when a file comes."""

    COLUMN = "column"
    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` answers the question; `examples` are pairs of a cell and what it reads as: a day of ISO, plain seconds, a number."""

    value: str
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`places` are the columns that it is about, if it is about any; `likely` the choice that the mapping holds now."""

    asks: Asks
    choices: tuple[Choice, ...]
    likely: str
    places: tuple[int, ...] = ()

    @property
    def place(self) -> int | None:
        """The first of its columns."""
        return self.places[0] if self.places else None


def is_answer(question: Question, value: str) -> bool:
    """Whether it answers the question."""
    if question.asks not in DATED:
        return value in {one.value for one in question.choices}
    try:
        return bool(_day(value))
    except ValueError:
        return False


def _day(value: str) -> date:
    day = date.fromisoformat(value)
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(value)
    return day


def answer(mapping: Mapping, question: Question, value: str) -> Mapping:
    """The mapping with the answer in it. Raises ValueError for what is no choice."""
    match question.asks:
        case Asks.FILE_DAY | Asks.FILE_YEAR:
            return replace(mapping, day=_day(value))
        case Asks.DAY if value == NO_COLUMN:
            held = mapping.places.get(Role.DAY)
            mapping = mapping if held is None else mapping.with_use(held, Use())
            return replace(mapping, is_of_one_day=True)
        case Asks.DAY | Asks.SCORE:
            return _used(mapping, question, value)
        case Asks.KEY:
            return _keyed(mapping, KeyChoice(value))
        case Asks.LINES:
            return mapping.with_lines(Lines(value))
        case _:
            for place in question.places:
                style = _styled(mapping.columns[place].style, question.asks, value)
                mapping = mapping.with_style(place, style)
            return mapping


def _used(mapping: Mapping, question: Question, value: str) -> Mapping:
    """With a column for what it was said to be for."""
    if question.asks is Asks.DAY:
        return mapping.with_use(int(value), Use(Role.DAY))
    use = Use() if value == NO_COLUMN else Use(Role(value))
    return mapping.with_use(question.places[0], use)


def _styled(style: Style, asks: Asks, value: str) -> Style:
    if asks in {Asks.ORDER, Asks.SWITCHED}:
        return replace(style, order=Order(value))
    if asks is Asks.SIGN:
        return replace(style, sign=DecimalSign(value))
    if asks is Asks.FILL:
        return replace(style, fills=FillChoice(value) is FillChoice.DOWN)
    if asks is Asks.UNIT:
        return replace(style, unit=Unit(value))
    return replace(style, top=int(value))


def _keyed(mapping: Mapping, choice: KeyChoice) -> Mapping:
    if choice is KeyChoice.COLUMN:
        return replace(mapping, keys=Keys.COLUMN)
    return replace(mapping, keys=Keys.PLACE, replaces=choice is KeyChoice.REPLACE)

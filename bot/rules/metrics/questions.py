"""What only a person can say about a file, and the mapping with the answer in it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.cells.moments import Order
from bot.rules.metrics.cells.numbers import DecimalSign
from bot.rules.metrics.mapping import Keys, Mapping, Use
from bot.rules.metrics.roles import Role


class Asks(StrEnum):
    DAY = "day"
    ORDER = "order"
    SIGN = "sign"
    UNIT = "unit"
    SCALE = "scale"
    KEY = "key"


class KeyChoice(StrEnum):
    """What becomes of earlier lines when a file comes."""

    COLUMN = "column"
    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` answers the question; `examples` are pairs of a cell and what it reads as."""

    value: str
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`place` is the column that it is about, if it is about one; `likely` the choice that the mapping holds now."""

    asks: Asks
    place: int | None
    choices: tuple[Choice, ...]
    likely: str


def answer(mapping: Mapping, question: Question, value: str) -> Mapping:
    """The mapping with the answer in it. Raises ValueError for what is no choice."""
    place = question.place or 0
    style = mapping.columns[place].style
    match question.asks:
        case Asks.DAY:
            return mapping.with_use(int(value), Use(Role.DAY))
        case Asks.ORDER:
            return mapping.with_style(place, replace(style, order=Order(value)))
        case Asks.SIGN:
            return mapping.with_style(place, replace(style, sign=DecimalSign(value)))
        case Asks.UNIT:
            return mapping.with_style(place, replace(style, unit=Unit(value)))
        case Asks.SCALE:
            return mapping.with_style(place, replace(style, top=int(value)))
        case Asks.KEY:
            return _keyed(mapping, KeyChoice(value))


def _keyed(mapping: Mapping, choice: KeyChoice) -> Mapping:
    if choice is KeyChoice.COLUMN:
        return replace(mapping, keys=Keys.COLUMN)
    return replace(mapping, keys=Keys.PLACE, replaces=choice is KeyChoice.REPLACE)

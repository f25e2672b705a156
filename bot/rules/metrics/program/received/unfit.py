"""What is wrong with what a program sent, item by item and all of it at once, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from bot.rules.metrics.program.received.shapes import MOST_FACTS, Item, moment_of

AHEAD = timedelta(days=1)
"""Clocks differ, and some programs tell of today as a whole; nothing is told of a day that has not come."""
FACTS = "facts"
NOT_ITS_TEAM = "is no team that this token may write for"
NOT_ITS_KEY = "is the key of a fact of a team that this token may not write for"

REASONS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "is no text",
    "float_type": "is no number",
    "finite_number": "is no number",
    "list_type": "is no list",
    "dict_type": "is no object",
    "model_type": "is no object",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "has characters that cannot be printed",
    "greater_than_equal": "is less than {ge:.0f}",
    "less_than_equal": "is more than {le:.0f}",
    "too_short": "holds nothing",
    "too_long": "holds more than {max_length}",
}


class NoJson(Exception):
    """The body is no JSON."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """One thing that is wrong with an item; `index` is None where it is about all of them."""

    index: int | None
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """The items that are well, by their place, and what is wrong with the others."""

    items: Mapping[int, Item]
    unfit: Sequence[Unfit]


def read(body: bytes, now: datetime) -> Read:
    """Raises NoJson."""
    try:
        said = from_json(body)
    except ValueError:
        raise NoJson from None
    found = said.get(FACTS) if isinstance(said, dict) else None
    if not isinstance(found, list) or len(said) > 1:
        return Read({}, [Unfit(None, FACTS, "has to be a list, and all that there is")])
    if not 0 < len(found) <= MOST_FACTS:
        return Read({}, [Unfit(None, FACTS, f"holds {len(found)}; it may be 1 to {MOST_FACTS}")])
    items: dict[int, Item] = {}
    unfit: list[Unfit] = []
    for index, one in enumerate(found):
        unfit += _look(index, one, items, now)
    return Read(items, unfit)


def _look(index: int, said: Any, items: dict[int, Item], now: datetime) -> Iterator[Unfit]:
    try:
        item = Item.model_validate(said)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            yield Unfit(index, _field(detail), _reason(detail))
        return
    if moment_of(item.at) > now + AHEAD:
        yield Unfit(index, "at", "is more than a day ahead")
    else:
        items[index] = item


def _field(detail: ErrorDetails) -> str:
    return ".".join(str(one) for one in detail["loc"] if one != "[key]")


def _reason(detail: ErrorDetails) -> str:
    known = REASONS.get(detail["type"])
    return known.format(**detail.get("ctx", {})) if known else detail["msg"]

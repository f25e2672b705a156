"""Payloads grown from the table of limits: the smallest that passes, and one with a key at, below or above its limit."""

from sandbox.block_kit.limits import Row
from sandbox.block_kit.limits.parts import (
    Flag,
    Many,
    Number,
    Part,
    Record,
    Shape,
    Text,
    Thing,
    Words,
)
from tests.sandbox.helpers import Json

# What fits a pattern, for the places that have one.
FITTING = {
    "YYYY-MM-DD": "2026-11-22",
    "HH:mm": "08:55",
    "a number, as a string": "7",
    "#rrggbb": "#1d4ed8",
    "an https address": "https://a.example",
}
# Lists whose items may not be alike, and the key that tells them apart.
APART = {"series": "name", "tasks": "task_id"}


def smallest(shape: Shape) -> Json:
    """The keys that it needs, and one more where it needs one of several."""
    thing = {key: value(part) for key, part in shape.needs.items()}
    for key, part in shape.may.items():
        if not list(_broken(shape, thing)):
            break
        grown = thing | {key: value(part)}
        if len(list(_broken(shape, grown))) < len(list(_broken(shape, thing))):
            thing = grown
    return thing


def value(part: Part) -> object:
    """The smallest that such a key may hold."""
    match part:
        case Words():
            return FITTING[part.named] if part.named else (part.one_of or ("x",))[0]
        case Number():
            return 1 if part.least is None else int(part.least)
        case Flag():
            return False
        case Many():
            return [value(part.of) for _ in range(max(part.least, 1))]
        case Text() | Record() | Thing():
            return _object(part)


def _object(part: Text | Record | Thing) -> Json:
    if isinstance(part, Text):
        return {"type": part.kinds[0], "text": "x"}
    if isinstance(part, Record):
        return smallest(part.shape)
    kind, shape = next(iter(part.kinds.items()))
    return {"type": kind} | smallest(shape)


def with_size(row: Row, size: int) -> Json:
    """The smallest of the row's kind, with its key as long, as large or as many as `size`."""
    thing = smallest(row.shape)
    rivals = [rule for rule in row.shape.together if list(rule.broken(thing | {row.key: True}))]
    if rivals:
        # It cannot stand beside what was there: put it in the other's place.
        thing = {key: one for key, one in thing.items() if key in row.shape.needs}
    return thing | {row.key: sized(row.part, row.key, size)}


def sized(part: Part, key: str, size: int) -> object:
    match part:
        case Text():
            return {"type": part.kinds[0], "text": "x" * size}
        case Words():
            return "x" * size
        case Number():
            return size
        case Many():
            items = [value(part.of) for _ in range(size)]
            for number, item in enumerate(items):
                if key in APART and isinstance(item, dict):
                    item[APART[key]] = str(number)
            return items
        case _:
            raise AssertionError(f"{part} has no size")


def bounds(part: Part) -> tuple[int | None, int | None]:
    """The least and the most, where the part has them."""
    match part:
        case Text():
            return 1, part.most
        case Words() if part.one_of or part.pattern:
            return None, None
        case Words() | Many():
            return part.least or None, part.most
        case Number() if part.above is None:
            low = None if part.least is None else int(part.least)
            return low, None if part.most is None else int(part.most)
        case _:
            return None, None


def _broken(shape: Shape, thing: Json) -> list[str]:
    return [where for rule in shape.together for where in rule.broken(thing)]

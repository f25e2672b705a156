"""The walk through a payload beside the table of limits, key by key."""

import re
from collections.abc import Iterator

from sandbox.block_kit.limits.composition import text_objects
from sandbox.block_kit.limits.parts import (
    Flag,
    Many,
    Number,
    Part,
    Record,
    Shape,
    Surface,
    Text,
    Thing,
    Words,
)
from sandbox.block_kit.problems import Problem, missing, unknown, unsupported, wrong_type
from sandbox.kinds import Json


def part(wanted: Part, value: object, surface: Surface | None, at: str) -> Iterator[Problem]:
    """What is wrong with the value of one key; without a surface every kind may stand there."""
    match wanted:
        case Words():
            yield from _words(wanted, value, at)
        case Number():
            yield from _number(wanted, value, at)
        case Flag():
            if not isinstance(value, bool):
                yield wrong_type(at, "be a boolean")
        case Text():
            yield from _text(wanted, value, surface, at)
        case Many():
            yield from _many(wanted, value, surface, at)
        case Thing():
            yield from _thing(wanted, value, surface, at)
        case Record():
            if isinstance(value, dict):
                yield from _shape(wanted.shape, value, surface, at)
            else:
                yield wrong_type(at, "provide an object")


def _shape(
    shape: Shape, value: Json, surface: Surface | None, at: str, *, says_type: bool = False
) -> Iterator[Problem]:
    for name in shape.needs:
        if value.get(name) is None:
            yield missing(at, name)
    for name, inner in value.items():
        if name in shape.parts:
            if inner is not None:
                yield from part(shape.parts[name], inner, surface, f"{at}/{name}")
        elif name != "type" or not says_type:
            yield unknown(at, name)
    for rule in shape.together:
        for where in rule.broken(value):
            yield Problem(f"{at}{where}", rule.says)


def _thing(wanted: Thing, value: object, surface: Surface | None, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield wrong_type(at, "provide an object")
        return
    kind = value.get("type", wanted.unless_said or None)
    if kind is None:
        yield missing(at, "type")
        return
    shape = wanted.kinds.get(kind) if isinstance(kind, str) else None
    if shape is None or (surface is not None and surface not in shape.on):
        yield unsupported(at, kind, sorted(wanted.kinds))
        return
    yield from _shape(shape, value, surface, at, says_type=True)


def _text(wanted: Text, value: object, surface: Surface | None, at: str) -> Iterator[Problem]:
    kinds = {name: one for name, one in text_objects(wanted.most).items() if name in wanted.kinds}
    problems = list(_thing(Thing(kinds), value, surface, at))
    if problems and isinstance(value, dict) and len(kinds) > 1:
        yield Problem(at, "failed to match all allowed schemas", constraint="all_of")
    yield from problems


def _words(wanted: Words, value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield wrong_type(at, "provide a string")
        return
    size = len(value)
    if wanted.most is not None and size > wanted.most:
        words = f"must be less than {wanted.most + 1} characters"
        yield Problem(at, words, constraint="max_length", expected=wanted.most, got=size)
    if size < wanted.least:
        words = f"must be more than {wanted.least - 1} characters"
        yield Problem(at, words, constraint="min_length", expected=wanted.least, got=size)
    if wanted.one_of and value not in wanted.one_of:
        known = list(wanted.one_of)
        words = "must be a valid enum value"
        yield Problem(at, words, constraint="enum", expected=known, got=value)
    if wanted.pattern and not re.fullmatch(wanted.pattern, value):
        words = f"input must match regex pattern: {wanted.pattern}"
        yield Problem(at, words, constraint="pattern", expected=wanted.pattern, got=value)


def _number(wanted: Number, value: object, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield wrong_type(at, "provide an integer" if wanted.whole else "provide a number")
        return
    if wanted.whole and not isinstance(value, int):
        yield wrong_type(at, "provide an integer")
        return
    # Slack says "less than 4" where 4 itself is allowed.
    if wanted.most is not None and value > wanted.most:
        words = f"must be less than {wanted.most}"
        yield Problem(at, words, constraint="maximum", expected=wanted.most, got=value)
    floor = wanted.least if wanted.above is None else wanted.above
    if floor is not None and (value < floor or value == wanted.above):
        words = f"must be greater than {floor}"
        yield Problem(at, words, constraint="minimum", expected=floor, got=value)


def _many(wanted: Many, value: object, surface: Surface | None, at: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield wrong_type(at, "provide an array")
        return
    size = len(value)
    if wanted.most is not None and size > wanted.most:
        words = f"no more than {wanted.most} items allowed"
        yield Problem(at, words, constraint="max_items", expected=wanted.most, got=size)
    if size < wanted.least:
        words = f"must provide at least {wanted.least} items"
        yield Problem(at, words, constraint="min_items", expected=wanted.least, got=size)
    for number, one in enumerate(value):
        if one is not None or not wanted.gaps:
            yield from part(wanted.of, one, surface, f"{at}/{number}")

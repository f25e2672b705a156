"""What holds for a whole message or view: ids that must differ, one focus, and sums."""

from collections import Counter
from collections.abc import Iterator

from sandbox.block_kit import elements
from sandbox.block_kit.limits.wholes import WHOLE_MESSAGE, Characters, Count
from sandbox.block_kit.problems import Problem
from sandbox.kinds import Json


def ids(blocks: object, at: str) -> Iterator[Problem]:
    """The same block_id twice, the same action_id twice in a block, and a second focus."""
    named: Counter[str] = Counter()
    focused = 0
    for pointer, block in _blocks(blocks, at):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id:
            named[block_id] += 1
            if named[block_id] > 1:
                yield _again("block_id", block_id, pointer)
        acted: Counter[str] = Counter()
        for place, element in _elements(block, pointer):
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id:
                acted[action_id] += 1
                if acted[action_id] > 1:
                    yield _again("action_id", action_id, place)
            focused += element.get("focus_on_load") is True
            if element.get("focus_on_load") is True and focused > 1:
                yield Problem(f"{place}/focus_on_load", "only one element can have `focus_on_load`")


def sums(blocks: object, at: str) -> Iterator[Problem]:
    """What is too much of in the message as a whole."""
    every = [block for _, block in _blocks(blocks, at)]
    own = [rule.kind for rule in WHOLE_MESSAGE if isinstance(rule, Characters)]
    for rule in WHOLE_MESSAGE:
        of_kind = [one for one in every if one.get("type") == rule.kind]
        if isinstance(rule, Count):
            much = len(of_kind)
        else:
            others = [one for one in _top(blocks) if one.get("type") not in own]
            much = text_length(of_kind if rule.kind else others)
        if much > rule.most:
            yield Problem(at, rule.says, error=rule.error)


def text_length(thing: object) -> int:
    """All the characters that are there to be read."""
    if isinstance(thing, list):
        return sum(text_length(one) for one in thing)
    if isinstance(thing, dict):
        own = thing.get("text")
        inside = sum(text_length(one) for one in thing.values() if isinstance(one, dict | list))
        return inside + (len(own) if isinstance(own, str) else 0)
    return 0


def _again(key: str, value: str, pointer: str) -> Problem:
    return Problem(f"{pointer}/{key}", f'`{key}` "{value}" already exists')


def _top(blocks: object) -> list[Json]:
    return [one for one in blocks if isinstance(one, dict)] if isinstance(blocks, list) else []


def _blocks(given: object, at: str) -> Iterator[tuple[str, Json]]:
    """Every block with its pointer, those within blocks too."""
    for number, block in enumerate(given if isinstance(given, list) else []):
        if isinstance(block, dict):
            here = f"{at}/{number}"
            yield here, block
            key = elements.nested_in(block)
            yield from _blocks(block.get(key), f"{here}/{key}")


def _elements(block: Json, at: str) -> Iterator[tuple[str, Json]]:
    """Every object within a block that belongs to no other block within it."""
    own = {name: one for name, one in block.items() if name != elements.nested_in(block)}
    yield from _objects(own, at)


def _objects(thing: object, at: str) -> Iterator[tuple[str, Json]]:
    for pointer, inner in _inside(thing, at):
        if isinstance(inner, dict):
            yield pointer, inner
        yield from _objects(inner, pointer)


def _inside(thing: object, at: str) -> Iterator[tuple[str, object]]:
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield f"{at}/{name}", value
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield f"{at}/{number}", value

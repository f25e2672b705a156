"""Checking blocks and views against the table of limits, with Slack's kind of complaints."""

import json
from collections import Counter
from collections.abc import Iterator

from sandbox.block_kit import charts, limits
from sandbox.block_kit.elements import elements
from sandbox.block_kit.limits import Many, Number, Part, Record, Shape, Text, Thing, Words
from sandbox.kinds import Json


def message(blocks: list[Json]) -> list[str]:
    """What is wrong with the blocks of a message; nothing when they may be posted."""
    problems = list(_blocks(blocks, "message", "/blocks", limits.MESSAGE_BLOCKS))
    kinds = Counter(str(one.get("type")) for one in blocks if isinstance(one, dict))
    for kind, most in limits.PER_MESSAGE.items():
        if kinds[kind] > most:
            problems.append(f"only {most} block of type {kind} is allowed [json-pointer:/blocks]")
    for kind, most in (limits.TABLES_TOTAL | {"markdown": limits.MARKDOWN_TOTAL}).items():
        if text_length([one for one in blocks if one.get("type") == kind]) > most:
            problems.append(
                f"{kind} must be less than {most + 1} characters [json-pointer:/blocks]"
            )
    return problems


def view(given: Json, kind: str) -> list[str]:
    """What is wrong with a view that should be of this kind."""
    if given.get("type") != kind:
        return [f"must be of type: {kind} [json-pointer:/view/type]"]
    problems = list(_parts(limits.VIEWS[kind], given, kind, "/view"))
    blocks = given.get("blocks")
    if isinstance(blocks, list):
        problems += _blocks(blocks, kind, "/view/blocks", limits.VIEW_BLOCKS)
        inputs = any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
        if kind == "modal" and inputs and not given.get("submit"):
            problems.append(
                "a `submit` is required when the view has inputs [json-pointer:/view/submit]"
            )
    if len(json.dumps(given)) > limits.VIEW_BYTES:
        problems.append(f"must be less than {limits.VIEW_BYTES} bytes [json-pointer:/view]")
    return problems


def text_length(thing: object) -> int:
    """All the characters that are there to be read."""
    if isinstance(thing, list):
        return sum(text_length(one) for one in thing)
    if isinstance(thing, dict):
        own = thing.get("text")
        inside = sum(text_length(one) for one in thing.values() if isinstance(one, dict | list))
        return inside + (len(own) if isinstance(own, str) else 0)
    return 0


def _blocks(blocks: list[Json], surface: str, at: str, most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:{at}]"
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        if not isinstance(block, dict) or block.get("type") not in limits.BLOCKS:
            kind = block.get("type") if isinstance(block, dict) else block
            yield f"unsupported type: {kind} [json-pointer:{here}/type]"
            continue
        yield from _block(block, surface, here)
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield f"`block_id` {block_id} already exists [json-pointer:{here}/block_id]"
        seen.add(str(block_id))


def _block(block: Json, surface: str, at: str) -> Iterator[str]:
    kind, shape = block["type"], limits.BLOCKS[block["type"]]
    if surface not in shape.on:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
    yield from _parts(shape, block, surface, at)
    if kind == "section" and not block.get("text") and not block.get("fields"):
        yield f"missing required field: text or fields [json-pointer:{at}]"
    if kind == "image" and bool(block.get("image_url")) == bool(block.get("slack_file")):
        yield f"exactly one of image_url and slack_file is needed [json-pointer:{at}]"
    if kind in limits.CONTENTS:
        yield from _contents(block, limits.CONTENTS[kind], f"{at}/elements")
    if kind == "data_visualization":
        yield from charts.problems(block.get("chart"), f"{at}/chart")
    if isinstance(block.get("child_blocks"), list):
        yield from _blocks(block["child_blocks"], surface, f"{at}/child_blocks", 10)
    named = Counter(one.get("action_id") for _, one in elements([block]) if one.get("action_id"))
    for action_id, times in named.items():
        if times > 1:
            yield f"`action_id` {action_id} already exists [json-pointer:{at}]"


def _contents(block: Json, allowed: frozenset[str], at: str) -> Iterator[str]:
    for number, one in enumerate(block.get("elements") or []):
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in allowed:
            yield f"unsupported type: {kind} [json-pointer:{at}/{number}/type]"


def _parts(shape: Shape | Record, thing: Json, surface: str, at: str) -> Iterator[str]:
    for name, part in shape.parts.items():
        value = thing.get(name)
        if value is None:
            if getattr(part, "required", False):
                yield f"missing required field: {name} [json-pointer:{at}]"
        else:
            yield from _part(part, value, surface, f"{at}/{name}")


def _part(part: Part, value: object, surface: str, at: str) -> Iterator[str]:
    match part:
        case Text():
            yield from _text(part, value, at)
        case Words():
            yield from _words(part, value, at)
        case Number():
            if not isinstance(value, int) or not part.least <= value <= part.most:
                yield f"must be between {part.least} and {part.most} [json-pointer:{at}]"
        case Many():
            yield from _many(part, value, surface, at)
        case Record():
            if isinstance(value, dict):
                yield from _parts(part, value, surface, at)
            else:
                yield f"must provide an object [json-pointer:{at}]"
        case Thing():
            yield from _thing(part, value, surface, at)


def _text(part: Text, value: object, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"must provide an object [json-pointer:{at}]"
        return
    allowed = {"plain_text"} if part.plain else {"plain_text", "mrkdwn"}
    if value.get("type") not in allowed:
        yield f"unsupported type: {value.get('type')} [json-pointer:{at}/type]"
    text = value.get("text")
    if not isinstance(text, str):
        yield f"must provide a string [json-pointer:{at}/text]"
    elif not text:
        yield f"must be more than 0 characters [json-pointer:{at}/text]"
    elif len(text) > part.most:
        yield f"must be less than {part.most + 1} characters [json-pointer:{at}/text]"


def _words(part: Words, value: object, at: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"must provide a string [json-pointer:{at}]"
    elif part.required and not value:
        yield f"must be more than 0 characters [json-pointer:{at}]"
    elif len(value) > part.most:
        yield f"must be less than {part.most + 1} characters [json-pointer:{at}]"
    elif part.one_of and value not in part.one_of:
        yield f"value must be one of {', '.join(sorted(part.one_of))} [json-pointer:{at}]"


def _many(part: Many, value: object, surface: str, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"must provide an array [json-pointer:{at}]"
        return
    if len(value) > part.most:
        yield f"no more than {part.most} items allowed [json-pointer:{at}]"
    if len(value) < part.least and not at.endswith("blocks"):
        yield f"no fewer than {part.least} items allowed [json-pointer:{at}]"
    for number, one in enumerate(value):
        if part.of is not None:
            yield from _part(part.of, one, surface, f"{at}/{number}")


def _thing(part: Thing, value: object, surface: str, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in part.types:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    shape = limits.ELEMENTS.get(str(kind)) or limits.BLOCKS[str(kind)]
    if surface not in shape.on:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
    yield from _parts(shape, value, surface, at)
    if "static_select" in str(kind) and bool(value.get("options")) == bool(
        value.get("option_groups")
    ):
        yield f"exactly one of options and option_groups is needed [json-pointer:{at}]"
    yield from _initial(value, at)


def _initial(element: Json, at: str) -> Iterator[str]:
    """An initial choice must be one of the choices, word for word."""
    grouped = [
        one for group in element.get("option_groups") or [] for one in group.get("options", [])
    ]
    offered = (element.get("options") or []) + grouped
    first = [element["initial_option"]] if element.get("initial_option") else []
    first += element.get("initial_options") or []
    if offered and any(one not in offered for one in first):
        yield f"initial option is not one of the options [json-pointer:{at}]"

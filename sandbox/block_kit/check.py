"""Checking blocks and views against the table of limits, with Slack's own complaints."""

import json
from collections.abc import Iterator

from sandbox.block_kit import wholes
from sandbox.block_kit.limits.composition import OPTION, OPTION_GROUP
from sandbox.block_kit.limits.parts import Many, Part, Record, Surface
from sandbox.block_kit.limits.wholes import MESSAGE_BLOCKS, VIEW_BYTES, VIEWS
from sandbox.block_kit.problems import Problem
from sandbox.block_kit.walk import part as check_part
from sandbox.kinds import Json


def blocks(given: object, surface: Surface | None, at: str = "/blocks") -> list[Problem]:
    """What is wrong with each block for itself; without a surface it may be any."""
    problems = list(check_part(MESSAGE_BLOCKS, given, surface, at))
    return problems + list(wholes.ids(given, at))


def message(given: object, at: str = "/blocks") -> list[Problem]:
    """What is wrong with the blocks of a message; nothing when they may be posted."""
    return blocks(given, "message", at) + list(wholes.sums(given, at))


def view(given: Json, kind: Surface, at: str = "/view") -> list[Problem]:
    """What is wrong with a view that should be of this kind."""
    problems = list(_view(given, kind, at))
    if len(json.dumps(given, ensure_ascii=False).encode()) > VIEW_BYTES:
        words = f"must be less than {VIEW_BYTES + 1} bytes"
        problems.append(Problem(at, words, error="view_too_large"))
    return problems


def suggestions(given: Json) -> list[Problem]:
    """What is wrong with the answer that offers options to an external select."""
    name = "option_groups" if "option_groups" in given else "options"
    shape = OPTION_GROUP if name == "option_groups" else OPTION
    of: Part = Many(Record(shape), 100, least=0)
    return list(check_part(of, given.get(name, []), None, f"/{name}"))


def _view(given: Json, kind: Surface, at: str) -> Iterator[Problem]:
    if given.get("type") != kind:
        words = "must be a valid enum value"
        got = given.get("type")
        yield Problem(f"{at}/type", words, constraint="enum", expected=[kind], got=got)
        return
    content = {name: value for name, value in given.items() if name != "type"}
    yield from check_part(Record(VIEWS[kind]), content, kind, at)
    yield from wholes.ids(given.get("blocks"), f"{at}/blocks")

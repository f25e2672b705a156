"""The reference page of Block Kit, written from the table of limits: `python -m sandbox.block_kit.reference`."""

import sys
from collections.abc import Iterator

from sandbox.block_kit.limits import TABLES, Row, rows
from sandbox.block_kit.limits.blocks import BLOCKS
from sandbox.block_kit.limits.parts import (
    EVERYWHERE,
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
from sandbox.block_kit.limits.wholes import POST_DOCS, VIEW_BYTES, VIEW_DOCS, WHOLE_MESSAGE

INTRODUCTION = """# Block Kit: what is allowed

What the local workspace lets pass, and nothing else. This page is written from the table that the check itself reads
(`sandbox/block_kit/limits/`); each line names the page on which Slack says so. A payload that breaks a rule is refused with Slack's
error, the words that Slack has for it, and a JSON pointer to the place.

Lengths are in characters. A key that is not listed is refused (`invalid additional property`). `null` counts as left out.
A `block_id` may come once in a message or view, an `action_id` once in a block, `focus_on_load` once in all.
"""
NAMES = {shape: name for kinds in TABLES.values() for name, shape in kinds.items()}
SURFACES = {"message": "messages", "modal": "modals", "home": "Home"}


def page() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION]
    for table, kinds in TABLES.items():
        parts.append(f"## {table}\n")
        parts += [_kind(table, name, shape) for name, shape in kinds.items()]
    return "\n".join([*parts, _wholes()])


def described(part: Part) -> str:
    """What a key may hold, in a few words."""
    match part:
        case Text():
            kinds = " or ".join(f"`{kind}`" for kind in part.kinds)
            return f"text object ({kinds}), 1–{part.most:,}"
        case Words():
            return _words(part)
        case Number():
            return _number(part)
        case Flag():
            return "`true` or `false`"
        case Many():
            most = "any number" if part.most is None else f"{part.least}–{part.most}"
            gaps = ", or `null` to skip one" if part.gaps else ""
            return f"list, {most} of: {described(part.of)}{gaps}"
        case Thing():
            return "any block" if part.kinds == BLOCKS else _either(list(part.kinds))
        case Record():
            return NAMES[part.shape]


def _words(part: Words) -> str:
    if part.one_of:
        return _either(list(part.one_of))
    if part.named:
        return f"string, {part.named}"
    most = "" if part.most is None else f"{part.least}–{part.most:,}"
    least = "not empty" if part.least and not most else ""
    return ", ".join(one for one in ("string", most, least) if one)


def _number(part: Number) -> str:
    what = "whole number" if part.whole else "number"
    if part.above is not None:
        return f"{what}, more than {part.above}"
    if part.least is None:
        return what
    return (
        f"{what}, {part.least} or more"
        if part.most is None
        else f"{what}, {part.least}–{part.most}"
    )


def _either(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _kind(table: str, name: str, shape: Shape) -> str:
    lines = [f"### {name}\n"]
    if shape.on != EVERYWHERE:
        places = [SURFACES[one] for one in SURFACES if one in shape.on]
        lines.append(
            f"Only in {' and '.join(places) or 'what Slack sends: an app cannot post it'}.\n"
        )
    lines += [f"- {rule.says}" for rule in shape.together]
    lines += [""] if shape.together else []
    lines += ["| key | what | needed | Slack says so |", "|---|---|---|---|"]
    mine = [row for row in rows() if row.table == table and row.kind == name]
    return "\n".join([*lines, *map(_line, mine), ""])


def _line(row: Row) -> str:
    needed = "yes" if row.required else ""
    return f"| `{row.key}` | {described(row.part)} | {needed} | [{_short(row.docs)}]({row.docs}) |"


def _short(docs: str) -> str:
    return docs.rsplit("/", 1)[1]


def _wholes() -> str:
    return "\n".join(
        ["## In sum\n", "| what | error | Slack says so |", "|---|---|---|", *_sums(), ""]
    )


def _sums() -> Iterator[str]:
    for rule in WHOLE_MESSAGE:
        error = rule.error or "invalid_blocks"
        yield f"| {rule.says} | `{error}` | [{_short(rule.docs)}]({rule.docs}) |"
    yield f"| a view: {VIEW_BYTES:,} bytes of JSON | `view_too_large` | [views]({VIEW_DOCS}) |"
    yield f"| blocks: 50 in a message, 100 in a view | | [chat.postMessage]({POST_DOCS}) |"


if __name__ == "__main__":
    sys.stdout.write(page())

"""What Slack's editor makes of what a person wrote: the `rich_text` block that comes beside the mrkdwn text."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from sandbox.kinds import Json

LINE = re.compile(r"(?P<quote>&gt; ?|> ?)|(?P<bullet>\s*[•◦▪‣-] )|(?P<ordered>\s*\d{1,2}\. )")
REFERENCE = re.compile(r"<([^<>\n]+)>")
EMOJI = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:")
FENCED = re.compile(r"```\n*(?P<code>(?!```)[^\n].*?)\n*```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
# What stands between signs that touch it, and that stand at the edges of words.
STYLED = re.compile(r"(?<![\w*_~])([*_~])(?=\S)(?!\1)(.+?)(?<=\S)\1(?![\w*_~])")
STYLES = {"*": "bold", "_": "italic", "~": "strike"}

Style = dict[str, bool]


def block(text: str, block_id: str) -> Json:
    parts = list(_parts(text)) or [{"type": "rich_text_section", "elements": [_text(text, {})]}]
    return {"type": "rich_text", "block_id": block_id, "elements": parts}


def _parts(text: str) -> Iterator[Json]:
    at = 0
    for found in FENCED.finditer(text):
        yield from _lines(text[at : found.start()])
        inside = [_text(found["code"], {})]
        yield {"type": "rich_text_preformatted", "elements": inside, "border": 0}
        at = found.end()
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[Json]:
    """Neighbours of one kind together: a paragraph, a quote, a list."""
    lines = text.strip("\n")
    for kind, run in groupby(lines.split("\n") if lines else [], key=_kind):
        bare = [LINE.sub("", line, count=1) if kind else line for line in run]
        if kind in {"bullet", "ordered"}:
            items = [{"type": "rich_text_section", "elements": inline(line)} for line in bare]
            shape: Json = {"type": "rich_text_list", "style": kind, "indent": 0, "border": 0}
            yield shape | {"elements": items}
        else:
            name = "rich_text_quote" if kind else "rich_text_section"
            yield {"type": name, "elements": inline("\n".join(bare))}


def _kind(line: str) -> str:
    found = LINE.match(line)
    return str(found.lastgroup) if found else ""


def inline(text: str, style: Style | None = None) -> list[Json]:
    """The inside of a paragraph: the first of the signs that is found, and what is around it."""
    style = style or {}
    finds = [(found, make) for pattern, make in SIGNS if (found := pattern.search(text))]
    if not finds:
        return [_text(text, style)] if text else []
    found, make = min(finds, key=lambda pair: pair[0].start())
    before, after = text[: found.start()], text[found.end() :]
    made = make(found, style)
    return ([_text(before, style)] if before else []) + made + inline(after, style)


def _text(text: str, style: Style) -> Json:
    return _with({"type": "text", "text": _unescaped(text)}, style)


def _code(found: re.Match[str], style: Style) -> list[Json]:
    return [_text(found[1], style | {"code": True})]


def _styled(found: re.Match[str], style: Style) -> list[Json]:
    return inline(found[2], style | {STYLES[found[1]]: True})


def _emoji(found: re.Match[str], style: Style) -> list[Json]:
    tone: Json = {"skin_tone": int(found[2])} if found[2] else {}
    return [_with({"type": "emoji", "name": found[1]} | tone, style)]


def _reference(found: re.Match[str], style: Style) -> list[Json]:
    what, _, label = found[1].partition("|")
    return [_with(_referred(what, label), style)]


def _referred(what: str, label: str) -> Json:
    if what.startswith("@"):
        return {"type": "user", "user_id": what[1:]}
    if what.startswith("#"):
        return {"type": "channel", "channel_id": what[1:]}
    if what.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": what.removeprefix("!subteam^")}
    if what.startswith("!date^"):
        _, seconds, written, *_ = [*what.split("^"), "", ""]
        shape: Json = {"type": "date", "timestamp": int(seconds), "format": written}
        return shape | {"fallback": _unescaped(label)}
    if what.startswith("!"):
        return {"type": "broadcast", "range": what[1:]}
    url: Json = {"type": "link", "url": _unescaped(what)}
    return url | ({"text": _unescaped(label)} if label else {})


def _with(element: Json, style: Style) -> Json:
    return element | ({"style": style} if style else {})


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


Make = Callable[[re.Match[str], Style], list[Json]]
SIGNS: tuple[tuple[re.Pattern[str], Make], ...] = (
    (CODE, _code),
    (REFERENCE, _reference),
    (STYLED, _styled),
    (EMOJI, _emoji),
)

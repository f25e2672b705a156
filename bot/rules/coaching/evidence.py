"""What a note is about, as people type it: one link, ticket or case of Baton's own per line."""

import re
from collections.abc import Sequence

from bot.errors import Refused
from bot.rules.coaching.notes import Evidence
from bot.rules.escalations.words import clean, is_link
from bot.text import _

MOST = 10
LINE_MAX = 500
CASE = re.compile(
    r"#?(\d{1,9})"
)  # more digits than a case of Baton's own can have are somebody else's ticket
LINK = re.compile(r"https?://\S+")


def read(typed: str) -> tuple[Evidence, ...]:
    """What the lines mean. Whether there is such a case, and whether the author may see it, is asked elsewhere."""
    return tuple(_line(line) for line in _lines(typed))


def written(evidence: Sequence[Evidence]) -> str:
    """The same as lines again."""
    return "\n".join(_written(one) for one in evidence)


def problem(typed: str) -> Refused | None:
    lines = _lines(typed)
    if len(lines) > MOST:
        return Refused(
            _("Please keep it to {limit} lines; there are {count}."), limit=MOST, count=len(lines)
        )
    if any(len(line) > LINE_MAX for line in lines):
        return Refused(_("Please keep each line under {limit} characters."), limit=LINE_MAX + 1)
    return None


def _lines(typed: str) -> list[str]:
    """Each thing once, in the order in which they were typed."""
    return list(dict.fromkeys(one for line in typed.splitlines() if (one := clean(line))))


def _line(line: str) -> Evidence:
    if case := CASE.fullmatch(line):
        return Evidence("", case=int(case[1]))
    found = LINK.search(line)
    if found is None or not is_link(found.group()):
        return Evidence(line)
    return Evidence(" ".join(line.replace(found.group(), " ", 1).split()), found.group())


def _written(one: Evidence) -> str:
    if one.case is not None:
        return f"#{one.case}"
    return f"{one.label} {one.url}".strip()

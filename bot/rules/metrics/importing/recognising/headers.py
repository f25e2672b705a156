"""What the headers of other people's exports mean: which role each column has, and which program wrote the file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.plain import plain
from bot.rules.metrics.importing.recognising.roles import COUNTS, LENGTHS, MEAN_OF, Role
from bot.rules.metrics.importing.words.around import (
    CAMEL,
    CUSTOM,
    MEAN,
    NUMBER_SIGN,
    OTHER_CLOCK,
    PARTICLES,
    REPEATED,
    RUN_TOGETHER,
    SAYS_UNIT,
    SUFFIX,
    UNIT_FIRST,
    UNITS,
)
from bot.rules.metrics.importing.words.headers import (
    AFTER,
    AFTER_AMOUNTS,
    ASKED,
    BEFORE,
    BEFORE_AMOUNTS,
    MARKS,
    MARKS_NEEDED,
    WORDS,
    Source,
)
from bot.rules.metrics.importing.words.romance import ROMANCE


@dataclass(frozen=True, slots=True)
class Meaning:
    """`unit` is what a bare number in the column counts, where the header says it. The lower the `rank`, the better."""

    role: Role
    unit: Unit | None = None
    rank: int = 0


DERIVED = 20
"""What only becomes a mean by the word for it ranks behind what is one by name."""
LOOSE = 100
"""What is only understood when its particles are of no matter."""
STRIPPED = 1000
"""The rank of what is only understood without its first words."""


def normal(header: str) -> str:
    """A header as it is compared: letters and digits of one case, single spaces. `AvgTalkDuration` is `avg talk duration`."""
    text = SUFFIX.sub("", _said(header)).replace("%", " % ")
    return RUN_TOGETHER.sub(r"\1 \2", " ".join(re.sub(r"[^\w%]+|_", " ", text).split()))


def _said(header: str) -> str:
    """A header as text that can be compared, without what stands around all of it."""
    bare = CUSTOM.sub(r"\1", NUMBER_SIGN.sub(" number", header))
    return plain(CAMEL.sub(" ", bare))


ROLE_OF = {
    normal(word): (role, rank)
    for book in (ROMANCE, WORDS)
    for role, words in book.items()
    for rank, word in enumerate(words)
}
"""Where two languages write the same for different things, the first book gives way."""
BARE = {PARTICLES.sub("", word): found for word, found in reversed([*ROLE_OF.items()])}
"""The same without particles."""
MEAN_FOR = {amount: mean for mean, amount in MEAN_OF.items()}


def signature(headers: Sequence[str]) -> str:
    """What a mapping is remembered by: the headers in their order, however they are spaced and cased."""
    return "\n".join(normal(one) for one in headers)


def source_of(headers: Sequence[str]) -> Source:
    """Which program wrote it, by headers that only that one has."""
    held = {normal(one) for one in headers}
    marked = {
        source: sum(any(f"{one}$".startswith(mark) for one in held) for mark in marks)
        for source, marks in MARKS.items()
    }
    best = max(marked, key=lambda source: marked[source])
    return best if marked[best] >= MARKS_NEEDED else Source.FREE


def meaning_of(header: str) -> Meaning | None:
    """What one header says by itself; None if it says nothing that is counted."""
    spaced = " ".join(_said(header).replace("_", " ").split())
    spaced = RUN_TOGETHER.sub(r"\1 \2", spaced)
    if OTHER_CLOCK.search(spaced):
        return None
    last, first = SAYS_UNIT.search(spaced), UNIT_FIRST.fullmatch(spaced)
    unit = UNITS[last[1]] if last else None
    tries = [(spaced[: last.start()], unit)] if last else []
    tries += [(REPEATED.sub("", header), unit)]
    tries += [(first[2], UNITS[first[1]])] if first else []
    for text, says in tries:
        if found := _known(normal(text)):
            return Meaning(found[0], says, found[1])
    asked = (role for role, question in ASKED.items() if question.search(spaced))
    return next((Meaning(role, rank=STRIPPED) for role in asked), None)


def _known(words: str) -> tuple[Role, int] | None:
    """The role and the rank of what is left of a header."""
    if words in ROLE_OF:
        return ROLE_OF[words]
    if found := MEAN.fullmatch(words):
        amount = _known(found[1] or found[2])
        if amount is None or amount[0] in MEAN_OF:
            return amount
        mean = MEAN_FOR.get(amount[0])
        return (mean, amount[1] + DERIVED) if mean else None
    if (bare := BARE.get(PARTICLES.sub("", words))) is not None:
        return bare[0], bare[1] + LOOSE
    return next(_stripped(words), None)


def _stripped(words: str) -> Iterator[tuple[Role, int]]:
    """What is left without the words at either end that say nothing more."""
    rests = [(words.removeprefix(f"{one} "), True) for one in BEFORE]
    rests += [(words.removesuffix(f" {one}"), True) for one in AFTER]
    bare = next((words.removesuffix(f" {one}") for one in AFTER_AMOUNTS if words.endswith(f" {one}")), words)  # fmt: skip
    rests += [(bare, False), *((bare.removeprefix(f"{one} "), False) for one in BEFORE_AMOUNTS)]
    for rest, is_any in rests:
        found = (ROLE_OF.get(rest) or BARE.get(rest)) if rest != words else None
        if found and (is_any or found[0] in COUNTS | LENGTHS):
            yield found[0], found[1] + STRIPPED

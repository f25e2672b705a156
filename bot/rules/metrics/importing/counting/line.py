"""One line while its parts are counted, and what counting calls and counting many together share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.reading.walls import Wall
from bot.rules.metrics.importing.recognising.roles import Role


@dataclass(slots=True)
class Line:
    """`amounts` are what the cells were read as, by role; `words` those that are text. `said` are the remarks about it."""

    wall: Wall
    amounts: dict[str, int]
    words: dict[str, str]
    moments: dict[Role, Wall]
    sums: dict[str, int] = field(default_factory=dict)
    samples: dict[str, tuple[int, ...]] = field(default_factory=dict)
    said: list[tuple[Role, Reason]] = field(default_factory=list)


Step = Callable[[Line], None]


def split(line: Line, talk: int | None, hold: int | None, wrap: int | None, handle: int | None) -> None:  # fmt: skip
    """What is missing of the three is what the whole leaves over: after-contact work beside talk, else talk."""
    rest = None if handle is None else handle - (talk or 0) - (hold or 0) - (wrap or 0)
    if rest is not None and rest >= 0:
        if talk is None:
            talk = rest
        elif wrap is None:
            wrap = rest
    for part, amount in (("talk_seconds", talk), ("hold_seconds", hold), ("wrap_seconds", wrap)):
        if amount is not None:
            line.sums[part] = amount


def round_half_even(above: int, below: int) -> int:
    """The whole number nearest to the quotient."""
    quotient, rest = divmod(above, below)
    return quotient + (2 * rest > below or (2 * rest == below and quotient % 2 == 1))

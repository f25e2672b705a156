"""The words in which the table of limits is written: what a key may hold, and what a shape is.

A key holds a `Text` (a text object), `Words` (a bare string), a `Number`, a `Flag`, `Many` of something, a `Thing`
(an object that says its `type`) or a `Record` (an object that does not). Lengths are in characters; `None` is no limit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sandbox.kinds import Json

Surface = Literal["message", "modal", "home"]
EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
MESSAGE: frozenset[Surface] = frozenset({"message"})
MODAL: frozenset[Surface] = frozenset({"modal"})
NOT_MODAL: frozenset[Surface] = frozenset({"message", "home"})
NOT_HOME: frozenset[Surface] = frozenset({"message", "modal"})
NOWHERE: frozenset[Surface] = frozenset()


@dataclass(frozen=True)
class Text:
    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")


@dataclass(frozen=True)
class Words:
    most: int | None = None
    least: int = 0
    one_of: tuple[str, ...] = ()
    # A regular expression for the whole, and how a reader would name it.
    pattern: str = ""
    named: str = ""


@dataclass(frozen=True)
class Number:
    least: float | None = None
    most: float | None = None
    whole: bool = True
    # More than this, where `least` would be just as much.
    above: float | None = None


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Many:
    of: "Part"
    most: int | None
    least: int = 1
    # Some lists may have null in the place of an item, to skip it.
    gaps: bool = False


@dataclass(frozen=True)
class Thing:
    kinds: "Mapping[str, Shape]"
    # What it is when it does not say so.
    unless_said: str = ""


@dataclass(frozen=True)
class Record:
    shape: "Shape"


Part = Text | Words | Number | Flag | Many | Thing | Record


@dataclass(frozen=True)
class Rule:
    """What must hold between the keys of one object: what is said when it does not, and where it does not."""

    says: str
    broken: Callable[[Json], Iterator[str]]


@dataclass(frozen=True, eq=False)
class Shape:
    """One kind of object: the keys that it needs, those that it may have, and nothing else."""

    docs: str
    needs: Mapping[str, Part] = field(default_factory=dict)
    may: Mapping[str, Part] = field(default_factory=dict)
    together: tuple[Rule, ...] = ()
    on: frozenset[Surface] = EVERYWHERE

    @cached_property
    def parts(self) -> dict[str, Part]:
        return {**self.needs, **self.may}


FLAG = Flag()
ID = Words(255)
URL = Words(3000, least=1)
HTTPS = Words(3000, pattern=r"https://\S+", named="an https address")


def plain(most: int) -> Text:
    return Text(most, ("plain_text",))


def one_of(*values: str) -> Words:
    return Words(one_of=values)

"""The columns of coaching sheets: what each is called, what stands in it, and which of them nobody can leave out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.rules.reports import Choice
from bot.text import Text, _
from bot.views.reports.cells import Cell, Column, Row

NOTES, COMMITMENTS, SUMMARY, ABOUT = (
    _("Notes"),
    _("Commitments"),
    _("Summary per person"),
    _("About"),
)
"""The sheets, as they are called in English."""
TABLES: Mapping[str, str] = {NOTES: "Notes", COMMITMENTS: "Commitments", SUMMARY: "Summary"}
"""How Excel calls their tables, in every language."""

T = TypeVar("T")


class Group(StrEnum):
    """Where a column is chosen in the form. What is always there is in none."""

    ALWAYS = "always"
    WHO = "who"
    WORDS = "words"
    OUTCOME = "outcome"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A column: `key` is what a choice remembers it by, `cell` what stands in it."""

    key: str
    title: str
    width: int
    group: Group
    cell: Callable[[T, Text], Cell]


@dataclass(frozen=True, slots=True)
class Layout(Generic[T]):
    """Those columns of a sheet that are wanted, in their order."""

    fields: Sequence[Field[T]]

    @classmethod
    def of(cls, fields: Iterable[Field[T]], choice: Choice) -> "Layout[T]":
        return cls(
            [one for one in fields if one.group is Group.ALWAYS or one.key not in choice.without]
        )

    def columns(self, t: Text) -> list[Column]:
        return [Column(t(one.title), one.width) for one in self.fields]

    def row(self, thing: T, t: Text) -> Row:
        return [one.cell(thing, t) for one in self.fields]

    def place(self, key: str) -> int:
        """Counted from the left, from 0."""
        return [one.key for one in self.fields].index(key)

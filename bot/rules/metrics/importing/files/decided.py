"""What has been decided about a file before it is read: what each column means, and whose numbers they are."""

from collections.abc import Mapping as Keyed
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.rules.metrics.importing.asking.questions import Question
from bot.rules.metrics.importing.mapping import ColumnUse, Mapping
from bot.rules.metrics.importing.recognising.columns import Column, Style
from bot.rules.metrics.importing.recognising.roles import SHARES


class Belongs(StrEnum):
    """Whose numbers the lines are: one team's, those of the team that each names, or those of each agent's team."""

    TEAM = "team"
    COLUMN = "column"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Decided:
    """`has_team`: somebody has said whose numbers they are, or there was no choice. `answered` are keys of questions.

    `is_remembered`: the mapping is that of an earlier file with these headers.
    """

    mapping: Mapping
    belongs: Belongs = Belongs.TEAM
    has_team: bool = False
    answered: frozenset[str] = field(default_factory=frozenset)
    is_remembered: bool = False

    def with_answer(self, question: Question, mapping: Mapping) -> "Decided":
        return replace(self, mapping=mapping, answered=self.answered | _each(question))

    def has_answered(self, question: Question) -> bool:
        """For all the columns that it is about."""
        return _each(question) <= self.answered

    def packed(self) -> dict[str, Any]:
        return {
            "mapping": self.mapping.packed(),
            "belongs": self.belongs.value,
            "has_team": self.has_team,
            "answered": sorted(self.answered),
            "is_remembered": self.is_remembered,
        }

    @classmethod
    def unpack(cls, packed: Keyed[str, Any]) -> "Decided":
        return cls(
            Mapping.unpack(packed["mapping"]),
            Belongs(packed["belongs"]),
            packed["has_team"],
            frozenset(packed["answered"]),
            packed["is_remembered"],
        )


def key_of(question: Question) -> str:
    """By what a question is known when it is asked again."""
    return f"{question.asks}:{'' if question.place is None else question.place}"


def _each(question: Question) -> frozenset[str]:
    return frozenset(f"{question.asks}:{place}" for place in question.places or ("",))


def as_before(proposed: Mapping, remembered: Mapping, columns: tuple[Column, ...]) -> Mapping:
    """The columns mean what they meant last time. How they are written is said by this file's own cells, if they do."""
    uses = []
    for column, now, then in zip(columns, proposed.columns, remembered.columns, strict=True):
        style = _style(now, then, is_in_doubt=bool(column.doubts))
        uses.append(replace(now, use=then.use, style=style))
    return replace(remembered, columns=tuple(uses))


def _style(now: ColumnUse, then: ColumnUse, *, is_in_doubt: bool) -> Style:
    """Whether percentages are written as 85 or as 0.85, and how finely, each file says itself."""
    here, before = now.style, then.style
    top = here.top if then.use.role in SHARES else before.top
    if is_in_doubt:
        return replace(before, top=top, digits=here.digits)
    return replace(here, unit=before.unit, top=top, fills=before.fills)

"""Metrics of a workspace's own: a formula over parts that somebody wrote, and keeps."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.rules.metrics.definition.formulas import LONGEST, Formula, parse
from bot.rules.metrics.definition.registry import ONE, Direction, Metric, Unit
from bot.rules.teams import name_key
from bot.text import _

MOST = 50
"""Own metrics of one workspace, those that are retired among them: nobody finds their way among more."""
NAME_LIMIT, WORDS_LIMIT, MOST_DECIMALS = 40, 500, 3
OWN_PART = re.compile(r"\bown_[A-Za-z0-9_]+")
"""A part that an import or a program brings in under a name of its own. It may be written before there is any."""

TOO_MANY = _(
    "There are {limit} metrics of your own, and more would be hard to tell apart. Change one that nobody uses."
)
NO_NAME = _("Please give it a name.")
LONG_NAME = _("Please keep the name to {limit} characters.")
NAME_TAKEN = _("There is a metric of this name already. Please choose another name.")
NO_WORDS = _("Please say in words what it counts: others will read only that.")
LONG_WORDS = _("Please keep it to {limit} characters.")
NO_FORMULA = _("Please write what is added up, such as “ratings_good”.")
NO_PART = _("A formula needs at least one part, such as `contacts`. A number alone never changes.")
NOT_DIVIDED = _("A percentage is a part of something: please write what it is divided by.")
NO_DECIMALS = _("Please choose from 0 to {limit} decimals.")


@dataclass(frozen=True, slots=True)
class Definition:
    """`id` is the metric's key. One that is retired stays, since digests and targets name it, but is shown no more.

    `version` counts the edits, so that one form cannot silently undo another.
    """

    workspace_id: str
    id: str
    name: str
    words: str
    numerator: str
    denominator: str
    unit: Unit
    direction: Direction
    decimals: int
    owner_id: str
    is_retired: bool = False
    version: int = 1

    @property
    def team_id(self) -> str:
        """It holds for the workspace as a whole."""
        return ""

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def metric(self) -> Metric:
        return Metric(
            self.id,
            self.name,
            self.words,
            self.unit,
            self.direction,
            self.numerator,
            self.denominator,
            decimals=self.decimals,
            owner_id=self.owner_id,
        )


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A metric as somebody filled it in. Without a denominator it is an amount; `decimals` is None if it is no number."""

    name: str = ""
    words: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: Unit = Unit.PERCENT
    direction: Direction = Direction.UP
    decimals: int | None = 1

    def problems(self, taken: Collection[str]) -> dict[str, Refused]:
        """One refusal per field that needs another look. `taken` are the names of all other metrics."""
        found = self.formula_problems()
        if refused := self._name_problem(taken):
            found["name"] = refused
        if not self.words.strip():
            found["words"] = Refused(NO_WORDS)
        elif len(self.words) > WORDS_LIMIT:
            found["words"] = Refused(LONG_WORDS, limit=WORDS_LIMIT)
        if self.decimals is None or not 0 <= self.decimals <= MOST_DECIMALS:
            found["decimals"] = Refused(NO_DECIMALS, limit=MOST_DECIMALS)
        return found

    def formula_problems(self) -> dict[str, Refused]:
        """The same of what it is computed from."""
        found: dict[str, Refused] = {}
        for field, typed in (("numerator", self.numerator), ("denominator", self.divisor)):
            try:
                formula = formula_of(typed)
            except Refused as refused:
                found[field] = refused
                continue
            if not formula.names and not (field == "denominator" and formula.text == ONE):
                found[field] = Refused(NO_PART)
        if not self.numerator.strip():
            found["numerator"] = Refused(NO_FORMULA)
        if self.unit is Unit.PERCENT and self.divisor == ONE:
            found["denominator"] = Refused(NOT_DIVIDED)
        return found

    @property
    def divisor(self) -> str:
        return self.denominator.strip() or ONE

    def over(self, definition: Definition) -> Definition:
        """That definition with this in its place. Only what has no problems can be put anywhere."""
        return replace(
            definition,
            name=" ".join(self.name.split()),
            words=self.words.strip(),
            numerator=formula_of(self.numerator).text,
            denominator=formula_of(self.divisor).text,
            unit=self.unit,
            direction=self.direction,
            decimals=self.decimals or 0,
        )

    def _name_problem(self, taken: Collection[str]) -> Refused | None:
        name = name_key(self.name)
        if not name:
            return Refused(NO_NAME)
        if len(" ".join(self.name.split())) > NAME_LIMIT:
            return Refused(LONG_NAME, limit=NAME_LIMIT)
        return Refused(NAME_TAKEN) if name in {name_key(one) for one in taken} else None


def formula_of(typed: str) -> Formula:
    """Raises Refused with what is wrong. Parts of one's own are taken by their look."""
    return parse(typed, own=frozenset(OWN_PART.findall(typed[: LONGEST + 1])))


def draft_of(definition: Definition) -> OwnDraft:
    """As the form shows it."""
    return OwnDraft(
        definition.name,
        definition.words,
        definition.numerator,
        "" if definition.denominator == ONE else definition.denominator,
        definition.unit,
        definition.direction,
        definition.decimals,
    )

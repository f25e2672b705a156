"""What somebody at the command line answers by options: `dates=day-first`, `unit:Wait Time=minutes`; and what is still open then."""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.errors import Refused
from bot.rules.metrics.importing.asking.asking import still_open
from bot.rules.metrics.importing.asking.questions import (
    DATED,
    NO_COLUMN,
    Asks,
    FillChoice,
    KeyChoice,
    Question,
    answer,
)
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.files.decided import Decided
from bot.rules.metrics.importing.files.looks import Look
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.recognising.headers import normal
from bot.rules.metrics.importing.recognising.roles import Role
from bot.text import _

NAMES: Keyed[Asks, str] = {
    Asks.DAY: "day",
    Asks.ORDER: "dates",
    Asks.SWITCHED: "switched",
    Asks.SIGN: "fractions",
    Asks.UNIT: "unit",
    Asks.SCALE: "best",
    Asks.LINES: "lines",
    Asks.SCORE: "score",
    Asks.KEY: "key",
    Asks.FILL: "blanks",
}
"""What stands before the equals sign. Days have an option of their own."""
WORDS: Keyed[str, str] = {
    Order.DAY_FIRST: "day-first",
    Order.MONTH_FIRST: "month-first",
    Order.YEAR_FIRST: "year-first",
    Order.DAY_FIRST_SWITCHED: "day-first-switched",
    Order.MONTH_FIRST_SWITCHED: "month-first-switched",
    DecimalSign.POINT: "point",
    DecimalSign.COMMA: "comma",
    FillChoice.DOWN: "as-above",
    FillChoice.LEAVE: "empty",
    KeyChoice.COLUMN: "names-the-line",
    KeyChoice.KEEP: "add",
    KeyChoice.REPLACE: "replace",
}
"""What stands behind it, where that is not the choice's own value."""
UNKNOWN = _("`--answer {said}`: there is no such question. These are: {names}.")
NO_CHOICE = _("`--answer {said}` is no answer to this. Choose one of: {choices}.")
HAS_DAYS = _(
    "This file says itself on which day each line counts, in the column {header}. Please leave out --date."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """`by_name` is as it was typed, by what stands before the equals sign. `is_yes`: what nobody answered is as is likeliest."""

    by_name: Keyed[str, str] = field(default_factory=dict)
    day: date | None = None
    is_yes: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """`taken` are the answers that were given, or were likeliest; `left` are the questions that are open still."""

    decided: Decided
    taken: Sequence[tuple[Question, str]] = ()
    left: Sequence[Question] = ()


def answers(typed: Sequence[str], *, day: date | None, is_yes: bool) -> Answers:
    """Raises Refused for a question that Baton never asks."""
    found = {}
    for one in typed:
        name, _equals, value = one.partition("=") if one.startswith("day=") else one.rpartition("=")
        if name.partition(":")[0] not in NAMES.values():
            raise Refused(UNKNOWN, said=one, names=", ".join(NAMES.values()))
        found[name] = value
    return Answers(found, day, is_yes)


def settle(look: Look, decided: Decided, said: Answers, *, has_earlier: bool) -> Settled:
    """With all that was typed. An answer may open another question. Raises Refused for what is no answer."""
    decided = replace(decided, mapping=_on_day(decided.mapping, said.day))
    taken: list[tuple[Question, str]] = []
    while True:
        left = still_open(look, decided, has_earlier=has_earlier)
        known = ((one, _answer(one, decided.mapping, said)) for one in left)
        question, value = next(((one, value) for one, value in known if value), (None, ""))
        if question is None:
            return Settled(decided, taken, left)
        mapping = answer(decided.mapping, question, value)
        decided = decided.with_answer(question, mapping)
        taken.append((question, value))


def _on_day(mapping: Mapping, day: date | None) -> Mapping:
    if day and not mapping.needs_day and Role.DAY in mapping.places:
        header = mapping.headers[mapping.places[Role.DAY]]
        raise Refused(HAS_DAYS, header=f"“{header}”")
    return replace(mapping, day=day) if day else mapping


def _answer(question: Question, mapping: Mapping, said: Answers) -> str:
    if question.asks not in DATED:
        headers = [mapping.headers[place] for place in question.places]
        for typed, value in said.by_name.items():
            name, _colon, header = typed.partition(":")
            is_meant = not header or normal(header) in map(normal, headers)
            if name == NAMES[question.asks] and is_meant:
                return _value(question, mapping, typed, value)
    return question.likely if said.is_yes else ""


def _value(question: Question, mapping: Mapping, name: str, word: str) -> str:
    choices = choices_of(question, mapping)
    found = next((value for value, said in choices.items() if normal(said) == normal(word)), None)
    if found is None:
        raise Refused(NO_CHOICE, said=f"{name}={word}", choices=", ".join(choices.values()))
    return found


def choices_of(question: Question, mapping: Mapping) -> dict[str, str]:
    """How each choice is typed, by its value."""
    values = [one.value for one in question.choices]
    if question.asks is Asks.DAY:
        return {one: one if one == NO_COLUMN else mapping.headers[int(one)] for one in values}
    return {one: WORDS.get(one, one) for one in values}


def name_of(question: Question, mapping: Mapping, among: Sequence[Question]) -> str:
    """What is typed before the equals sign: with the column, where the same is asked of several."""
    name = NAMES[question.asks]
    is_one = sum(one.asks is question.asks for one in among) == 1
    return (
        name if is_one or not question.places else f"{name}:{mapping.headers[question.places[0]]}"
    )

"""Columns called “Score” and no more: a customer's rating, a recommendation, an effort or a review, which only a person can say."""

from collections.abc import Iterator, Sequence

from bot.rules.metrics.importing.asking.questions import NO_COLUMN, Asks, Choice, Question
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.recognising.columns import Column, Kind, numbers_in
from bot.rules.metrics.importing.recognising.headers import normal
from bot.rules.metrics.importing.recognising.roles import SCORES, Role
from bot.rules.metrics.importing.words.vague import VAGUE_SCORES

TOPS = {Role.RATING: 100, Role.RECOMMENDATION: 10, Role.EFFORT: 7, Role.REVIEW: 100}
"""The largest number that each can be written with."""


def is_vague_score(column: Column) -> bool:
    """Whether its header says no more than that it is a score."""
    held = numbers_in(column)
    return (
        normal(column.header) in VAGUE_SCORES
        and Kind.NUMBER in column.kinds
        and min(held) >= 0
        and max(held) <= TOPS[Role.REVIEW]
    )


def which_score(mapping: Mapping, columns: Sequence[Column]) -> Iterator[Question]:
    """Where no other column holds a score that is known."""
    vague = [one for one in columns if is_vague_score(one)]
    if mapping.places.keys() & SCORES or not vague or mapping.columns[vague[0].place].use:
        return
    largest = max(numbers_in(vague[0]))
    found = [Choice(role.value) for role, top in TOPS.items() if largest <= top]
    yield Question(Asks.SCORE, (*found, Choice(NO_COLUMN)), NO_COLUMN, (vague[0].place,))

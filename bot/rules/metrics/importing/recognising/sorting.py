"""What each line of a file is: a contact, a ticket, an answer, or many of them together."""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence

from bot.rules.metrics.importing.mapping import OF_TICKETS, Lines
from bot.rules.metrics.importing.recognising.columns import Column, Kind
from bot.rules.metrics.importing.recognising.dealing import TELLING
from bot.rules.metrics.importing.recognising.headers import normal
from bot.rules.metrics.importing.recognising.roles import CALL_LENGTHS, MEAN_OF, SCORES, Role
from bot.rules.metrics.importing.recognising.scores import is_vague_score
from bot.rules.metrics.importing.words.vague import OF_ANSWERS


def lines_of(roles: frozenset[Role], *, is_counted: bool) -> Lines:
    """What each line is, by the roles of the columns. `is_counted`: some column counts more than one contact a line."""
    if is_counted or (roles & MEANS and not roles & OF_ONE_CALL):
        return Lines.TOTALS
    of_calls = roles & (CALL_LENGTHS | {Role.ANSWERED, Role.ABANDONED, Role.IN_TIME})
    if of_calls and not (of_calls <= WAITS and roles & SOLVES):
        return Lines.CALLS
    if roles & (SCORES | {Role.FIRST_CONTACT}) and not roles & OF_TICKETS:
        return Lines.ANSWERS
    return Lines.TICKETS if roles & OF_TICKETS else Lines.CALLS


def is_of_people(roles: Keyed[int, Role], columns: Sequence[Column]) -> bool:
    """Whether each line seems to add up a person's own: nearly everybody is named once, with numbers beside that nobody knows."""
    people = [columns[place] for place, role in roles.items() if role is Role.PERSON]
    counts = [one for one in columns if Kind.NUMBER in one.kinds and one.place not in roles]
    is_rare = any(
        one.filled >= FEWEST_PEOPLE and one.different >= one.filled * MOST_ONCE for one in people
    )
    return is_rare and len(counts) > 1 and not TELLING & set(roles.values())


def is_of_answers(roles: Keyed[int, Role], columns: Sequence[Column]) -> bool:
    """Whether what names the lines are answers: how long a case took is then only repeated beside them."""
    held = set(roles.values())
    is_scored = any(map(is_vague_score, columns))
    if is_scored and not TELLING & held:
        return True
    keys = [columns[place] for place, role in roles.items() if role is Role.KEY]
    words = {word for one in keys for word in normal(one.header).split()}
    return bool(words & OF_ANSWERS and (is_scored or held & SCORES))


FEWEST_PEOPLE, MOST_ONCE = 3, 0.8
WAITS = {Role.WAIT, Role.MEAN_WAIT}
SOLVES = {Role.FIRST_RESPONSE, Role.FIRST_RESPONSE_AT, Role.RESOLVED_AT, Role.FULL_RESOLUTION}
"""A wait is also what comes before the first answer to a ticket."""
MEANS = frozenset(MEAN_OF)
OF_ONE_CALL = frozenset(
    {
        *(CALL_LENGTHS - MEANS),
        *SCORES,
        Role.KEY,
        Role.ANSWERED,
        Role.ABANDONED,
        Role.STATUS,
        Role.TIME,
    }
)
"""Means alone are of days or of people: one call with a mean says something else of itself too."""

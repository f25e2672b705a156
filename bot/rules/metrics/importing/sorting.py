"""What each line of a file is: a contact, a ticket, an answer, or many of them together."""

from bot.rules.metrics.importing.mapping import OF_TICKETS, Lines
from bot.rules.metrics.importing.roles import CALL_LENGTHS, MEAN_OF, SCORES, Role


def lines_of(roles: frozenset[Role], *, is_counted: bool) -> Lines:
    """What each line is, by the roles of the columns. `is_counted`: some column counts more than one contact a line."""
    if is_counted or (roles & MEANS and not roles & OF_ONE_CALL):
        return Lines.TOTALS
    if roles & (CALL_LENGTHS | {Role.ANSWERED, Role.ABANDONED, Role.IN_TIME}):
        return Lines.CALLS
    if roles & (SCORES | {Role.FIRST_CONTACT}) and not roles & OF_TICKETS:
        return Lines.ANSWERS
    return Lines.TICKETS if roles & OF_TICKETS else Lines.CALLS


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

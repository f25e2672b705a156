"""When somebody's work ends: what a team's shift ends are planned from."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.rules.shifts.duties import Duties
from bot.rules.spans import Span, union

BEFORE_END = timedelta(minutes=15)
"""So long before the end of a shift there is still somebody to ask, and time for an answer."""


def ends(found: Duties, within: Span) -> Iterator[tuple[str, Span]]:
    """Who stops working inside the time, with the whole span that ends there."""
    for person_id, spans in found.items():
        yield from ((person_id, one) for one in spans if within.start < one.end <= within.end)


def remind_at(span: Span) -> datetime:
    """Shortly before its end; at its beginning if it is no longer than that."""
    return max(span.start, span.end - BEFORE_END)


def works(duties: Iterable[Duties], person_id: str) -> list[Span]:
    """When somebody works in any of their teams, as few spans as possible: who goes on in another one does not stop."""
    return union(span for found in duties for span in found.get(person_id, ()))

"""The next time that a stand-up asks somebody, for whoever would like to say it before."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.rules.spans import Span
from bot.rules.standups.planning import MARGIN, Ask, Floor, Occurrence, occurrences
from bot.rules.standups.standups import StandUp

LOOK_AHEAD = timedelta(days=14)
NO_KEYS: Collection[str] = frozenset()


def window(now: datetime, ahead: timedelta = LOOK_AHEAD) -> Span:
    """For how long the floor has to be known, to look so far ahead."""
    return Span(now - MARGIN, now + ahead + MARGIN)


def asks_of(
    standup: StandUp,
    floor: Floor,
    person_id: str,
    within: Span,
    but: Collection[str] = NO_KEYS,
) -> list[tuple[Occurrence, Ask]]:
    """When somebody is to be asked in this time, in order; rounds of these keys are left out."""
    return [
        (one, ask)
        for one in occurrences(standup, floor, within)
        if one.key not in but
        for ask in one.asks
        if ask.person_id == person_id and not ask.is_away and ask.until > within.start
    ]

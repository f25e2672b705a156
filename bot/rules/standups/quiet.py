"""Do-not-disturb: whom to ask Slack about before a stand-up asks them, and what its answer means."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rules.spans import Span
from bot.rules.standups.planning import Floor, occurrences
from bot.rules.standups.standups import StandUp

AHEAD = timedelta(minutes=10)
"""How long before they are asked."""
KNOWN_FOR = timedelta(hours=1)
"""For so long nobody is asked about again."""
MOST_AT_ONCE = 50
"""In one call."""


def soon_asked(standup: StandUp, floor: Floor, now: datetime) -> list[str]:
    """Who would be asked within `AHEAD` if nobody minded being disturbed, the first first."""
    soon = Span(now, now + AHEAD)
    asks = [
        one
        for held in occurrences(standup, replace(floor, quiet={}), Span(now, soon.end + AHEAD))
        for one in held.asks
        if not one.is_away and soon.start <= one.at <= soon.end
    ]
    return [one.person_id for one in sorted(asks, key=lambda one: (one.at, one.person_id))]


def changes_plan(standup: StandUp, floor: Floor, quiet: Mapping[str, Span], now: datetime) -> bool:
    """Whether anybody is asked at another time, now that this is known of some people."""
    near = Span(now, now + 2 * AHEAD)
    known = {**floor.quiet, **{person_id: [span] for person_id, span in quiet.items()}}
    after = occurrences(standup, replace(floor, quiet=known), near)
    return after != occurrences(standup, floor, near)


def spans_in(users: object, asked: Iterable[str], now: datetime) -> dict[str, Span]:
    """Slack's `users`, for those who were asked about: what goes on now, or comes next; else a span without time.

    A pause that somebody began by hand stands there too, whatever `dnd_enabled` says: only the two moments count.
    """
    told: Mapping[str, Any] = users if isinstance(users, Mapping) else {}
    return {one: _span(told.get(one), now) for one in asked}


def _span(told: object, now: datetime) -> Span:
    moments = told if isinstance(told, Mapping) else {}
    start, end = (moments.get(f"next_dnd_{which}_ts") for which in ("start", "end"))
    if not isinstance(start, int) or not isinstance(end, int) or end <= start:
        return Span(now, now)
    try:
        return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
    except (OverflowError, ValueError, OSError):
        return Span(now, now)

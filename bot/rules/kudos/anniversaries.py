"""How long somebody has been there on their day, if they want the team to hear of it."""

from calendar import isleap
from collections.abc import Iterable
from datetime import date

from bot.rules.kudos.settings import Taste
from bot.rules.teams import Team


def years_on(taste: Taste, day: date) -> int:
    """Whole years on that very day; 0 on any other day, and for who does not want it told.

    Who began on 29 February has their day on the 28th where there is no other.
    """
    started = taste.started_on
    if started is None or not taste.celebrates:
        return 0
    if (started.month, started.day) == (2, 29) and not isleap(day.year):
        started = started.replace(day=28)
    is_the_day = (started.month, started.day) == (day.month, day.day)
    return max(0, day.year - started.year) if is_the_day else 0


def told_in(teams: Iterable[Team]) -> str:
    """The id of the team that hears of it: the first, by name, that has a channel. Empty if none has."""
    named = sorted((one.name.casefold(), one.id) for one in teams if one.team_channel)
    return named[0][1] if named else ""

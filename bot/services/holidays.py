"""Holidays come from a large library: it is loaded in a thread, when the first team needs it, while others are served."""

import asyncio

from bot.rules.calendars import holidays
from bot.rules.calendars.holidays import Region
from bot.rules.teams import Team


async def load_holidays(*teams: Team) -> None:
    """Make sure that the holidays of these teams are at hand. Nothing to do, and no waiting, once they are."""
    if any(team.hours.region for team in teams) and not holidays.is_loaded():
        await asyncio.to_thread(holidays.load)


async def find_regions(typed: str, locale: str) -> list[Region]:
    """Countries and their parts, by what somebody types in the language that they read."""
    if not holidays.is_loaded():
        await asyncio.to_thread(holidays.load)
    return holidays.matching(typed, locale)

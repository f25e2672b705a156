"""What is meant by a month's report: which month, of which team, and what its Excel file holds."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.metrics.digest.digests import Digest
from bot.rules.metrics.look.sheets import SheetKey
from bot.rules.reports import About, Asked, Choice, Named, Period, from_words, named
from bot.rules.reports.periods import MONTH
from bot.rules.wall_clock import day_of

USUAL = Choice(no_sheets=(SheetKey.PEOPLE_DAYS.value,))
"""What is in a file of which nobody chose anything but the days."""


@dataclass(frozen=True, slots=True)
class Typed:
    """`team` is a team's name, or empty for the reader's own."""

    period: Period
    team: str = ""


def read(words: str, now: datetime, zone: str) -> Typed:
    """`2026-02`, `last month` or nothing, and perhaps a team. Raises Refused for a month that there is not."""
    typed = " ".join(words.split())
    today = day_of(now, zone)
    for period in (Named.LAST_MONTH, Named.THIS_MONTH):
        name = period.replace("_", " ")
        if typed.casefold() == name or typed.casefold().startswith(f"{name} "):
            return Typed(named(period, today), typed[len(name) :].strip())
    month, _space, team = typed.partition(" ")
    if MONTH.fullmatch(month):
        return Typed(from_words(month, now, zone), team)
    return Typed(named(Named.LAST_MONTH, today), typed)


def workbook(digest: Digest, period: Period) -> Asked:
    """The file beside a digest: the same numbers of the same team, with all that its reader may see of people."""
    choice = Choice(kinds=digest.metrics, no_sheets=USUAL.no_sheets)
    return Asked(period, (digest.team_id,), About.METRICS, choice)

"""How often numbers are told: every day, week, month or quarter, and which days such a period has."""

from datetime import date
from enum import StrEnum

from bot.rules.reports.periods import Named, Period, named

NAMES = {
    "weekly": (Named.THIS_WEEK, Named.LAST_WEEK),
    "monthly": (Named.THIS_MONTH, Named.LAST_MONTH),
    "quarterly": (Named.THIS_QUARTER, Named.LAST_QUARTER),
}


class Cadence(StrEnum):
    """Weeks begin on Monday; quarters with January, April, July and October."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


def period_of(cadence: Cadence, day: date) -> Period:
    """The day, week, month or quarter that this day is in: for its last day, the one that ends with it."""
    if cadence is Cadence.DAILY:
        return Period(day, day)
    return named(NAMES[cadence][0], day)


def ended(cadence: Cadence, today: date) -> Period:
    """The newest one that is over: what ended before today began."""
    if cadence is Cadence.DAILY:
        return period_of(cadence, date.fromordinal(today.toordinal() - 1))
    return named(NAMES[cadence][1], today)

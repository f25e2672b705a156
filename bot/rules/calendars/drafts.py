"""Business hours as somebody filled them in, what is wrong with them, and what they say when nothing is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import Refused
from bot.rules.calendars import days, holidays, spans
from bot.rules.calendars.calendar import BusinessHours
from bot.rules.calendars.spans import WEEKDAYS
from bot.text import _

LEAST_A_WEEK = 60
"""Minutes: with fewer, a case that may wait for a week of them would wait for years."""
TOO_LITTLE = _("The team has to work for an hour a week at least. Or choose “Always open”.")
NO_REGION = _("Please choose a country, or a part of one, from the list.")
REGION, DAYS_OFF, OTHER_DAYS = "region", "days_off", "other_days"


def day_field(day: str) -> str:
    """The form's field for one weekday's hours."""
    return f"hours_{day}"


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """What was typed, right or wrong. `week` is None when the fields were not there: what they held before stays."""

    always_open: bool = True
    week: Mapping[str, str] | None = None
    region: str = ""
    days_off: str = ""
    other_days: str = ""
    critical_always: bool = False

    def over(self, before: BusinessHours) -> BusinessHours:
        """The hours that a draft without problems says. Who is always open keeps the rest for another time."""
        if self.always_open or self.week is None:
            return replace(before, always_open=self.always_open)
        week = {day: spans.read(self.week.get(day, "")) for day in WEEKDAYS}
        return BusinessHours(
            always_open=False,
            week={day: found for day, found in week.items() if found},
            region=self.region,
            days_off=days.read_days_off(self.days_off),
            other_days=days.read_other_days(self.other_days),
            critical_always=self.critical_always,
        )


def typed(hours: BusinessHours) -> HoursDraft:
    """The hours as they stand in the form."""
    return HoursDraft(
        hours.always_open,
        {day: spans.write(hours.week.get(day, ())) for day in WEEKDAYS},
        hours.region,
        days.write_days_off(hours.days_off),
        days.write_other_days(hours.other_days),
        hours.critical_always,
    )


def problems(draft: HoursDraft) -> dict[str, Refused]:
    """One refusal per field that needs another look; none while the team is always open."""
    if draft.always_open or draft.week is None:
        return {}
    checks: list[tuple[str, Callable[[str], Any], str]] = [
        *((day_field(day), spans.read, draft.week.get(day, "")) for day in WEEKDAYS),
        (DAYS_OFF, days.read_days_off, draft.days_off),
        (OTHER_DAYS, days.read_other_days, draft.other_days),
    ]
    found = {name: refused for name, read, text in checks if (refused := _refusal(read, text))}
    if draft.region and not holidays.is_region(draft.region):
        found[REGION] = Refused(NO_REGION)
    if not found and _minutes_a_week(draft.week) < LEAST_A_WEEK:
        found[day_field(WEEKDAYS[0])] = Refused(TOO_LITTLE)
    return found


def _refusal(read: Callable[[str], Any], text: str) -> Refused | None:
    try:
        read(text)
    except Refused as refused:
        return refused
    return None


def _minutes_a_week(week: Mapping[str, str]) -> int:
    return sum(span.end - span.start for text in week.values() for span in spans.read(text))

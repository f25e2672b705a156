"""When a team works, in its zone, with its breaks, holidays and own days; working time counted by it. Pure and sync."""

from bot.rules.calendars.calendar import (
    ALWAYS,
    BusinessHours,
    Calendar,
    NeverOpen,
    due,
    is_open,
    next_closing,
    next_day_off,
    next_opening,
    off_name,
    spans_on,
    working_time_between,
)
from bot.rules.calendars.days import DayOff, OtherDay
from bot.rules.calendars.drafts import (
    DAYS_OFF,
    OTHER_DAYS,
    REGION,
    HoursDraft,
    day_field,
    problems,
    typed,
)
from bot.rules.calendars.spans import WEEKDAYS, Span, office_week

__all__ = [
    "ALWAYS", "DAYS_OFF", "OTHER_DAYS", "REGION", "WEEKDAYS", "BusinessHours", "Calendar", "DayOff", "HoursDraft",
    "NeverOpen", "OtherDay", "Span", "day_field", "due", "is_open", "next_closing", "next_day_off", "next_opening",
    "off_name", "office_week", "problems", "spans_on", "typed", "working_time_between",
]  # fmt: skip

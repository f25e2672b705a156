"""Shifts: who works when, computed from patterns, single days, overrides and absences; never guessed."""

from bot.rules.shifts.duties import (
    AHEAD,
    Duties,
    Next,
    OnDuty,
    Overlap,
    Report,
    duties,
    look_ahead,
    next_shift,
    next_up,
    on_now,
    report,
)
from bot.rules.shifts.plans import Change, DayChange, Override, Pattern, Roster, Shift, span_on
from bot.rules.spans import Span

__all__ = [
    "AHEAD",
    "Change",
    "DayChange",
    "Duties",
    "Next",
    "OnDuty",
    "Overlap",
    "Override",
    "Pattern",
    "Report",
    "Roster",
    "Shift",
    "Span",
    "duties",
    "look_ahead",
    "next_shift",
    "next_up",
    "on_now",
    "report",
    "span_on",
]

"""Shifts: looking at them, setting them, and importing many at once."""

from bot.services.shifts.importing import import_shifts
from bot.services.shifts.looking import (
    board,
    list_patterns,
    mine,
    open_pattern,
    open_team,
)
from bot.services.shifts.setting import (
    add_override,
    add_pattern,
    change_pattern,
    remove_day,
    remove_override,
    remove_pattern,
    set_day,
)

__all__ = [
    "add_override",
    "add_pattern",
    "board",
    "change_pattern",
    "import_shifts",
    "list_patterns",
    "mine",
    "open_pattern",
    "open_team",
    "remove_day",
    "remove_override",
    "remove_pattern",
    "set_day",
]

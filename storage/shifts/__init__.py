"""Shifts as rows: patterns and their people, single days, changes for single people."""

from storage.shifts.changes import (
    add_overrides,
    add_pattern,
    change_pattern,
    put_day_change,
    remove_day_change,
    remove_override,
    remove_pattern,
)
from storage.shifts.queries import (
    count_patterns,
    find_pattern,
    list_day_changes,
    list_overrides,
    list_patterns,
    members,
    roster,
)

__all__ = [
    "add_overrides",
    "add_pattern",
    "change_pattern",
    "count_patterns",
    "find_pattern",
    "list_day_changes",
    "list_overrides",
    "list_patterns",
    "members",
    "put_day_change",
    "remove_day_change",
    "remove_override",
    "remove_pattern",
    "roster",
]

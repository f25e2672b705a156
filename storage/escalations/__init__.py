"""Escalations and their timelines: changed only by compare-and-set, appended to and never rewritten."""

from storage.escalations.changes import add, change, take_number
from storage.escalations.queries import (
    Page,
    count_owned,
    find,
    first_line,
    list_children,
    list_mergeable,
    list_owned,
    list_raised,
    list_unclaimed,
    lock,
    lock_alone,
    timeline,
)

__all__ = [
    "Page",
    "add",
    "change",
    "count_owned",
    "find",
    "first_line",
    "list_children",
    "list_mergeable",
    "list_owned",
    "list_raised",
    "list_unclaimed",
    "lock",
    "lock_alone",
    "take_number",
    "timeline",
]

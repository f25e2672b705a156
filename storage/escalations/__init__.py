"""Escalations and their timelines: changed only by compare-and-set, appended to and never rewritten."""

from storage.escalations.changes import add, change, take_number
from storage.escalations.queries import (
    Page,
    count_owned,
    find,
    list_children,
    list_mine,
    list_owned,
    list_raised,
    list_unclaimed,
    list_unfinished,
    lock,
    timeline,
)

__all__ = [
    "Page",
    "add",
    "change",
    "count_owned",
    "find",
    "list_children",
    "list_mine",
    "list_owned",
    "list_raised",
    "list_unclaimed",
    "list_unfinished",
    "lock",
    "take_number",
    "timeline",
]

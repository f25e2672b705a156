"""Escalations and their timelines: changed only by compare-and-set, appended to and never rewritten."""

from storage.escalations.changes import add, change, take_number
from storage.escalations.queries import (
    Page,
    find,
    list_children,
    list_owned,
    list_raised,
    list_unclaimed,
    lock,
    timeline,
)

__all__ = [
    "Page",
    "add",
    "change",
    "find",
    "list_children",
    "list_owned",
    "list_raised",
    "list_unclaimed",
    "lock",
    "take_number",
    "timeline",
]

"""Handovers and their items: an item is answered by whoever is first, and offered once at a time."""

from storage.handovers.changes import add, answer, mark_asked_again, move
from storage.handovers.queries import (
    HistoryPage,
    cases,
    find,
    history,
    list_since,
    offered_by,
    open_offers_in,
    open_offers_of,
    open_offers_to,
)

__all__ = [
    "HistoryPage",
    "add",
    "answer",
    "cases",
    "find",
    "history",
    "list_since",
    "mark_asked_again",
    "move",
    "offered_by",
    "open_offers_in",
    "open_offers_of",
    "open_offers_to",
]

"""What is kept of coaching: notes, what was added to them, commitments, and who looked."""

from storage.coaching.commitments import (
    add_commitment,
    change_commitment,
    commitments_of,
    find_commitment,
    open_commitments_between,
    remove_planned,
)
from storage.coaching.entries import add_entry, entries_of
from storage.coaching.looks import add_looks
from storage.coaching.notes import GONE, add, change, discard, find, get, lock

__all__ = [
    "GONE",
    "add",
    "add_commitment",
    "add_entry",
    "add_looks",
    "change",
    "change_commitment",
    "commitments_of",
    "discard",
    "entries_of",
    "find",
    "find_commitment",
    "get",
    "lock",
    "open_commitments_between",
    "remove_planned",
]

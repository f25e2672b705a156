"""What will be said: rows written with the facts they report, in lanes that keep the order of each channel.

A *note* holds its words. A *card* (an escalation, a Home tab) holds only its subject: it is drawn from the newest state
when it is sent, a newer request supersedes one that still waits, and where it was posted is remembered. A *file* is one
that Slack has already, and is only to be shown.
"""

from storage.outbox.rows import (
    Card,
    CardRow,
    File,
    GateRow,
    LaneRow,
    Note,
    OutboxRow,
    Priority,
    State,
)
from storage.outbox.saying import say

__all__ = [
    "Card",
    "CardRow",
    "File",
    "GateRow",
    "LaneRow",
    "Note",
    "OutboxRow",
    "Priority",
    "State",
    "say",
]

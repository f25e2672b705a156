"""Coaching: notes and what may happen to them, commitments of both sides, and who has looked."""

from bot.rules.coaching.commitments import (
    Commitment,
    CommitmentAction,
    CommitmentState,
    Promiser,
)
from bot.rules.coaching.entries import Entry, EntryKind
from bot.rules.coaching.looks import Look, LookKind
from bot.rules.coaching.notes import (
    PARTS,
    Action,
    Body,
    Evidence,
    Kind,
    Note,
    Pair,
    Part,
    State,
    Verdict,
    Visibility,
)

__all__ = [
    "PARTS",
    "Action",
    "Body",
    "Commitment",
    "CommitmentAction",
    "CommitmentState",
    "Entry",
    "EntryKind",
    "Evidence",
    "Kind",
    "Look",
    "LookKind",
    "Note",
    "Pair",
    "Part",
    "Promiser",
    "State",
    "Verdict",
    "Visibility",
]

"""Rules of delivery: what an answer means, how fast to speak, and in which order."""

from bot.rules.delivery.answers import (
    MAX_ATTEMPTS,
    NO_ANSWER,
    NO_TOKEN,
    NOT_REACHED,
    POST,
    PUBLISH,
    UPDATE,
    Answer,
    Outcome,
    backoff,
    classify,
)
from bot.rules.delivery.calls import (
    Call,
    Drawn,
    card_call,
    history_call,
    markers_in,
    note_call,
)
from bot.rules.delivery.limits import NO_LIMITS, URGENT, Gate, Gates, Limits
from bot.rules.delivery.order import HISTORY, HOME, LEASE, LOOKS, Choice, Place, Waiting, choose

__all__ = [
    "HISTORY",
    "HOME",
    "LEASE",
    "LOOKS",
    "MAX_ATTEMPTS",
    "NOT_REACHED",
    "NO_ANSWER",
    "NO_LIMITS",
    "NO_TOKEN",
    "POST",
    "PUBLISH",
    "UPDATE",
    "URGENT",
    "Answer",
    "Call",
    "Choice",
    "Drawn",
    "Gate",
    "Gates",
    "Limits",
    "Outcome",
    "Place",
    "Waiting",
    "backoff",
    "card_call",
    "choose",
    "classify",
    "history_call",
    "markers_in",
    "note_call",
]

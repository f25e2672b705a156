"""Where things go wrong on purpose: every call and every delivery passes here, and by default nothing happens."""

from sandbox.faults.answering import answered
from sandbox.faults.kinds import KINDS
from sandbox.faults.passage import Dropped, Held, Passage, Replied, When
from sandbox.faults.switches import (
    ALWAYS,
    DELIVERIES,
    EVERYTHING,
    RESPONSE_URL,
    Fault,
    Faults,
    NoSuchFault,
)

__all__ = [
    "ALWAYS",
    "DELIVERIES",
    "EVERYTHING",
    "KINDS",
    "RESPONSE_URL",
    "Dropped",
    "Fault",
    "Faults",
    "Held",
    "NoSuchFault",
    "Passage",
    "Replied",
    "When",
    "answered",
]

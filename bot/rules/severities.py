"""How urgent a case is, and how soon somebody should claim it, tell of it and answer, unless the team says otherwise."""

from collections.abc import Mapping
from enum import StrEnum


class Severity(StrEnum):
    """The four severities, most urgent first. A team may call them otherwise."""

    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


CLAIM_MINUTES: Mapping[Severity, int] = {
    Severity.CRITICAL: 10,
    Severity.HIGH: 30,
    Severity.NORMAL: 120,
    Severity.LOW: 480,
}

UPDATE_MINUTES: Mapping[Severity, int] = {
    Severity.CRITICAL: 30,
    Severity.HIGH: 60,
    Severity.NORMAL: 240,
    Severity.LOW: 960,
}
"""From a claim, or from the last word, to the next one."""

ANSWER_MINUTES: Mapping[Severity, int] = {
    Severity.CRITICAL: 10,
    Severity.HIGH: 30,
    Severity.NORMAL: 60,
    Severity.LOW: 240,
}
"""How long an owner who was asked has to answer, before the claim falls."""

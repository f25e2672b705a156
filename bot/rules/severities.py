"""How urgent a case is, and how soon somebody should claim it unless the team says otherwise."""

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

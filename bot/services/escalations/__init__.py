"""What people and the clock can do to escalations. Each function that changes something is one transaction."""

from bot.services.escalations.changing import (
    AlreadyEscalated,
    claim,
    escalate,
    give_back,
    reopen,
    resolve,
    resubmit,
    withdraw,
)
from bot.services.escalations.drawing import draw
from bot.services.escalations.looking import Seen, list_some, see, see_to, teams_to_ask
from bot.services.escalations.timing import (
    CLAIM_BREACH,
    CLAIM_START,
    CLAIM_WARNING,
    breach,
    start,
    warn,
)

__all__ = [
    "CLAIM_BREACH",
    "CLAIM_START",
    "CLAIM_WARNING",
    "AlreadyEscalated",
    "Seen",
    "breach",
    "claim",
    "draw",
    "escalate",
    "give_back",
    "list_some",
    "reopen",
    "resolve",
    "resubmit",
    "see",
    "see_to",
    "start",
    "teams_to_ask",
    "warn",
    "withdraw",
]

"""Getting out what is to be said: lease a lane, fence, send, record. No transaction is open while Slack answers."""

from bot.rules.delivery import NO_LIMITS, Answer, Drawn, Limits
from bot.services.delivery.asking import (
    OnDead,
    dead_letters,
    hold_until_reconciled,
    next_due,
    reopen,
    tell_of_dead,
    waiting,
    workspaces_waiting,
)
from bot.services.delivery.jobs import (
    TIMEOUT,
    Cards,
    Draw,
    DrawingFailed,
    Job,
    Report,
    Sender,
)
from bot.services.delivery.sending import lost, perform
from bot.services.delivery.turning import Turn, turn
from storage.outbox.keeping import DeadLetter

__all__ = [
    "NO_LIMITS",
    "TIMEOUT",
    "Answer",
    "Cards",
    "DeadLetter",
    "Draw",
    "DrawingFailed",
    "Drawn",
    "Job",
    "Limits",
    "OnDead",
    "Report",
    "Sender",
    "Turn",
    "dead_letters",
    "hold_until_reconciled",
    "lost",
    "next_due",
    "perform",
    "reopen",
    "tell_of_dead",
    "turn",
    "waiting",
    "workspaces_waiting",
]

"""What may happen to an escalation, when it is due, and what is wrong with a form. Pure and sync."""

from bot.rules.escalations.cases import (
    Changes,
    Escalation,
    Event,
    Step,
    claimed,
    clock_started,
    found_late,
    raised,
    reopened,
    resolved,
    resubmitted,
    returned,
    withdrawn,
)
from bot.rules.escalations.checks import PERMISSIONS, check, no_such, overtaken, possible
from bot.rules.escalations.clocks import (
    claim_due_at,
    claim_minutes,
    claim_warn_at,
    minutes_late,
    minutes_until,
    opens_at,
)
from bot.rules.escalations.drafts import CATEGORIES, Draft, Need, problems
from bot.rules.escalations.outcomes import (
    CURRENCIES,
    Decision,
    Resolution,
    ReturnReason,
    Solvable,
    Verdict,
    problems_of_return,
    resolution,
    wrong_words,
)
from bot.rules.escalations.outcomes import problems as problems_of_verdict
from bot.rules.escalations.states import NEXT, UNFINISHED, Action, EventKind, State
from bot.rules.escalations.words import clean, find_ticket, from_message, is_link, ticket_key

__all__ = [
    "CATEGORIES", "CURRENCIES", "NEXT", "PERMISSIONS", "UNFINISHED", "Action", "Changes", "Decision", "Draft",
    "Escalation", "Event", "EventKind", "Need", "Resolution", "ReturnReason", "Solvable", "State", "Step", "Verdict",
    "check", "claim_due_at", "claim_minutes", "claim_warn_at", "claimed", "clean", "clock_started", "find_ticket", "found_late", "from_message",
    "is_link", "minutes_late", "minutes_until", "no_such", "opens_at", "overtaken", "possible", "problems", "problems_of_return",
    "problems_of_verdict", "raised", "reopened", "resolution", "resolved", "resubmitted", "returned", "ticket_key",
    "withdrawn", "wrong_words",
]  # fmt: skip

"""What people and the clock can do to escalations. Each function that changes something is one transaction."""

from bot.services.escalations.changing import (
    AlreadyEscalated,
    checked,
    claim,
    escalate,
    give_back,
    raise_in,
    reopen,
    resolve,
    resubmit,
    withdraw,
)
from bot.services.escalations.choosing import cases_to_merge, teams_to_hand
from bot.services.escalations.climbing import escalate_further, take_down
from bot.services.escalations.desks import desks_of
from bot.services.escalations.drawing import draw
from bot.services.escalations.linking import ask_department, merge, move
from bot.services.escalations.looking import (
    Seen,
    list_cases,
    see,
    see_to,
    team_to_list,
    teams_to_ask,
    teams_to_list,
)
from bot.services.escalations.noting import Message, keep_message
from bot.services.escalations.timing import RINGS, ring
from bot.services.escalations.working import (
    assign,
    change_severity,
    follow,
    keep,
    pass_on,
    rate,
    release,
    resume,
    unfollow,
    update,
    wait,
    write_note,
)

__all__ = [
    "RINGS", "AlreadyEscalated", "Message", "Seen", "ask_department", "assign", "cases_to_merge", "change_severity", "checked", "claim", "desks_of",
    "draw", "escalate", "escalate_further", "follow", "give_back", "keep", "keep_message", "list_cases", "merge", "move", "pass_on", "raise_in", "rate",
    "release", "reopen", "resolve", "resubmit", "resume", "ring", "see", "see_to", "take_down", "team_to_list", "teams_to_ask",
    "teams_to_hand", "teams_to_list", "unfollow", "update", "wait", "withdraw", "write_note",
]  # fmt: skip

"""Cover: somebody asks their team to work in their place for all or a part of a shift, and the first to accept has it."""

from bot.rules.covers.checks import Bar, bar_of, could_take, gone_problem, is_theirs, shifts_of
from bot.rules.covers.drafts import CoverDraft, barred, problems
from bot.rules.covers.requests import LEADS_TO, Action, Cover, State, check
from bot.rules.covers.seen import Coverable, CoverSeen, CoversSeen

__all__ = [
    "LEADS_TO",
    "Action",
    "Bar",
    "Cover",
    "CoverDraft",
    "CoverSeen",
    "Coverable",
    "CoversSeen",
    "State",
    "bar_of",
    "barred",
    "check",
    "could_take",
    "gone_problem",
    "is_theirs",
    "problems",
    "shifts_of",
]

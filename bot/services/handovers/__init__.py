"""Handing open cases over: offering, answering, what the clock does when nobody answers, and the end of a shift."""

from bot.services.handovers.answering import Answered, accept, ask_again, decline, see_to_decline
from bot.services.handovers.drawing import draw
from bot.services.handovers.falling import look
from bot.services.handovers.looking import History, see_history
from bot.services.handovers.offering import Prefilled, offer, prefill, withdraw
from bot.services.handovers.reminding import remind
from bot.services.handovers.telling import look_again, look_again_in

__all__ = [
    "Answered",
    "History",
    "Prefilled",
    "accept",
    "ask_again",
    "decline",
    "draw",
    "look",
    "look_again",
    "look_again_in",
    "offer",
    "prefill",
    "remind",
    "see_history",
    "see_to_decline",
    "withdraw",
]

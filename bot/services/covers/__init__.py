"""Cover: asking for it, taking it, arranging it, and what becomes of requests that nobody takes."""

from bot.services.covers.asking import ask
from bot.services.covers.drawing import draw
from bot.services.covers.looking import open_cover, see, to_cover
from bot.services.covers.taking import arrange, cancel, take, undo
from bot.services.covers.timing import EXPIRE, expire

__all__ = [
    "EXPIRE",
    "arrange",
    "ask",
    "cancel",
    "draw",
    "expire",
    "open_cover",
    "see",
    "take",
    "to_cover",
    "undo",
]

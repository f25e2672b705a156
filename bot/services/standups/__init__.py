"""Stand-ups: their clock, asking, answering, the summary, blockers, notes to the next shift, the set-up, what leads see."""

from bot.services.standups.timing import LOOK, look, look_again, look_again_in

__all__ = ["LOOK", "look", "look_again", "look_again_in"]

"""What the timers of stand-ups mean."""

from bot.services import standups

FIRE = {standups.LOOK: standups.look}

"""What the timers of cover mean."""

from bot.services import covers

FIRE = {covers.EXPIRE: covers.expire}

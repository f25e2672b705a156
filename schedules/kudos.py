"""What the timers of recognition mean."""

from bot.services.kudos import timing

FIRE = {timing.LOOK: timing.look}

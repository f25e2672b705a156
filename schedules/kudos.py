"""What the timers of kudos mean."""

from bot.services.kudos import giving, settling, timing

FIRE = {giving.SETTLE: settling.settle, timing.LOOK: timing.look}

"""What the timers of kudos mean."""

from bot.services.kudos import easing, giving, settling, timing

FIRE = {easing.EASE: easing.ask, giving.SETTLE: settling.settle, timing.LOOK: timing.look}

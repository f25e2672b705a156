"""What the timers of kudos mean."""

from bot.services.kudos import giving, settling

FIRE = {giving.SETTLE: settling.settle}

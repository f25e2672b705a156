"""What the timers of facts mean, which programs send and Baton counts itself."""

from bot.services.metrics.program import receiving

FIRE = {receiving.FORGET: receiving.forget_answers}

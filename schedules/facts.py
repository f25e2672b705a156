"""What the timers of facts mean, which programs send and Baton counts itself."""

from bot.services.metrics import receiving

FIRE = {receiving.FORGET: receiving.forget_answers}

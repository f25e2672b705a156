"""What the timers of coaching mean."""

from bot.services.coaching import disputing

FIRE = {**disputing.FIRE}

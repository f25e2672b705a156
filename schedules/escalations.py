"""What the timers of escalations mean: each is an alarm of a case."""

from bot.services import escalations

FIRE = {str(alarm): escalations.ring for alarm in escalations.RINGS}

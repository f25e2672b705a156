"""What the timers of escalations mean."""

from bot.services import escalations

FIRE = {
    escalations.CLAIM_START: escalations.start,
    escalations.CLAIM_WARNING: escalations.warn,
    escalations.CLAIM_BREACH: escalations.breach,
}

"""What the timers of numbers mean."""

from bot.services.metrics import alerting, correcting, digesting

FIRE = {
    alerting.LOOK: alerting.look,
    digesting.DIGEST: digesting.fire,
    digesting.WAIT: digesting.fire_again,
    correcting.CORRECT: correcting.fire,
}

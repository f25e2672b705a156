"""What the timers of numbers mean."""

from bot.services.metrics import correcting, digesting

FIRE = {
    digesting.DIGEST: digesting.fire,
    digesting.WAIT: digesting.fire_again,
    correcting.CORRECT: correcting.fire,
}

"""What the timers of numbers mean."""

from bot.services.metrics.alert import alerting
from bot.services.metrics.digest import correcting, digesting

FIRE = {
    alerting.LOOK: alerting.look,
    digesting.DIGEST: digesting.fire,
    digesting.WAIT: digesting.fire_again,
    correcting.CORRECT: correcting.fire,
}

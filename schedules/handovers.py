"""What the timers of handovers mean, and those of shifts, whose ends are when cases are handed over."""

from bot.rules.handovers import LOOK
from bot.services import handovers, shift_ends

FIRE = {
    LOOK: handovers.look,
    shift_ends.ENDS: handovers.remind,
    shift_ends.PLAN_ENDS: shift_ends.plan,
}

"""What the timers of stand-ups mean."""

from bot.rules.standups.blockers import CASE, REDRAW
from bot.services import standups
from bot.services.standups import following

FIRE = {
    standups.LOOK: standups.look,
    REDRAW: following.redraw,
    CASE: following.follow_case,
}

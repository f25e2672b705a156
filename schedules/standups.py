"""What the timers of stand-ups mean."""

from bot.rules.standups.blockers import CASE, REDRAW
from bot.services import standups
from bot.services.standups import following, shift_notes

FIRE = {
    standups.LOOK: standups.look,
    REDRAW: following.redraw,
    CASE: following.follow_case,
    shift_notes.TELL: shift_notes.tell_leads,
}

"""What the timers of coaching mean."""

from bot.services.coaching import disputing, following_up, promising

FIRE = {
    disputing.LOOK: disputing.look,
    promising.REMIND: promising.remind,
    following_up.REMIND: following_up.remind,
}

"""What the timers of coaching mean."""

from bot.services.coaching import following_up, promising

FIRE = {
    promising.REMIND: promising.remind,
    following_up.REMIND: following_up.remind,
}

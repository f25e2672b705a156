"""What the timers of coaching mean."""

from bot.services.coaching import disputing, following_up, leaving, promising

FIRE = {
    **disputing.FIRE,
    promising.REMIND: promising.remind,
    following_up.REMIND: following_up.remind,
    leaving.LOOK: leaving.look,
}

"""What `/handover` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t("`/handover` opens the form to hand your open cases over to somebody."),
        t(
            "`/handover history` shows what you gave and took over, and lets you say where you had to ask again."
        ),
        t("`/handover team` shows the same for the teams that you lead."),
        t("You stay the owner of a case until the other person accepts it."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

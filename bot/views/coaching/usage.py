"""What `/coach` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t(
            "`/coach` shows your coaching: to leads what waits for them, to everybody what is shared with them."
        ),
        t("`/coach @anna` is for leads: a new note about Anna."),
        t("`/coach drafts` shows your drafts and your private notes."),
        t("`/coach search` finds notes by person, skill, kind and time."),
        t("`/coach export` sends you an Excel file with the notes that you may see."),
        t("Leads can also choose “Coach from this” in the menu of any message."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

"""What `/kudos` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t(
            "`/kudos @anna @ben helped me with the angry caller from Porto` thanks Anna and Ben, for this reason."
        ),
        t("`/kudos` opens the form: whom, for what, in public or in private."),
        t("`/kudos mine` shows what you got and gave, and what others may see of it."),
        t("`/kudos team` shows leads, in private, who has had none for long."),
        t("`/kudos export` sends leads an Excel file with the public kudos of their teams."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

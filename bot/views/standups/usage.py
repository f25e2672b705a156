"""What `/standup` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t("`/standup` shows your stand-ups today; to leads also who is missing, and how it went."),
        t("`/standup summary` shows what everybody said so far."),
        t("`/standup early` answers the next one now."),
        t("`/standup skip` says that you have nothing to say this time."),
        t("`/standup out` says that you are out today."),
        t("`/standup blockers` lists what stands in your team's way."),
        t("`/standup setup` is for leads: what is asked, whom, when, and where the summary goes."),
        t("`/standup report` shows leads, in private, who took part over the last weeks."),
        t("`/standup export` sends leads an Excel file with the answers."),
        t("You can also answer by writing to me here, one line per question."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

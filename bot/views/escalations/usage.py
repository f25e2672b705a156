"""What `/escalate` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t("`/escalate` opens the form to escalate a case."),
        t("`/escalate list` shows the open cases of your teams, the most urgent first."),
        t("`/escalate mine` shows the open cases that you raised or own."),
        t("`/escalate team Billing` shows those of one team; without a name, of yours."),
        t(
            "`/escalate unclaimed`, `waiting`, `breaching`, `returned` and `resolved` show only those; a team's name may follow."
        ),
        t(
            "`/escalate report last week` counts them; so do `this month`, `2026-03` and `2026-03-01 2026-03-15`."
        ),
        t("`/escalate export last month` sends you an Excel file with all of them."),
        t("`/escalate dry` says who would be told, and when, if you escalated a case now."),
        t("`/escalate 12` shows case #12 with its timeline."),
        t("To escalate from a message, open its menu (⋮) and choose “Escalate this”."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

"""What `/metrics` can do, for who asks and for who typed something else."""

from bot.text import Text
from bot.views.escalations.words import short


def usage(t: Text, unknown: str = "") -> str:
    lines = [
        t("`/metrics` opens the numbers of your team."),
        t("`/metrics me` shows your own numbers. Only you and those who lead you see them."),
        t("`/metrics team` and `/metrics compare` show teams and people over time."),
        t("`/metrics define AHT` says how a number is made, and what it leaves out."),
        t("`/metrics digests` makes and shows what is told on time, in a channel or privately."),
        t("`/metrics targets` shows what your team aims at."),
        t("`/metrics alerts` tells people you choose when a number leaves its limits."),
        t("`/metrics note` puts a few words beside a number, for those who lead."),
        t("`/metrics import` takes in a CSV or Excel file. You can also drop it in my messages."),
        t("`/metrics programs` lets programs send numbers over HTTP, for Baton's admins."),
        t(
            "`/metrics report` shows a month and sends it as an Excel file; `/metrics report 2026-02 Billing` another."
        ),
        t("`/metrics export` sends you the numbers as an Excel file."),
    ]
    if unknown:
        known = t("I don't know “{words}”. This is what I know:", words=short(unknown, 100))
        lines = [known, *lines]
    return "\n".join(lines)

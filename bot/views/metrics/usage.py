"""What `/metrics` can do, for who asks and for who typed something else."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from bot.rules.metrics.definition.registry import BY_KEY
from bot.text import Text
from bot.views.escalations.words import short

LIKE_ENOUGH = 0.6
WORD = re.compile(r"`/metrics (\w+)")


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
        words, meant = short(unknown, 100), short(_meant(unknown, lines), 100)
        known = (
            t(
                "I don't know “{words}”. Did you mean {command}? This is what I know:",
                words=words,
                command=f"`/metrics {meant}`",
            )
            if meant
            else t("I don't know “{words}”. This is what I know:", words=words)
        )
        lines = [known, *lines]
    return "\n".join(lines)


def _meant(unknown: str, lines: Sequence[str]) -> str:
    """A word that is nearly one of those that are known, or a number's name alone; empty if it is neither."""
    first, _space, rest = unknown.replace("`", "").partition(" ")
    first = first.casefold()
    known = sorted({word for line in lines for word in WORD.findall(line)})
    alike = get_close_matches(first, known, 1, LIKE_ENOUGH)
    if first in BY_KEY:
        return f"define {first}"
    return f"{alike[0]} {rest}".strip() if alike else ""

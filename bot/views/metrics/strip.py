"""A team's numbers in one row."""

from bot.rules.metrics.comparison.guards import Verdict
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.digest.strips import Strip
from bot.text import Text
from bot.views.metrics.amounts import name, show


def strip(seen: Strip, t: Text) -> str:
    """Each with its sign, where there is a target and enough to judge by."""
    values = " · ".join(_value(one, t) for one in seen.lines)
    return t("Numbers of {day}: {values}", day=t.day(seen.day), values=values)


def _value(line: Line, t: Text) -> str:
    told = f"{name(line.metric, t)} {show(line.value, line.metric, t)}"
    if line.is_few:
        return t("{value} (few)", value=told)
    if line.verdict is Verdict.MET and not line.catches:
        return f"{told} ✓"
    return f"{told} ✗" if line.verdict is Verdict.MISSED else told

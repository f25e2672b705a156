"""What is said and drawn where times and teams are compared: whether the days are fair, and teams as one chart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.rules.metrics.comparison import fairness as rules
from bot.rules.metrics.comparison.charts import LINES, Series, in_common, unique
from bot.rules.metrics.look.looked import Standing
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.metrics import controls
from bot.views.metrics.charts import AXIS, FEWEST, LABEL, TITLE, in_words, labels, scale, title

WORDS = 900
"""Characters for each team: with six of them and their lines a message is nearly full."""


def fairness(standing: Standing, t: Text) -> Iterator[Block]:
    """Where the days are not as many, or not the same weekdays; and the way to some that are."""
    found = rules.fairness(standing.period, standing.other)
    said = []
    if not found.are_as_long:
        said.append(
            t(
                "⚠ Not as many days: {days} and {others}. Amounts grow with the days, so only shares, means and medians can be compared.",
                days=found.days,
                others=found.other_days,
            )
        )
    if not found.are_weekdays_alike:
        said.append(t("⚠ The weekdays are not the same, and a Monday is often unlike a Sunday."))
    if found.share_days:
        said.append(t("⚠ Some days are in both, so both look more alike than they are."))
    if not said:
        return
    yield b.context("\n".join(said))
    fair = replace(standing.look, page=0, days=(standing.period, rules.fair_other(standing.period)))
    button = (t("As many days, on the same weekdays"), fair)
    yield b.actions(*controls.buttons([button], "fair"))


def teams_over_time(teams: Sequence[tuple[str, Series]], of: int, t: Text) -> Iterator[Block]:
    """A line for each team, then all of it in words: also what no line can be drawn through. `of` are on the page."""
    if len(teams) < FEWEST:
        return
    series = [one for _name, one in teams]
    kept, points = in_common(series)
    if len(kept) >= FEWEST and len(points) >= FEWEST:
        yield _chart([teams[at] for at in kept], points, t)
    for name, one in teams:
        words = shorten(in_words(one, t), WORDS)
        yield b.context(f"*{escape(name)}* · {words}")
    if of > len(teams):
        yield b.context(
            t("A chart holds {limit} teams at most: these are the first of this page.", limit=LINES)
        )


def _chart(teams: Sequence[tuple[str, Series]], points: Sequence[int], t: Text) -> Block:
    first = teams[0][1]
    shown = [[one.points[at] for at in points] for _name, one in teams]
    unit, divisor = scale(first.metric, [point for some in shown for point in some], t)
    categories = labels(first, shown[0], t)
    names = unique([name for name, _one in teams], LABEL)
    lines = [
        {
            "name": name,
            "data": [
                {"label": label, "value": round((point.value.amount or 0) / divisor, 2)}
                for label, point in zip(categories, some, strict=True)
            ],
        }
        for name, some in zip(names, shown, strict=True)
    ]
    shape = {"categories": categories} | ({"y_label": shorten(unit, AXIS)} if unit else {})
    return {
        "type": "data_visualization",
        "title": shorten(title(first, t), TITLE),
        "chart": {"type": "line", "series": lines, "axis_config": shape},
    }

"""The wall of a month: how many thanks each value got, as a chart can show it."""

from collections import Counter
from collections.abc import Iterable

from bot.rules.kudos.digests import Group

BARS = 12
"""More values than that are not told apart in a chart; a team keeps no more."""


def bars(groups: Iterable[Group], unnamed: str, others: str, limit: int) -> list[tuple[str, int]]:
    """A label of at most `limit` characters and a number for each, no label twice. `unnamed` is what has no value,
    `others` what is too much to show.
    """
    counts = Counter[str]()
    for one in groups:
        counts[_cut(one.value or unnamed, limit)] += len(one.thanks)
    ranked = list(counts.items())
    if len(ranked) <= BARS:
        return ranked
    label = _cut(others, limit)
    shown = [one for one in ranked[: BARS - 1] if one[0] != label]
    rest = counts.total() - sum(count for _label, count in shown)
    return [*shown, (label, rest)]


def _cut(label: str, limit: int) -> str:
    return label if len(label) <= limit else f"{label[: limit - 1].rstrip()}…"

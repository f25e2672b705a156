"""The wall of a month: a chart of what people were thanked for, and the thanks themselves, as one message."""

from collections.abc import Iterator

from bot.rules.kudos.digests import Digest, shown_of
from bot.rules.kudos.walls import bars
from bot.rules.wall_clock import day_of
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.handovers.words import Message, fitting
from bot.views.kudos import thanks

LABEL = 20
"""Characters of a chart's labels and of the names of its series."""
TITLE = 50


def wall(seen: Digest, t: Text) -> Message:
    """Its complete text, which is all that a screen reader and an old client show of the chart, and its blocks."""
    return fitting(
        lambda limit: (thanks.in_words(_lines(seen, t), t), list(_blocks(seen, t, limit)))
    )


def _blocks(seen: Digest, t: Text, limit: int) -> Iterator[Block]:
    shown = shown_of(seen.groups, thanks.SHOWN)
    yield b.header(_title(seen, t))
    if seen.groups:
        yield _chart(seen, t)
    yield b.context(_counts(seen, t))
    yield from map(b.section, thanks.sections(shown, t, limit))
    if more := seen.count - sum(len(one.thanks) for one in shown):
        yield b.context(thanks.and_more(more, t))
    yield b.actions(thanks.see_all(seen.about, t), thanks.somebody(t))


def _lines(seen: Digest, t: Text) -> Iterator[str]:
    yield _title(seen, t)
    yield _counts(seen, t)
    yield from thanks.lines(shown_of(seen.groups, thanks.SHOWN), t, thanks.BRIEF)


def _title(seen: Digest, t: Text) -> str:
    return t("Thanks of {month}", month=t.month(day_of(seen.about.span.start, t.zone)))


def _counts(seen: Digest, t: Text) -> str:
    """The chart in words."""
    named = [f"{thanks.named(one, t)} {t.number(len(one.thanks))}" for one in seen.groups]
    return ", ".join(named) or t("There are no public thanks of this time any more.")


def _chart(seen: Digest, t: Text) -> Block:
    found = bars(seen.groups, t("With a reaction"), t("Others"), LABEL)
    return {
        "type": "data_visualization",
        "title": b.shorten(t("What people were thanked for"), TITLE),
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": b.shorten(t("Thanks"), LABEL),
                    "data": [{"label": label, "value": count} for label, count in found],
                }
            ],
            "axis_config": {"categories": [label for label, _count in found]},
        },
    }

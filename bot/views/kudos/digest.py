"""The weekly digest: who thanked whom for what, by value, how widely, and nothing that gives anybody away."""

from collections.abc import Iterator

from bot.rules.kudos.digests import Digest, shown_of
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.handovers.words import Message, fitting
from bot.views.kudos import leaders, thanks
from bot.views.kudos.breadth import breadth


def digest(seen: Digest, t: Text) -> Message:
    """Its complete text, as far as a message's text can hold it, and its blocks."""
    if seen.is_empty:
        told = _quiet(t)
        return told, [b.section(told)]
    return fitting(
        lambda limit: (thanks.in_words(_lines(seen, t), t), list(_blocks(seen, t, limit)))
    )


def _blocks(seen: Digest, t: Text, limit: int) -> Iterator[Block]:
    shown = shown_of(seen.groups, thanks.SHOWN)
    yield b.header(t("Thanks of the week"))
    yield b.context(_when(seen, t))
    yield from map(b.section, thanks.sections(shown, t, limit))
    if more := seen.count - sum(len(one.thanks) for one in shown):
        yield b.context(thanks.and_more(more, t))
    if seen.private:
        yield b.context(thanks.private(seen.private, t))
    if seen.leaders and seen.groups:
        yield leaders.leaders(seen.leaders, t)
    yield b.context(breadth(seen.breadth, t))
    if seen.groups:
        yield b.actions(thanks.see_all(seen.about, t), thanks.somebody(t))


def _lines(seen: Digest, t: Text) -> Iterator[str]:
    """The same in plain lines, the sums before the thanks: where they are too many, those are cut."""
    yield f"{t('Thanks of the week')} · {_when(seen, t)}"
    yield breadth(seen.breadth, t)
    if seen.private:
        yield thanks.private(seen.private, t)
    if seen.leaders and seen.groups:
        yield from leaders.columns(seen.leaders, t)
    yield from thanks.lines(shown_of(seen.groups, thanks.SHOWN), t, thanks.BRIEF)


def _when(seen: Digest, t: Text) -> str:
    told = thanks.days(seen.about, t)
    if seen.about.is_late:
        late = t("late, because Baton was away at its time")
        return f"{told} · {late}"
    return told


def _quiet(t: Text) -> str:
    return t(
        "No public thanks this week. If somebody made your day easier, `/kudos @name` and a sentence tells them."
    )

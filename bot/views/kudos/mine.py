"""`/kudos mine`: what the reader got and gave lately, how many they may still thank, and what they chose."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.rules.kudos import Kudos, Mine, Taste
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.kudos import ids
from bot.views.kudos.posted import undoer
from bot.views.teams.words import mentions

REASON_SHOWN = 200


def mine(seen: Mine, t: Text, now: datetime) -> Block:
    """Nobody but the reader sees it."""
    buttons = b.actions(
        b.button(t("Thank somebody"), ids.OPEN_FORM, style="primary"),
        b.button(t("My choices"), ids.TASTES),
    )
    left = t.n(
        "You can thank {count} more person today.",
        "You can thank {count} more people today.",
        seen.left,
    )
    blocks = [b.section(left), buttons, b.context(*_chosen(seen.taste, t))]
    got = [_got(one, t) for one in seen.got]
    gave = [_gave(one, t, now) for one in seen.gave]
    blocks += _list(t("You got"), got, t("Nothing in the last three months."))
    blocks += _list(t("You gave"), gave, t("Nothing in the last three months."))
    return b.modal(ids.MINE, t("Your kudos"), blocks, close=t("Close"))


def _list(title: str, lines: Sequence[Block], none: str) -> Iterator[Block]:
    yield b.divider()
    yield b.header(title)
    yield from lines or [b.context(none)]


def _got(kudos: Kudos, t: Text) -> Block:
    return b.section(_line(mention(kudos.giver_id), kudos, t))


def _gave(kudos: Kudos, t: Text, now: datetime) -> Block:
    undo = undoer(kudos, t) if kudos.may_be_undone(now) else None
    return b.section(_line(mentions(kudos.receivers, t), kudos, t), accessory=undo)


def _line(who: str, kudos: Kudos, t: Text) -> str:
    facts = [who, when(kudos.given_at, t)]
    if kudos.value:
        facts.append(f"*{escape(kudos.value)}*")
    if not kudos.is_public:
        facts.append(t("in private"))
    reason = short(kudos.reason, REASON_SHOWN) if kudos.reason else t("_with a reaction_")
    return " · ".join(facts) + f"\n{reason}"


def _chosen(taste: Taste, t: Text) -> Iterator[str]:
    if taste.in_public:
        yield t("Your team may read what others thank you for.")
    else:
        yield t("What others thank you for stays between you and them.")
    if taste.celebrates and taste.started_on:
        day = t.day(taste.started_on)
        yield t("Your team may hear of your anniversary: {day}", day=day)
    else:
        yield t("Nobody hears of your anniversary.")

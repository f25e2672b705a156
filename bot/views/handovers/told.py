"""What people are told in private about handovers: at the end of a shift, and when an offer did not go well."""

from datetime import datetime

from bot.rules.escalations import Escalation
from bot.rules.handovers import Item
from bot.text import Text, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import words as case_words
from bot.views.handovers import ids, words
from bot.views.handovers.words import Message
from bot.views.kudos.told import thanker


def shift_ends(end: datetime, held: int, t: Text, *, is_over: bool) -> Message:
    """Somebody still holds cases when their shift ends, or ended: a downtime may lie between."""
    at = when(end, t)
    if is_over:
        told = t.n(
            "Your shift ended {when} and you hold {count} open case.",
            "Your shift ended {when} and you hold {count} open cases.",
            held,
            when=at,
        )
    else:
        told = t.n(
            "Your shift ends {when} and you hold {count} open case.",
            "Your shift ends {when} and you hold {count} open cases.",
            held,
            when=at,
        )
    return told, [b.section(told), b.actions(_hand_over(t))]


def declined(items: list[Item], cases: list[Escalation], reason: str, t: Text) -> Message:
    """One answer, about one case or several."""
    told = t.n(
        "{who} can't take this case, so it stays with you: {why}",
        "{who} can't take these {count} cases, so they stay with you: {why}",
        len(items),
        who=mention(items[0].asked_id),
        why=case_words.short(reason, 500),
    )
    return _with_list(told, cases, t)


def kept(cases: list[Escalation], t: Text) -> Message:
    told = t.n(
        "Nobody answered, and no other lead is on shift, so this case stays with you:",
        "Nobody answered, and no other lead is on shift, so these {count} cases stay with you:",
        len(cases),
    )
    return _with_list(told, cases, t)


def all_taken(count: int, source: str, t: Text) -> Message:
    """With a way to thank whoever took them over; `source` is how a kudos names this handover."""
    told = t.n(
        "The case that you offered has a new owner. You are done. Thank you.",
        "All {count} cases that you offered have a new owner. You are done. Thank you.",
        count,
    )
    return told, [b.section(told), b.actions(thanker(source, t))]


def _with_list(told: str, cases: list[Escalation], t: Text) -> Message:
    def draw(limit: int) -> Message:
        lines = [told, *[words.head(one, t, limit) for one in cases]]
        return words.within(lines), [*map(b.section, lines), b.actions(_hand_over(t))]

    return words.fitting(draw)


def _hand_over(t: Text) -> Block:
    return b.button(t("Hand over"), ids.OPEN_FORM, style="primary")

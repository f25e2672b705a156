"""The kind word to somebody who has not answered yet, and what whoever sent it is told."""

from collections.abc import Sequence

from bot.rules.standups import Round, Seat
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups.ask import answer_button

NAMES_SHOWN = 20


def nudge(one: Round, seat: Seat, by: str, t: Text) -> tuple[str, list[Block]]:
    """In private, with the way to answer."""
    told = t(
        "{who} would like to hear from you in *{name}*, until {when}. A line is enough; if there is nothing new, say just that.",
        who=mention(by),
        name=escape(one.name),
        when=when(seat.until, t),
    )
    answer = answer_button(t("Answer"), one.id, style="primary")
    return told, [b.section(told), b.actions(answer)]


def nudged(count: int, before: Sequence[str], t: Text) -> str:
    """For the lead who pressed the button."""
    told = []
    if count:
        told.append(t.n("You nudged {count} person.", "You nudged {count} people.", count))
    if before:
        names = some(before, t)
        told.append(t("Nudged in this round already, and not again: {names}", names=names))
    return " ".join(told) or t("Nobody is missing: whoever was asked has answered.")


def some(person_ids: Sequence[str], t: Text) -> str:
    """Their names; of many the first."""
    names = ", ".join(map(mention, person_ids[:NAMES_SHOWN]))
    if more := len(person_ids[NAMES_SHOWN:]):
        told = t.n("and {count} more", "and {count} more", more)
        return f"{names} {told}"
    return names

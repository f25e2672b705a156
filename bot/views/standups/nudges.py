"""The kind word to somebody who has not answered yet, and what whoever sent it is told."""

from bot.rules.standups import Round, Seat
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups.ask import answer_button


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


def nudged(count: int, before: int, t: Text) -> str:
    """For the lead who pressed the button."""
    told = []
    if count:
        told.append(t.n("You nudged {count} person.", "You nudged {count} people.", count))
    if before:
        told.append(
            t.n(
                "{count} person was nudged in this round already, and is not again.",
                "{count} people were nudged in this round already, and are not again.",
                before,
            )
        )
    return " ".join(told) or t("Nobody is missing: whoever was asked has answered.")

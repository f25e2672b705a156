"""Lists of cases: a short one beside a command, the whole one in pages."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from bot.rules.escalations import Escalation
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words

A_PAGE = 20


class Listing(StrEnum):
    """Which list."""

    OPEN = "open"
    MINE = "mine"


TITLES: Mapping[Listing, str] = {
    Listing.OPEN: _("Open escalations"),
    Listing.MINE: _("My escalations"),
}
NONE: Mapping[Listing, str] = {
    Listing.OPEN: _("Nothing is open in your teams. `/escalate` raises a new case."),
    Listing.MINE: _("You have no open case, neither raised nor owned. `/escalate` raises one."),
}


def answer(
    listing: Listing, items: Sequence[Escalation], total: int, t: Text
) -> tuple[str, list[Block]]:
    """The beginning of a list, as a private message: its text and blocks."""
    if not items:
        return t(NONE[listing]), [b.section(t(NONE[listing]))]
    blocks = [b.header(t(TITLES[listing])), *[entry(one, t) for one in items]]
    lines = [t(TITLES[listing]), *[one_line(item, t) for item in items]]
    if more := total - len(items):
        told = t.n("and {count} more", "and {count} more", more)
        lines.append(told)
        blocks += [b.context(told), b.actions(b.button(t("See all"), ids.SEE_LIST, listing))]
    return _within("\n".join(lines)), blocks


def whole(
    listing: Listing, items: Sequence[Escalation], total: int, t: Text, page: int = 0
) -> Block:
    """One page of the whole list, as a modal."""
    blocks = [entry(one, t) for one in items] or [b.section(t(NONE[listing]))]
    return b.modal(
        ids.LIST,
        t(TITLES[listing]),
        [*blocks, *_turns(listing, page, total, t)],
        close=t("Close"),
    )


def entry(escalation: Escalation, t: Text) -> Block:
    """One case with the button that opens it."""
    told = t("Open escalation #{number}", number=escalation.id)
    opener = b.button(t("Open"), ids.OPEN, str(escalation.id), accessibility_label=told)
    return b.section(one_line(escalation, t), accessory=opener)


def one_line(escalation: Escalation, t: Text) -> str:
    head = t(
        "*#{number}* {severity} · {summary}",
        number=escalation.id,
        severity=words.severity(escalation, t),
        summary=words.summary(escalation),
    )
    return f"{words.DOTS[escalation.severity]} {head}\n{words.state_line(escalation, t)}"


def _turns(listing: Listing, page: int, total: int, t: Text) -> Iterator[Block]:
    pages = max(1, -(-total // A_PAGE))
    if pages == 1:
        return
    yield b.context(t("Page {page} of {pages}", page=page + 1, pages=pages))
    turns = []
    if page:
        turns.append(_turn(t("Back"), listing, page - 1))
    if page + 1 < pages:
        turns.append(_turn(t("More"), listing, page + 1))
    yield b.actions(*turns)


def _turn(label: str, listing: Listing, page: int) -> Block:
    return b.button(label, f"{ids.TURN_PAGE}:{page}", f"{listing}:{page}")


def _within(text: str, limit: int = 3900) -> str:
    """Whole lines only, so that no link or date is cut."""
    lines = text.split("\n")
    while len("\n".join(lines)) > limit:
        lines.pop()
    return "\n".join(lines)

"""Thanks as others read them: one line each, by value, as many as fit, and all of them in pages."""

from collections.abc import Iterable, Iterator, Sequence

from bot.rules.kudos.digests import About, Digest, Group, Thanks
from bot.rules.reports import Period
from bot.rules.wall_clock import day_of
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.handovers.words import within_or
from bot.views.kudos import ids
from bot.views.reports import words as report_words
from bot.views.standups.ask import packed

SHOWN = 15
"""Thanks in one message."""
A_PAGE = 30
BRIEF, WHOLE = 120, 500
"""Characters of a reason in a text, and in the list of all."""


def sections(groups: Sequence[Group], t: Text, limit: int) -> Iterator[str]:
    """What fits into one message, under its values; `limit` is how much of each reason."""
    for one in groups:
        yield from packed(list(lines([one], t, limit)))


def lines(groups: Iterable[Group], t: Text, limit: int) -> Iterator[str]:
    for one in groups:
        yield title(one, t)
        yield from (f"• {line(each, t, limit)}" for each in one.thanks)


def in_words(told: Iterable[str], t: Text) -> str:
    """A message's text: where it cannot hold everything, it says where that is."""
    return within_or(told, t("There is more: *See all* has everything."))


def title(one: Group, t: Text) -> str:
    return f"*{named(one, t)}*"


def named(one: Group, t: Text) -> str:
    """The value in the team's own words."""
    return escape(one.value) or t("With a reaction")


def line(one: Thanks, t: Text, limit: int) -> str:
    """Who thanked whom, and what for unless a reaction has said it without words."""
    receivers = ", ".join(map(mention, one.receivers))
    giver = mention(one.giver_id)
    if not one.reason:
        return t("{giver} thanked {receivers}", giver=giver, receivers=receivers)
    return t(
        "{giver} thanked {receivers}: “{reason}”",
        giver=giver,
        receivers=receivers,
        reason=short(one.reason, limit),
    )


def private(count: int, t: Text) -> str:
    return t.n(
        "{count} thanks was given in private.", "{count} thanks were given in private.", count
    )


def and_more(count: int, t: Text) -> str:
    return t.n("and {count} more", "and {count} more", count)


def days(about: About, t: Text) -> str:
    """The days that it tells, as the team's wall shows them."""
    return report_words.period(
        Period(day_of(about.span.start, t.zone), day_of(about.span.end, t.zone)), t
    )


def see_all(about: About, t: Text) -> Block:
    return b.button(t("See all"), ids.ALL, f"0:{about.packed()}")


def somebody(t: Text) -> Block:
    return b.button(t("Thank somebody"), ids.OPEN_FORM)


def everything(seen: Digest, team: str, page: int, t: Text) -> Block:
    """All thanks that are told of that time, one page of them, as a modal."""
    rows = [(one, each) for one in seen.groups for each in one.thanks]
    pages = max(1, -(-len(rows) // A_PAGE))
    at = min(page, pages - 1)
    found = [b.context(f"{escape(team)} · {days(seen.about, t)}")]
    above = None
    for group, each in rows[at * A_PAGE : (at + 1) * A_PAGE]:
        if group is not above:
            found.append(b.section(title(group, t)))
        above = group
        found.append(b.section(line(each, t, WHOLE)))
    if not rows:
        found.append(b.section(t("There are no public thanks of this time any more.")))
    return b.modal(
        ids.ALL, t("Thanks"), [*found, *_turns(seen.about, at, pages, t)], close=t("Close")
    )


def page_of(value: str) -> tuple[int, str]:
    """What a button carries: the page, and whose thanks of which time."""
    page, _colon, about = value.partition(":")
    return int(page), about


def _turns(about: About, at: int, pages: int, t: Text) -> Iterator[Block]:
    turns = [(t("Back"), at - 1)] if at else []
    turns += [(t("More"), at + 1)] if at + 1 < pages else []
    if turns:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        yield b.actions(
            *(b.button(text, f"{ids.ALL}:{to}", f"{to}:{about.packed()}") for text, to in turns)
        )

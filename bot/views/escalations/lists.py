"""Lists of cases: a short one beside a command, the whole one in pages that can be narrowed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.escalations import Escalation
from bot.rules.escalations.listings import Filter, Listing, Turn
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.text import Text, _, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words

A_PAGE = 20
MOST_COUNTED = 1_000
"""Beyond it a list only says that there are more."""
ALL = "all"
"""The choice that narrows nothing: an option's value may not be empty."""
OPTIONS = 99

TITLES: Mapping[Listing, str] = {
    Listing.OPEN: _("Open escalations"),
    Listing.MINE: _("My escalations"),
    Listing.UNCLAIMED: _("Without an owner"),
    Listing.WAITING: _("Waiting for others"),
    Listing.BREACHING: _("Late or nearly late"),
    Listing.RETURNED: _("Returned"),
    Listing.RESOLVED: _("Resolved"),
}
NONE: Mapping[Listing, str] = {
    Listing.OPEN: _("Nothing is open in your teams. `/escalate` raises a new case."),
    Listing.MINE: _("You have no open case, neither raised nor owned. `/escalate` raises one."),
    Listing.UNCLAIMED: _("Every case has an owner. `/escalate list` shows all that are open."),
    Listing.WAITING: _("No case waits for anybody. `/escalate list` shows all that are open."),
    Listing.BREACHING: _("Nothing is late. `/escalate list` shows all that are open."),
    Listing.RETURNED: _("No case is with its reporter. `/escalate list` shows all that are open."),
    Listing.RESOLVED: _("Nothing was resolved yet. `/escalate list` shows what is open."),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list. `total` is at most one more than MOST_COUNTED; `before` and `after` lead to other pages."""

    items: Sequence[Escalation] = field(default_factory=tuple)
    total: int = 0
    page: int = 1
    before: Turn | None = None
    after: Turn | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of a list as its reader asked for it; `team` is the one that it is narrowed to."""

    wanted: Filter
    leaf: Leaf
    team: Team | None = None


def answer(shelf: Shelf, t: Text) -> tuple[str, list[Block]]:
    """The beginning of a list, as a private message: its text and blocks."""
    items, listing = shelf.leaf.items, shelf.wanted.listing
    opener = b.actions(
        b.button(t("See all and narrow it down"), ids.SEE_LIST, shelf.wanted.packed())
    )
    title = _title(shelf, t)
    if not items:
        return f"{title}: {t(NONE[listing])}", [b.section(f"*{title}*\n{t(NONE[listing])}"), opener]
    blocks = [b.header(title), *[entry(one, t) for one in items]]
    lines = [title, *[one_line(item, t) for item in items]]
    if more := shelf.leaf.total - len(items):
        told = _and_more(more, shelf.leaf.total, t)
        lines.append(told)
        blocks.append(b.context(told))
    return _within("\n".join(lines)), [*blocks, opener]


def whole(shelf: Shelf, t: Text) -> Block:
    """One page of the whole list, as a modal that can be narrowed to a team and a severity."""
    items, listing = shelf.leaf.items, shelf.wanted.listing
    blocks = [entry(one, t) for one in items] or [b.section(t(NONE[listing]))]
    return b.modal(
        ids.LIST,
        t(TITLES[listing]),
        [_narrowing(shelf, t), *blocks, *_turns(shelf.leaf, t)],
        close=t("Close"),
        private_metadata=shelf.wanted.packed(),
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


def team_options(teams: Sequence[Team], t: Text) -> list[Block]:
    """What a list can be narrowed to, as it is typed."""
    return [_all_teams(t), *[b.option(one.name, one.id) for one in teams[:OPTIONS]]]


def _narrowing(shelf: Shelf, t: Text) -> Block:
    """Three choices above the list; each of them draws it anew."""
    wanted = shelf.wanted
    listings = [b.option(t(title), listing) for listing, title in TITLES.items()]
    severities = [b.option(t(name), one) for one, name in words.SEVERITIES.items()]
    any_severity = b.option(t("Every severity"), ALL)
    chosen = b.option(shelf.team.name, shelf.team.id) if shelf.team else _all_teams(t)
    team: Block = {
        "type": "external_select",
        "action_id": ids.LIST_TEAM,
        "min_query_length": 0,
        "initial_option": chosen,
        "placeholder": b.plain(t("Team"), 150),
    }
    return b.actions(
        b.select(
            listings,
            initial=wanted.listing,
            placeholder=t("Which cases"),
            action_id=ids.LIST_WHICH,
        ),
        team,
        b.select(
            [any_severity, *severities],
            initial=Severity(wanted.severity) if wanted.severity else ALL,
            placeholder=t("How urgent"),
            action_id=ids.LIST_SEVERITY,
        ),
    )


def _all_teams(t: Text) -> Block:
    return b.option(t("All teams"), ALL)


def _title(shelf: Shelf, t: Text) -> str:
    title = t(TITLES[shelf.wanted.listing])
    if shelf.team is None:
        return title
    return t("{title} · {team}", title=title, team=escape(shelf.team.name))


def _turns(leaf: Leaf, t: Text) -> Iterator[Block]:
    if leaf.before is None and leaf.after is None:
        return
    total = _total(leaf.total, t)
    yield b.context(t("Page {page} · {total}", page=leaf.page, total=total))
    turns = []
    if leaf.before:
        turns.append(b.button(t("Back"), f"{ids.TURN_PAGE}:back", leaf.before.packed()))
    if leaf.after:
        turns.append(b.button(t("More"), f"{ids.TURN_PAGE}:more", leaf.after.packed()))
    yield b.actions(*turns)


def _total(total: int, t: Text) -> str:
    if total > MOST_COUNTED:
        return t("more than {count} cases", count=t.number(MOST_COUNTED))
    return t.n("{count} case", "{count} cases", total)


def _and_more(more: int, total: int, t: Text) -> str:
    if total > MOST_COUNTED:
        return _total(total, t)
    return t.n("and {count} more", "and {count} more", more)


def _within(text: str, limit: int = 3900) -> str:
    """Whole lines only, so that no link or date is cut."""
    lines = text.split("\n")
    while len("\n".join(lines)) > limit:
        lines.pop()
    return "\n".join(lines)

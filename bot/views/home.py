"""The Home tab: what waits for this person, what they own, what they raised, and every way to go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.rules.escalations import Escalation
from bot.rules.escalations.listings import Listing
from bot.rules.shifts.seen import Mine
from bot.rules.standups import Round, Seat
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.absences import AWAY_OPEN
from bot.views.blocks import Block
from bot.views.escalations import ids
from bot.views.escalations.lists import entry
from bot.views.reports import ids as report_ids
from bot.views.shifts import ids as shift_ids
from bot.views.shifts.board import home_line
from bot.views.standups import ids as standup_ids
from bot.views.standups.overview import button_for, state

HOME = "home"
SETUP = "teams_setup"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Some:
    """The beginning of a list, and how long the whole is."""

    items: Sequence[Escalation]
    total: int


@dataclass(frozen=True, slots=True)
class Today:
    """What one person sees. `waiting` is None for somebody who leads no team, `admins` are mentions of whom to ask.

    `asking` are the rounds of stand-ups that wait for their answer, the most urgent first.
    """

    has_team: bool
    may_set_up: bool
    owned: Some
    raised: Some
    waiting: Some | None = None
    admins: Sequence[str] = ()
    mine: Mine = field(default_factory=Mine)
    may_report: bool = False
    asking: Sequence[tuple[Round, Seat]] = ()


def home(today: Today, t: Text) -> Block:
    blocks = [b.header(t("Today")), b.actions(*_buttons(today, t))]
    if line := home_line(today.mine, t):
        blocks.append(b.context(line))
    if not today.has_team:
        blocks += _welcome(today, t)
    blocks += _asking(today.asking, t)
    if today.waiting is not None:
        blocks += _list(
            t("Waiting for an owner"), today.waiting, t("Every case of your teams has an owner."), t
        )
    if today.has_team or today.owned.items:
        blocks += _list(t("You own"), today.owned, t("You own no open case."), t)
    if today.has_team or today.raised.items:
        blocks += _list(t("You raised"), today.raised, t("None of your cases is open."), t)
    return {"type": "home", "blocks": blocks}


def _buttons(today: Today, t: Text) -> Iterator[Block]:
    yield b.button(t("Escalate"), ids.RAISE, style="primary")
    yield b.button(t("My escalations"), ids.SEE_LIST, Listing.MINE)
    if today.waiting is not None or today.may_report:
        yield b.button(t("Open in my teams"), f"{ids.SEE_LIST}:open", Listing.OPEN)
    if today.may_report:
        yield b.button(t("Report"), report_ids.OPEN)
    if today.has_team:
        yield b.button(t("Shifts"), shift_ids.SEE)
        yield b.button(t("I'm away"), AWAY_OPEN)
        yield b.button(t("Stand-ups"), standup_ids.OVERVIEW)
    if today.may_set_up:
        yield b.button(t("Set-up"), SETUP)


def _asking(asking: Sequence[tuple[Round, Seat]], t: Text) -> Iterator[Block]:
    if not asking:
        return
    yield b.divider()
    yield b.header(t("Stand-ups that ask you"))
    for one, seat in asking[:SHOWN]:
        told = f"*{escape(one.name)}*\n{state(one, seat, t)}"
        yield b.section(told, accessory=button_for(one, seat, t))
    if more := len(asking[SHOWN:]):
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _welcome(today: Today, t: Text) -> Iterator[Block]:
    yield b.section(
        t(
            "Welcome. Baton takes a customer's case that needs somebody else, "
            "and makes sure that it always has an owner."
        )
    )
    if today.admins:
        people = ", ".join(today.admins)
        told = t(
            "You are in no team yet. {people} can add you; you can escalate already.", people=people
        )
    else:
        told = t("You are in no team yet. Whoever installed Baton can set up a team with `/baton`.")
    yield b.section(told)


def _list(title: str, some: Some, none: str, t: Text) -> Iterator[Block]:
    yield b.divider()
    yield b.header(title)
    if not some.items:
        yield b.context(none)
    for one in some.items:
        yield entry(one, t)
    if more := some.total - len(some.items):
        yield b.context(t.n("and {count} more", "and {count} more", more))

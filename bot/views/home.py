"""The Home tab: what waits for this person, what they own, what they raised, and every way to go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.rules.coaching.inbox import Waiting
from bot.rules.escalations import Escalation
from bot.rules.escalations.listings import Listing
from bot.rules.shifts.seen import Mine
from bot.rules.standups import Round, Seat
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.absences import AWAY_OPEN
from bot.views.blocks import Block
from bot.views.coaching import ids as coaching_ids
from bot.views.coaching.inbox import WORDS as WAITS
from bot.views.escalations import ids
from bot.views.escalations.lists import entry
from bot.views.kudos import ids as kudos_ids
from bot.views.menus import choice
from bot.views.metrics import ids as metric_ids
from bot.views.reports import ids as report_ids
from bot.views.shifts import ids as shift_ids
from bot.views.shifts.board import home_line
from bot.views.standups import ids as standup_ids
from bot.views.standups.overview import button_for, state

HOME = "home"
SETUP = "teams_setup"
MORE = "home_more"
ROW = "home:doing"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Some:
    """The beginning of a list, and how long the whole is."""

    items: Sequence[Escalation]
    total: int


@dataclass(frozen=True, slots=True)
class Today:
    """What one person sees. `waiting` is None for somebody who leads no team, `admins` are mentions of whom to ask.

    `asking` are the rounds of stand-ups that wait for their answer, the most urgent first. `coaching` is what waits there.
    `mark` tells this drawing from others.
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
    coaching: Waiting | None = None
    mark: str = ""


def home(today: Today, t: Text) -> Block:
    # The row keeps its name, so that no click is lost when the tab is drawn anew at that moment.
    blocks = [b.header(t("Today")), b.actions(*_doing(today, t), block_id=ROW)]
    if line := home_line(today.mine, t):
        blocks.append(b.context(line))
    if not today.has_team:
        blocks += _welcome(today, t)
    blocks += _asking(today.asking, t)
    blocks += _coaching(today.coaching, t)
    if today.waiting is not None:
        blocks += _list(
            t("Waiting for an owner"), today.waiting, t("Every case of your teams has an owner."), t
        )
    if today.has_team or today.owned.items:
        blocks += _list(t("You own"), today.owned, t("You own no open case."), t)
    if today.has_team or today.raised.items:
        blocks += _list(t("You raised"), today.raised, t("None of your cases is open."), t)
    return {"type": "home", "blocks": blocks}


def _doing(today: Today, t: Text) -> Iterator[Block]:
    """What people do most. Thanks and coaching are for those in no team, too: who has left one still reads theirs."""
    yield b.button(t("Escalate"), ids.RAISE, style="primary")
    yield b.button(t("Thank somebody"), kudos_ids.OPEN_FORM)
    yield b.button(t("Coaching"), coaching_ids.INBOX_OPEN)
    if today.has_team:
        yield b.button(t("Stand-ups"), standup_ids.OVERVIEW)
    # With a name of its own each time, so that Slack does not keep what was chosen the last time.
    yield b.select(_more(today, t), placeholder=t("More"), action_id=f"{MORE}:{today.mark}")


def _more(today: Today, t: Text) -> list[Block]:
    """Everything else, as far as it is the reader's."""
    found = [choice(t("My escalations"), ids.SEE_LIST, Listing.MINE)]
    if today.waiting is not None or today.may_report:
        found.append(choice(t("Open in my teams"), ids.SEE_LIST, Listing.OPEN))
    if today.may_report:
        found.append(choice(t("Report"), report_ids.OPEN))
    if today.has_team:
        found.append(choice(t("Shifts"), shift_ids.SEE))
        found.append(choice(t("I'm away"), AWAY_OPEN))
    found.append(choice(t("My kudos"), kudos_ids.MINE))
    if today.waiting is not None:
        found.append(choice(t("My team's kudos"), kudos_ids.TEAM, "0:"))
    if today.has_team:
        found.append(choice(t("My numbers"), metric_ids.ME_OPEN))
    if today.has_team or today.may_report:
        found.append(choice(t("Team numbers"), metric_ids.OVERVIEW_OPEN))
    found.append(choice(t("My data"), coaching_ids.MY_DATA))
    if today.may_set_up:
        found.append(choice(t("Set-up"), SETUP))
    return found


def _coaching(waiting: Waiting | None, t: Text) -> Iterator[Block]:
    """How much waits, and nothing of what it is."""
    if waiting is None or not waiting.total:
        return
    yield b.divider()
    yield b.header(t("Coaching"))
    lines = [
        t("{title}: {count}", title=t(title), count=t.number(waiting.counts[one]))
        for one, title in WAITS.items()
        if waiting.counts.get(one)
    ]
    opener = b.button(t("See what waits"), f"{coaching_ids.INBOX_OPEN}:waits")
    yield b.section("\n".join(lines), accessory=opener)


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

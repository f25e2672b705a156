"""All that is known about one case, with its whole timeline and what its reader may do."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Action, Escalation, Event
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, lines, standing, words
from bot.views.escalations.card import facts, head
from bot.views.escalations.links import Links, openers
from bot.views.escalations.told import ratings

LINES_A_PAGE = 15
NO_LINKS = Links()


def details(
    escalation: Escalation,
    events: Sequence[Event],
    possible: Sequence[Action],
    t: Text,
    page: int = 0,
    *,
    links: Links = NO_LINKS,
    knows_rating: bool = False,
) -> Block:
    """A modal. `events` is the whole timeline, of which a page is shown, the newest first; `possible` draws the buttons.

    `knows_rating` is whether the reader may know what the reporter said of the help.
    """
    return b.modal(
        ids.DETAILS,
        t("Escalation #{number}", number=escalation.id),
        [
            b.header(head(escalation, t)),
            b.section(f"*{words.summary(escalation)}*", fields=facts(escalation, t)),
            b.section(f"*{words.state_line(escalation, t)}*"),
            *_buttons(escalation, possible, t),
            *standing.clocks(escalation, t),
            *standing.waiting(escalation, t),
            *standing.update(escalation, t),
            *openers(links, t),
            *_long(escalation, t),
            *standing.ending(escalation, t, knows_rating=knows_rating),
            b.divider(),
            *_timeline(escalation, events, t, page),
        ],
        close=t("Close"),
        private_metadata=str(escalation.id),
    )


def _buttons(escalation: Escalation, possible: Sequence[Action], t: Text) -> Iterator[Block]:
    """What its reader may do: what moves it on first, what ends or hands it elsewhere last."""
    number = str(escalation.id)
    primary = {"style": "primary"}
    buttons = {
        Action.CLAIM: b.button(t("Claim"), ids.CLAIM, number, **primary),
        Action.RESOLVE: b.button(t("Resolve"), ids.RESOLVE, number, **primary),
        Action.RESUBMIT: b.button(t("Add what is missing"), ids.ADD_MISSING, number, **primary),
        Action.RESUME: b.button(t("Go on"), ids.RESUME, number),
        Action.UPDATE: b.button(t("Give an update"), ids.UPDATE, number),
        Action.KEEP: b.button(t("Still on it"), ids.KEEP, number),
        Action.WAIT: b.button(t("Wait"), ids.WAIT, number),
        Action.ASSIGN: b.button(t("Hand over"), ids.HAND_OVER, number),
        Action.ASK_DEPARTMENT: b.button(t("Ask another department"), ids.ASK_DEPARTMENT, number),
        Action.RETURN: b.button(t("Return"), ids.RETURN, number),
        Action.REOPEN: b.button(t("Reopen"), ids.REOPEN, number),
        Action.ESCALATE: b.button(t("Escalate further"), ids.ESCALATE, number),
        Action.DEESCALATE: b.button(t("One level down"), ids.DEESCALATE, number),
        Action.CHANGE_SEVERITY: b.button(t("Change how urgent it is"), ids.CHANGE_SEVERITY, number),
        Action.FOLLOW: b.button(t("Who follows it"), ids.FOLLOWERS, number),
        Action.NOTE: b.button(t("Add to the timeline"), ids.NOTE, number),
        Action.MERGE: b.button(t("Merge"), ids.MERGE, number),
        Action.MOVE: b.button(t("Move to another team"), ids.MOVE, number),
        Action.RELEASE: b.button(t("I can't go on"), ids.RELEASE, number),
        Action.WITHDRAW: b.button(t("Withdraw"), ids.WITHDRAW, number),
    }
    if not escalation.level:  # there is nothing below the first one
        del buttons[Action.DEESCALATE]
    if not escalation.falls_at:  # nobody has asked
        del buttons[Action.KEEP]
    elements = [button for action, button in buttons.items() if action in possible]
    if elements:
        yield b.actions(*elements)
    if Action.RATE in possible:
        yield b.section(t("Did it help?"))
        yield b.actions(*ratings(escalation, t))


def _long(escalation: Escalation, t: Text) -> Iterator[Block]:
    """What people wrote at length, whole."""
    yield from _whole(t("What was tried"), escalation.draft.tried)
    yield from _whole(t("What the customer expects"), escalation.draft.promise)
    yield from _whole(t("What is missing"), escalation.return_why)
    if escalation.resolution:
        yield from _whole(t("Cause"), escalation.resolution.cause)


def _whole(label: str, text: str) -> Iterator[Block]:
    """A long text in as many sections as it needs."""
    for number, piece in enumerate(words.pieces(text)):
        yield b.section(f"*{label}*\n{piece}" if number == 0 else piece)


def _timeline(
    escalation: Escalation, events: Sequence[Event], t: Text, page: int
) -> Iterator[Block]:
    yield b.header(t("Timeline"))
    newest = list(reversed(events))
    shown = newest[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
    for event in shown:
        names = escalation.severity_names
        told = [lines.line(event, t, names, limit=500), *lines.details(event, t, names)]
        yield b.section("\n".join(told))
    turns = []
    if page:
        turns.append(_turn(t("Later"), escalation, page - 1))
    if len(newest) > (page + 1) * LINES_A_PAGE:
        turns.append(_turn(t("Earlier"), escalation, page + 1))
    if turns:
        yield b.actions(*turns)


def _turn(label: str, escalation: Escalation, page: int) -> Block:
    return b.button(label, f"{ids.TURN_TIMELINE}:{page}", f"{escalation.id}:{page}")

"""All that is known about one case, with its whole timeline and what its reader may do."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Action, Escalation, Event
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, lines, words
from bot.views.escalations.card import facts, head

LINES_A_PAGE = 15
PIECE = 2800


def details(
    escalation: Escalation,
    events: Sequence[Event],
    possible: Sequence[Action],
    t: Text,
    page: int = 0,
) -> Block:
    """A modal. `events` is the whole timeline, of which a page is shown, the newest first; `possible` draws the buttons."""
    blocks = [
        b.header(head(escalation, t)),
        b.section(f"*{words.summary(escalation)}*", fields=facts(escalation, t)),
        b.section(f"*{words.state_line(escalation, t)}*"),
        *_buttons(escalation, possible, t),
        *_whole(t("What was tried"), escalation.draft.tried),
        *_whole(t("What the customer expects"), escalation.draft.promise),
        *_whole(t("What is missing"), escalation.return_why),
    ]
    if escalation.resolution:
        blocks += _whole(t("Cause"), escalation.resolution.cause)
        solvable = t(words.SOLVABLE[escalation.resolution.solvable])
        blocks.append(b.section(f"*{t('Could it have been solved without us?')}*\n{solvable}"))
    return b.modal(
        ids.DETAILS,
        t("Escalation #{number}", number=escalation.id),
        [*blocks, b.divider(), *_timeline(escalation, events, t, page)],
        close=t("Close"),
        private_metadata=str(escalation.id),
    )


def _buttons(escalation: Escalation, possible: Sequence[Action], t: Text) -> Iterator[Block]:
    number = str(escalation.id)
    buttons = {
        Action.CLAIM: b.button(t("Claim"), ids.CLAIM, number, style="primary"),
        Action.RESOLVE: b.button(t("Resolve"), ids.RESOLVE, number, style="primary"),
        Action.RESUBMIT: b.button(
            t("Add what is missing"), ids.ADD_MISSING, number, style="primary"
        ),
        Action.RETURN: b.button(t("Return"), ids.RETURN, number),
        Action.REOPEN: b.button(t("Reopen"), ids.REOPEN, number),
        Action.WITHDRAW: b.button(t("Withdraw"), ids.WITHDRAW, number),
    }
    elements = [button for action, button in buttons.items() if action in possible]
    if elements:
        yield b.actions(*elements)


def _whole(label: str, text: str) -> Iterator[Block]:
    """A long text in as many sections as it needs."""
    for number, piece in enumerate(_pieces(text)):
        yield b.section(f"*{label}*\n{piece}" if number == 0 else piece)


def _pieces(text: str) -> Iterator[str]:
    """The text, escaped, in parts that a section can hold."""
    rest = text
    while rest:
        length = min(len(rest), PIECE)
        while len(escape(rest[:length])) > PIECE:
            length = length * 3 // 4
        yield escape(rest[:length])
        rest = rest[length:]


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

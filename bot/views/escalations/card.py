"""The card in the leads' channel: one message that always shows how the case stands."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Escalation, Event, State, is_link
from bot.text import Text, link, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, lines, words

CARD = "escalation"
LAST_LINES = 3
TEXT_LIMIT = 3900  # chat.update refuses a text past 4,000


def card(escalation: Escalation, events: Sequence[Event], t: Text) -> tuple[str, list[Block]]:
    """The card's complete text, which screen readers read, and its blocks. `events` are the newest lines."""
    return text(escalation, t), [
        b.header(head(escalation, t)),
        b.section(f"*{words.summary(escalation)}*\n{words.state_line(escalation, t)}"),
        b.section_of(facts(escalation, t)),
        *[b.section(one) for one in _long_facts(escalation, t)],
        b.context(
            "\n".join(lines.line(one, t, escalation.severity_names) for one in events[-LAST_LINES:])
        ),
        b.actions(*_buttons(escalation, t)),
    ]


def head(escalation: Escalation, t: Text) -> str:
    """Severity and number, with the one coloured sign."""
    told = t("{severity} · #{number}", severity=words.severity(escalation, t), number=escalation.id)
    return f"{words.DOTS[escalation.severity]} {told}"


def text(escalation: Escalation, t: Text) -> str:
    """Everything on the card in plain lines, within what a message's text may hold."""
    first = t(
        "Escalation #{number}, {severity}: {summary}",
        number=escalation.id,
        severity=words.severity(escalation, t),
        summary=words.summary(escalation),
    )
    lines = [first, words.state_line(escalation, t)]
    lines += [one.replace("*", "").replace("\n", ": ") for one in facts(escalation, t)]
    lines += [one.replace("*", "").replace("\n", ": ") for one in _long_facts(escalation, t)]
    while len("\n".join(lines)) > TEXT_LIMIT:
        lines.pop()
    return "\n".join(lines)


def facts(escalation: Escalation, t: Text) -> list[str]:
    """The short fields, each with its label. Empty ones are left out."""
    draft = escalation.draft
    pairs = [
        (t("Ticket"), words.ticket(escalation)),
        (t("Customer"), words.short(draft.customer, 200)),
        (t("Category"), t(words.CATEGORIES.get(draft.category, draft.category))),
        (t("Needs"), t(words.NEEDS[escalation.need])),
        (t("Raised by"), mention(escalation.raised_by)),
    ]
    if draft.promise_by:
        pairs.append((t("Promised by"), when(draft.promise_by, t)))
    if is_link(draft.source):
        pairs.append((t("Message"), link(draft.source, t("where it came up"))))
    return [f"*{label}*\n{value}" for label, value in pairs if value]


def _long_facts(escalation: Escalation, t: Text) -> Iterator[str]:
    """What people wrote at length, cut: the whole is in the details."""
    if tried := words.short(escalation.draft.tried, 300):
        yield f"*{t('What was tried')}*\n{tried}"
    if promise := words.short(escalation.draft.promise, 300):
        yield f"*{t('What the customer expects')}*\n{promise}"
    if escalation.state is State.RETURNED:
        yield f"*{t('What is missing')}*\n{words.short(escalation.return_why, 300)}"
    if escalation.resolution:
        yield f"*{t('Cause')}*\n{words.short(escalation.resolution.cause, 300)}"


def _buttons(escalation: Escalation, t: Text) -> Iterator[Block]:
    number = str(escalation.id)
    if escalation.state is State.OPEN:
        yield b.button(t("Claim"), ids.CLAIM, number, style="primary")
    if escalation.state is State.CLAIMED:
        yield b.button(t("Resolve"), ids.RESOLVE, number, style="primary")
    if escalation.state in {State.OPEN, State.CLAIMED}:
        yield b.button(t("Return"), ids.RETURN, number)
    if escalation.state in {State.RESOLVED, State.WITHDRAWN}:
        yield b.button(t("Reopen"), ids.REOPEN, number)
    yield b.button(t("Details"), ids.OPEN, number)

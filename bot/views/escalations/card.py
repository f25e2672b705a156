"""The card in the leads' channel: one message that always shows how the case stands."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Escalation, Event, EventKind, Load, State, is_link
from bot.text import Text, link, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import buttons, lines, words

CARD = "escalation"
LAST_LINES = 3
LINES_READ = 6
"""So many are looked at, since some of them are not for a channel."""
FOLLOWERS_SHOWN = 10
TEXT_LIMIT = 3900  # chat.update refuses a text past 4,000


def card(
    escalation: Escalation, events: Sequence[Event], t: Text, loads: Sequence[Load] = ()
) -> tuple[str, list[Block]]:
    """The card's complete text, which screen readers read, and its blocks. `events` are the newest lines.

    `loads` are what those hold who could claim it now.
    """
    return text(escalation, t), [
        b.header(head(escalation, t)),
        b.section(f"*{words.summary(escalation)}*\n{words.state_line(escalation, t)}"),
        b.section_of(facts(escalation, t)),
        *[b.section(one) for one in _long_facts(escalation, t)],
        *_last_lines(escalation, events, t),
        buttons.of_card(escalation, loads, t),
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
    pairs += [
        (t("Policy"), _policy(escalation, t)),
        (t("Followed by"), _followers(escalation, t)),
    ]
    return [f"*{label}*\n{value}" for label, value in pairs if value]


def _last_lines(escalation: Escalation, events: Sequence[Event], t: Text) -> Iterator[Block]:
    """What the reporter said of the help is for those who open the case, not for a whole channel."""
    found = [one for one in events if one.kind is not EventKind.RATED][-LAST_LINES:]
    if found:
        yield b.context("\n".join(lines.line(one, t, escalation.severity_names) for one in found))


def _policy(escalation: Escalation, t: Text) -> str:
    """How far the policy has come, and when it goes on. With an owner it stands still, and only what was above counts."""
    if escalation.level is None or not escalation.is_unfinished:
        return ""
    at = t("level {level} was told", level=t.number(escalation.level + 1))
    if escalation.step_at:
        return t("{at}, goes on {when}", at=at, when=when(escalation.step_at, t))
    return at if escalation.level else ""


def _followers(escalation: Escalation, t: Text) -> str:
    found = sorted(escalation.followers)
    shown = ", ".join(mention(one) for one in found[:FOLLOWERS_SHOWN])
    if more := max(0, len(found) - FOLLOWERS_SHOWN):
        shown += ", " + t.n("and {count} more", "and {count} more", more)
    return shown


def _long_facts(escalation: Escalation, t: Text) -> Iterator[str]:
    """What people wrote at length, cut: the whole is in the details."""
    if tried := words.short(escalation.draft.tried, 300):
        yield f"*{t('What was tried')}*\n{tried}"
    if promise := words.short(escalation.draft.promise, 300):
        yield f"*{t('What the customer expects')}*\n{promise}"
    if escalation.state is State.WAITING:
        label = t("Why it waits")
        yield f"*{label}*\n{words.short(escalation.waiting_why, 300)}"
    if escalation.updated_at and escalation.state is not State.RESOLVED:
        said = t("Last word, {when}", when=when(escalation.updated_at, t))
        yield "\n".join([f"*{said}*", *lines.update(escalation.update, t, limit=180)])
    if escalation.state is State.RETURNED:
        yield f"*{t('What is missing')}*\n{words.short(escalation.return_why, 300)}"
    if escalation.resolution:
        yield f"*{t('Cause')}*\n{words.short(escalation.resolution.cause, 300)}"

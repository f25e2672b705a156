"""The words for severities, reasons and states, and the sentences that every escalation view shares."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.rules.escalations import (
    Decision,
    Escalation,
    Need,
    Rating,
    Resolution,
    ReturnReason,
    Solvable,
    State,
    WaitingOn,
    is_link,
)
from bot.rules.severities import Severity
from bot.rules.wall_clock import day_of
from bot.text import Text, _, escape, link, mention, when
from bot.views.blocks import shorten

DOTS: Mapping[Severity, str] = {
    Severity.CRITICAL: "🔴",
    Severity.HIGH: "🟠",
    Severity.NORMAL: "🟡",
    Severity.LOW: "🔵",
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.CRITICAL: _("Critical"),
    Severity.HIGH: _("High"),
    Severity.NORMAL: _("Normal"),
    Severity.LOW: _("Low"),
}
CATEGORIES: Mapping[str, str] = {
    "billing": _("Billing and payment"),
    "delivery": _("Delivery"),
    "product": _("Product"),
    "account": _("Account and access"),
    "complaint": _("Complaint"),
    "other": _("Something else"),
}
NEEDS: Mapping[Need, str] = {
    Need.KNOWLEDGE: _("Knowledge: how to solve it"),
    Need.PERMISSION: _("Permission: I know how, but may not"),
    Need.DEPARTMENT: _("Another department has to act"),
    Need.DECISION: _("A decision"),
}
REASONS: Mapping[ReturnReason, str] = {
    ReturnReason.MISSING_INFORMATION: _("Some information is missing"),
    ReturnReason.KNOWN_ANSWER: _("There is a known answer"),
    ReturnReason.WRONG_TEAM: _("Another team can help better"),
    ReturnReason.POLICY: _("Our policy already says what to do"),
}
DECISIONS: Mapping[Decision, str] = {
    Decision.REFUND: _("Refund"),
    Decision.REPLACEMENT: _("Replacement"),
    Decision.CREDIT: _("Credit"),
    Decision.GOODWILL: _("Goodwill"),
    Decision.EXPLANATION: _("Explanation"),
    Decision.NONE: _("Nothing was needed"),
}
SOLVABLE: Mapping[Solvable, str] = {
    Solvable.KNOWLEDGE: _("Yes, with knowledge that can be shared"),
    Solvable.PERMISSION: _("Yes, with a permission that can be given"),
    Solvable.PRACTICE: _("Yes, with practice"),
    Solvable.NO: _("No, it had to be escalated"),
}
WAITING_FOR: Mapping[WaitingOn, str] = {
    WaitingOn.CUSTOMER: _("the customer"),
    WaitingOn.THIRD_PARTY: _("a third party"),
    WaitingOn.DEPARTMENT: _("another department"),
}
RATINGS: Mapping[Rating, str] = {
    Rating.HELPED: _("It helped"),
    Rating.PARTLY: _("It helped in part"),
    Rating.NOT: _("It did not help"),
}
FIELDS: Mapping[str, str] = {
    "summary": _("Summary"),
    "ticket": _("Ticket"),
    "customer": _("Customer"),
    "severity": _("Severity"),
    "category": _("Category"),
    "tried": _("What was tried"),
    "need": _("Needs"),
    "promise": _("What the customer expects"),
    "promise_by": _("By when"),
    "source": _("Message"),
}

Names = Mapping[Severity, str]
"""What a team calls the severities; what is not in it has its usual name."""
NO_NAMES: Names = MappingProxyType({})
PIECE = 2800
"""Characters of a long text that go into one section."""


def severity(escalation: Escalation, t: Text) -> str:
    """As its team calls it."""
    return severity_name(escalation.severity, escalation.severity_names, t)


def severity_name(one: Severity, names: Names, t: Text) -> str:
    """The team's own name of a severity, or the usual one. It holds nothing that would have to be escaped."""
    return names.get(one) or t(SEVERITIES[one])


def summary(escalation: Escalation) -> str:
    return escape(escalation.draft.summary)


def ticket(escalation: Escalation) -> str:
    """The ticket, as a link where it is one."""
    typed = escalation.draft.ticket
    return link(typed, shorten(typed, 80)) if is_link(typed) else escape(typed)


def short(text: str, limit: int) -> str:
    """A person's words on one line, cut before they are escaped, so that no `&amp;` is cut in two."""
    return escape(shorten(" ".join(text.split()), limit))


def bounded(text: str, limit: int) -> str:
    """The same, and no longer than `limit` once it is escaped either, for where many share one message."""
    length = limit
    while len(found := short(text, length)) > limit:
        length = length * 3 // 4
    return found


def pieces(text: str) -> Iterator[str]:
    """A long text, whole and escaped, in parts that a section can hold."""
    rest = text
    while rest:
        length = min(len(rest), PIECE)
        while len(escape(rest[:length])) > PIECE:
            length = length * 3 // 4
        yield escape(rest[:length])
        rest = rest[length:]


def minutes(count: int, t: Text) -> str:
    """A length of time as people say it: minutes up to two hours, then hours and minutes."""
    if count < 120:
        return t.n("{count} minute", "{count} minutes", count)
    hours, rest = divmod(count, 60)
    told = t.n("{count} hour", "{count} hours", hours)
    return t("{hours} {minutes} min", hours=told, minutes=rest) if rest else told


def day_and_time(moment: datetime, t: Text) -> str:
    """A near moment in the reader's own zone, for where only plain words can stand."""
    day = day_of(moment, t.zone)
    return t("{weekday} {time}", weekday=t.weekday(day.weekday()), time=t.time(moment))


def state_line(escalation: Escalation, t: Text) -> str:
    """Where the case stands, in one line."""
    return STANDS[escalation.state](escalation, t)


def _claimed(escalation: Escalation, t: Text) -> str:
    told = t(
        "Owner: {who} since {when}",
        who=mention(escalation.owner_id or ""),
        when=when(escalation.claimed_at or escalation.changed_at, t),
    )
    if escalation.falls_at:
        asked = t("asked for a word, which is due {when}", when=when(escalation.falls_at, t))
        return f"{told} · {asked}"
    if escalation.update_due_at:
        word = t("next word by {when}", when=when(escalation.update_due_at, t))
        return f"{told} · {word}"
    return told


def _waits(escalation: Escalation, t: Text) -> str:
    return t(
        "Owner: {who} · waits for {whom} until {when}",
        who=mention(escalation.owner_id or ""),
        whom=t(WAITING_FOR[escalation.waiting_on or WaitingOn.CUSTOMER]),
        when=when(escalation.waiting_until or escalation.changed_at, t),
    )


def _returned(escalation: Escalation, t: Text) -> str:
    return t(
        "Returned to {who}: {reason}",
        who=mention(escalation.raised_by),
        reason=t(REASONS[escalation.return_reason or ReturnReason.MISSING_INFORMATION]),
    )


def _resolved(escalation: Escalation, t: Text) -> str:
    return t(
        "Resolved by {who}: {outcome}",
        who=mention(escalation.closed_by or ""),
        outcome=outcome(escalation.resolution, t) if escalation.resolution else "",
    )


def _withdrawn(escalation: Escalation, t: Text) -> str:
    return t("Withdrawn by {who}", who=mention(escalation.closed_by or escalation.raised_by))


def _merged(escalation: Escalation, t: Text) -> str:
    return t("Goes on as #{number}", number=escalation.merged_into)


def _waiting(escalation: Escalation, t: Text) -> str:
    if escalation.claim_late_at:
        return t("Waiting for an owner since {when}", when=when(escalation.clock_started_at, t))
    if escalation.opens_at:
        return t(
            "Waiting for an owner · the team opens {opens} · claim by {when}",
            opens=when(escalation.opens_at, t),
            when=when(escalation.claim_due_at, t),
        )
    return t("Waiting for an owner · claim by {when}", when=when(escalation.claim_due_at, t))


def closed_until(escalation: Escalation, t: Text) -> str:
    """When the team opens, as a sentence; nothing while it is open."""
    if escalation.opens_at is None:
        return ""
    return t("The team is closed now and opens {when}.", when=when(escalation.opens_at, t))


def outcome(resolution: Resolution, t: Text) -> str:
    """The decision, and the money if any moved."""
    decision = t(DECISIONS[resolution.decision])
    if resolution.amount is None:
        return decision
    amount = t.money(resolution.amount, resolution.currency)
    return t("{decision}, {amount}", decision=decision, amount=amount)


def value(name: str, given: object, t: Text, names: Names = NO_NAMES) -> str:
    """A field of the form as its reader should see it, whatever is stored. Escaped."""
    labels: Mapping[str, Mapping[str, str]] = {
        "need": {str(one): text for one, text in NEEDS.items()},
        "category": CATEGORIES,
    }
    if not given:
        return t("nothing")
    if name == "promise_by":
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
        return when(moment, t)
    if name == "severity" and str(given) in SEVERITIES:
        return severity_name(Severity(str(given)), names, t)
    label = labels.get(name, {}).get(str(given))
    return t(label) if label else short(str(given), 300)


STANDS: Mapping[State, Callable[[Escalation, Text], str]] = {
    State.OPEN: _waiting,
    State.CLAIMED: _claimed,
    State.WAITING: _waits,
    State.RETURNED: _returned,
    State.RESOLVED: _resolved,
    State.WITHDRAWN: _withdrawn,
    State.MERGED: _merged,
}

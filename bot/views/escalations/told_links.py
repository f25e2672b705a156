"""What people are told when cases hang together: a department has answered, nobody asks any more, a case has moved."""

from collections.abc import Sequence

from bot.rules.escalations import Escalation, Event, State
from bot.rules.shifts import Next
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.escalations import ids, words
from bot.views.escalations.told import Message, ratings


def answered(escalation: Escalation, other: Escalation, t: Text) -> Message:
    """For the owner of a case that asked another department: what came of it, and what is next."""
    values = {
        "number": escalation.id,
        "summary": words.summary(escalation),
        "other": other.id,
        "who": mention(other.closed_by or ""),
    }
    if other.resolution:
        told = t(
            "#{number} ({summary}) has its answer: {who} has resolved #{other}. Decision: {outcome}. Cause: {cause}",
            outcome=words.outcome(other.resolution, t),
            cause=words.short(other.resolution.cause, 400),
            **values,
        )
    elif other.state is State.MERGED:
        told = t(
            "#{other}, for which #{number} ({summary}) was waiting, goes on as #{into}. Please look there.",
            into=other.merged_into,
            **values,
        )
    else:
        told = t(
            "#{other}, which #{number} ({summary}) had asked for, was withdrawn by {who}.", **values
        )
    said = "\n".join([told, _next(escalation, t)])
    number = str(escalation.id)
    buttons = [b.button(t("Open"), ids.OPEN, number)]
    if escalation.owner_id:
        buttons.insert(0, b.button(t("Give an update"), ids.UPDATE, number, style="primary"))
    if not other.resolution:
        return said, [b.section(said), b.actions(*buttons)]
    buttons.append(b.button(t("It isn't solved yet"), ids.REOPEN, str(other.id)))
    asked = t("Did it help?")
    return f"{said}\n{asked}", [
        b.section(said),
        b.actions(*buttons),
        b.section(asked),
        b.actions(*ratings(other, t)),
    ]


def _next(escalation: Escalation, t: Text) -> str:
    """What its owner owes now; or that it waits on, for another department perhaps."""
    if escalation.state is State.CLAIMED and escalation.update_due_at:
        return t("The next word is due {when}.", when=when(escalation.update_due_at, t))
    return words.state_line(escalation, t)


def asker_closed(escalation: Escalation, team: str, number: int, t: Text) -> Message:
    """For a department: the case for which it was asked is closed."""
    told = t(
        "{team} has closed #{other}, for which #{number} ({summary}) was raised. "
        "If nothing is left to do, please resolve it.",
        team=escape(team),
        other=number,
        number=escalation.id,
        summary=words.summary(escalation),
    )
    return told, [
        b.section(told),
        b.actions(b.button(t("Open"), ids.OPEN, str(escalation.id))),
    ]


def moved(
    escalation: Escalation,
    event: Event,
    leads: Sequence[str],
    t: Text,
    next_on: Next | None = None,
) -> Message:
    """For the reporter: who has it now, why, and by when somebody should take it. `leads` are those who are there now."""
    told = t(
        "{who} has moved your escalation #{number} ({summary}) to {team}: {why}. Somebody should take it by {when}.",
        who=mention(event.by),
        number=escalation.id,
        summary=words.summary(escalation),
        team=escape(event.reason),
        why=words.short(event.why, 400),
        when=when(escalation.claim_due_at, t),
    )
    said = [told]
    if names := ", ".join(mention(one) for one in leads if one != escalation.raised_by):
        said.append(t("Its leads there now: {names}.", names=names))
    if closed := words.closed_until(escalation, t):
        said.append(closed)
    if next_on:
        nobody = t(
            "Nobody of them is on shift until {when} ({names}).",
            when=when(next_on.at, t),
            names=", ".join(mention(one) for one in next_on.people),
        )
        said.append(nobody)
    text = " ".join(said)
    return text, [b.section(text), b.actions(b.button(t("Open"), ids.OPEN, str(escalation.id)))]


def moved_away(escalation: Escalation, event: Event, t: Text) -> Message:
    """For whoever owned it, and has nothing more to do with it."""
    told = t(
        "{who} has moved #{number} ({summary}), which you had, to {team}: {why}",
        who=mention(event.by),
        number=escalation.id,
        summary=words.summary(escalation),
        team=escape(event.reason),
        why=words.short(event.why, 400),
    )
    return told, [b.section(told)]

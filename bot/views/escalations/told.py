"""What people are told when somebody moves a case: the reporter privately, the leads in the card's thread."""

from collections.abc import Iterator, Sequence

from bot.people import Person
from bot.rules.escalations import Escalation, Event, Rating, ReturnReason
from bot.rules.shifts import Next
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.escalations import ids, words

Message = tuple[str, list[Block]]


def raised(
    escalation: Escalation,
    team: Team,
    leads: Sequence[str],
    t: Text,
    next_on: Next | None = None,
) -> Message:
    """`leads` are those who are there now; if none is, `next_on` says who comes next, and when."""
    values = {
        "number": escalation.id,
        "summary": words.summary(escalation),
        "team": escape(team.name),
        "when": when(escalation.claim_due_at, t),
    }
    told = t(
        "Your escalation #{number} ({summary}) is with the leads of {team}. Somebody should take it by {when}.",
        **values,
    )
    leads = [one for one in leads if one != escalation.raised_by]
    if leads:
        told = t(
            "Your escalation #{number} ({summary}) is with the leads of {team}: {names}. "
            "One of them should take it by {when}.",
            names=", ".join(mention(one) for one in leads),
            **values,
        )
    said = _and_when(told, escalation, t)
    if next_on:
        nobody = t(
            "Nobody of them is on shift until {when} ({names}).",
            when=when(next_on.at, t),
            names=", ".join(mention(one) for one in next_on.people),
        )
        said = f"{said} {nobody}"
    return with_buttons(said, opener(escalation, t), _withdraw(escalation, t))


def claimed(escalation: Escalation, t: Text) -> Message:
    told = t(
        "{who} has taken your escalation #{number} ({summary}) and looks after it now.",
        who=mention(escalation.owner_id or ""),
        number=escalation.id,
        summary=words.summary(escalation),
    )
    if escalation.update_due_at:
        told += " " + t("The next word is due {when}.", when=when(escalation.update_due_at, t))
    return with_buttons(told, opener(escalation, t))


def returned(escalation: Escalation, t: Text) -> Message:
    reason = escalation.return_reason or ReturnReason.MISSING_INFORMATION
    told = t(
        "{who} has returned your escalation #{number} ({summary}). {reason}.",
        who=mention(escalation.returned_by or ""),
        number=escalation.id,
        summary=words.summary(escalation),
        reason=t(words.REASONS[reason]),
    )
    lines = escape(shorten(escalation.return_why, 550)).splitlines()
    quoted = "\n".join(f">{one}" for one in lines)
    after = t("Add what is missing and it goes back to the leads, or withdraw it if it is settled.")
    add = b.button(t("Add what is missing"), ids.ADD_MISSING, str(escalation.id), style="primary")
    move = b.button(t("Move to another team"), ids.MOVE, str(escalation.id))
    elsewhere = [move] if reason is ReturnReason.WRONG_TEAM else []
    return f"{told}\n{quoted}\n{after}", [
        b.section(told),
        b.section(quoted),
        b.section(after),
        b.actions(add, *elsewhere, _withdraw(escalation, t), opener(escalation, t)),
    ]


def resolved(escalation: Escalation, t: Text) -> Message:
    assert escalation.resolution
    told = t(
        "{who} has resolved your escalation #{number} ({summary}). Decision: {outcome}. Cause: {cause}",
        who=mention(escalation.closed_by or ""),
        number=escalation.id,
        summary=words.summary(escalation),
        outcome=words.outcome(escalation.resolution, t),
        cause=words.short(escalation.resolution.cause, 400),
    )
    again = b.button(t("It isn't solved yet"), ids.REOPEN, str(escalation.id))
    asked = t("Did it help?")
    return f"{told}\n{asked}", [
        b.section(told),
        b.actions(opener(escalation, t), again),
        b.section(asked),
        b.actions(*ratings(escalation, t)),
    ]


def reopened(escalation: Escalation, person: Person, why: str, t: Text) -> Message:
    """For the reporter, whoever reopened it."""
    if person.id == escalation.raised_by:
        return waits_again(escalation, t)
    told = t(
        "{who} has reopened your escalation #{number} ({summary}): {why}. Somebody should take it by {when}.",
        who=mention(person.id),
        number=escalation.id,
        summary=words.summary(escalation),
        why=words.short(why, 400),
        when=when(escalation.claim_due_at, t),
    )
    return with_buttons(_and_when(told, escalation, t), opener(escalation, t))


def waits_again(escalation: Escalation, t: Text) -> Message:
    """For the reporter, who has just sent it back to the leads."""
    told = t(
        "Your escalation #{number} ({summary}) is with the leads again. Somebody should take it by {when}.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=when(escalation.claim_due_at, t),
    )
    return with_buttons(_and_when(told, escalation, t), opener(escalation, t))


def withdrawn(escalation: Escalation, t: Text) -> Message:
    told = t(
        "Your escalation #{number} ({summary}) is withdrawn. The leads see that nothing is left to do.",
        number=escalation.id,
        summary=words.summary(escalation),
    )
    again = b.button(t("Reopen"), ids.REOPEN, str(escalation.id))
    return with_buttons(told, opener(escalation, t), again)


def back_again(escalation: Escalation, event: Event, closed_by: str | None, t: Text) -> str:
    """For the card's thread, when a closed case is open again. Who had closed it may know it best."""
    told = t(
        "{who} has reopened #{number}: {why}",
        who=mention(event.by),
        number=escalation.id,
        why=words.short(event.why, 400),
    )
    knows = ""
    if closed_by not in {None, escalation.raised_by, event.by}:
        knows = t("{who}, you know this case best.", who=mention(closed_by or ""))
    return "\n".join(one for one in (told, knows, words.state_line(escalation, t)) if one)


def completed(escalation: Escalation, asked_by: str | None, t: Text) -> str:
    """For the card's thread, when what was missing has been added."""
    told = t(
        "{who} has added what was missing to #{number}.",
        who=mention(escalation.raised_by),
        number=escalation.id,
    )
    asked = t("{who}, you asked for it.", who=mention(asked_by)) if asked_by else ""
    return " ".join(one for one in (told, asked, words.state_line(escalation, t)) if one)


def ratings(escalation: Escalation, t: Text) -> Iterator[Block]:
    """One button for each answer. It can be changed later with another one."""
    labels = {Rating.HELPED: t("Yes"), Rating.PARTLY: t("In part"), Rating.NOT: t("No")}
    for rating, label in labels.items():
        yield b.button(label, f"{ids.RATE}:{rating}", f"{escalation.id}:{rating}")


def _and_when(told: str, escalation: Escalation, t: Text) -> str:
    """The same, and that the team is closed if it is, so that nobody waits for an answer at night."""
    return " ".join(one for one in (told, words.closed_until(escalation, t)) if one)


def with_buttons(told: str, *buttons: Block) -> Message:
    return told, [b.section(told), b.actions(*buttons)]


def opener(escalation: Escalation, t: Text) -> Block:
    return b.button(t("Open"), ids.OPEN, str(escalation.id))


def _withdraw(escalation: Escalation, t: Text) -> Block:
    sure = b.confirm(
        t("Withdraw #{number}?", number=escalation.id),
        t("The leads see that nothing is left to do. You can reopen it later."),
        t("Withdraw"),
        t("Keep it"),
    )
    return b.button(t("Withdraw"), ids.WITHDRAW, str(escalation.id), confirm=sure)

"""What people read when an alarm of a case goes off: the owner privately, the leads in the card's thread."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.rules.escalations import Escalation, minutes_late
from bot.text import Text, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words
from bot.views.escalations.told import Message


def warning(escalation: Escalation, leads: Sequence[str], minutes: int, t: Text) -> str:
    """For the card's thread, when three quarters of the time are over: so many minutes of working time are left."""
    left = words.minutes(minutes, t)
    told = t(
        "Still waiting for an owner: #{number} ({summary}), {left} left. Can one of you take it?",
        number=escalation.id,
        summary=words.summary(escalation),
        left=left,
    )
    return _calling(leads, told)


def breach(escalation: Escalation, people: Sequence[str], now: datetime, t: Text) -> str:
    """For the card's thread, when the time is over."""
    late = minutes_late(escalation.claim_due_at, now=now)
    told = t(
        "#{number} ({summary}) still needs an owner; it was due {when}.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=when(escalation.claim_due_at, t),
    )
    if late:
        told = t(
            "#{number} ({summary}) still needs an owner; it was due {when}, {late} ago.",
            number=escalation.id,
            summary=words.summary(escalation),
            when=when(escalation.claim_due_at, t),
            late=words.minutes(late, t),
        )
    ask = t("Whoever can: press Claim above.")
    return _calling(people, f"{told} {ask}")


def level(
    escalation: Escalation,
    people: Sequence[str],
    now: datetime,
    t: Text,
    *,
    why: str = "",
    missed: datetime | None = None,
) -> str:
    """For the card's thread, when a level of the policy is told: `people` are those of the team's own chain.

    `missed` is when it should have been told, if that was long ago.
    """
    if escalation.owner_id is None and now >= escalation.claim_due_at:
        told = breach(escalation, people, now, t)
    elif escalation.owner_id:
        helped = t(
            "#{number} ({summary}) was escalated further. {who} has it and could use your help.",
            number=escalation.id,
            summary=words.summary(escalation),
            who=mention(escalation.owner_id),
        )
        told = _calling(people, helped)
    else:
        needed = t(
            "#{number} ({summary}) needs an owner by {when}. Whoever can: press Claim above.",
            number=escalation.id,
            summary=words.summary(escalation),
            when=when(escalation.claim_due_at, t),
        )
        told = _calling(people, needed)
    return " ".join([told, *_besides(why, missed, t)])


def called(
    escalation: Escalation, t: Text, *, why: str = "", missed: datetime | None = None
) -> Message:
    """The same for who is outside the team's chain, and for a channel: with what they need to take it."""
    told = t(
        "You are asked to help with escalation #{number}: {summary}",
        number=escalation.id,
        summary=words.summary(escalation),
    )
    parts = [f"{words.DOTS[escalation.severity]} {told}", words.state_line(escalation, t)]
    said = "\n".join([*parts, *_besides(why, missed, t)])
    number = str(escalation.id)
    claim = [b.button(t("Claim"), ids.CLAIM, number, style="primary")]
    if escalation.owner_id:
        claim = []
    return said, [b.section(said), b.actions(*claim, b.button(t("Open"), ids.OPEN, number))]


def _besides(why: str, missed: datetime | None, t: Text) -> Iterator[str]:
    if why:
        yield t("Why: {why}", why=words.short(why, 400))
    if missed:
        yield t("This was to be said {when}, and is late.", when=when(missed, t))


def word_is_due(escalation: Escalation, t: Text) -> Message:
    """For the owner, when three quarters of the time to the next word are over."""
    told = t(
        "The next word on #{number} ({summary}) is due {when}. Two lines are enough: how it stands, what you do next.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=_due(escalation.update_due_at, t),
    )
    return _asked(told, escalation, t)


def still_on_it(escalation: Escalation, t: Text) -> Message:
    """For the owner, when no word came in time."""
    told = t(
        "Are you still on #{number} ({summary})? Nobody has heard of it for a while. "
        "Without an answer by {when} somebody else is asked to take it.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=_due(escalation.falls_at, t),
    )
    return _asked(
        told,
        escalation,
        t,
        b.button(t("Still on it"), ids.KEEP, str(escalation.id)),
        b.button(t("I can't go on"), ids.RELEASE, str(escalation.id)),
    )


def no_word(escalation: Escalation, people: Sequence[str], t: Text) -> str:
    """For the card's thread, when the owner was asked."""
    told = t(
        "No word on #{number} ({summary}) since {since}. {who} has been asked; without an answer by {when} "
        "it needs another owner.",
        number=escalation.id,
        summary=words.summary(escalation),
        since=_due(escalation.updated_at or escalation.claimed_at, t),
        who=mention(escalation.owner_id or ""),
        when=_due(escalation.falls_at, t),
    )
    return _calling(people, told)


def fallen(escalation: Escalation, owner: str, people: Sequence[str], t: Text) -> str:
    """For the card's thread, when nobody answered: it is open again."""
    told = t(
        "#{number} ({summary}) needs an owner again: {who} could not answer in time. Whoever can: press Claim above.",
        number=escalation.id,
        summary=words.summary(escalation),
        who=mention(owner),
    )
    return _calling([one for one in people if one != owner], told)


def woken(escalation: Escalation, t: Text) -> Message:
    """For the owner, when the time of a wait is over."""
    told = t(
        "#{number} ({summary}) has waited long enough. Please look at it again; the next word is due {when}.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=_due(escalation.update_due_at, t),
    )
    return _asked(told, escalation, t, b.button(t("Wait longer"), ids.WAIT, str(escalation.id)))


def reminded(escalation: Escalation, t: Text) -> Message:
    """For the owner, who wished to be reminded."""
    told = t(
        "You wanted to be reminded of #{number} ({summary}).",
        number=escalation.id,
        summary=words.summary(escalation),
    )
    return _asked(told, escalation, t)


def still_with_you(escalation: Escalation, t: Text) -> Message:
    """For the reporter, when a returned case is still with them."""
    told = t(
        "#{number} ({summary}) is still with you: {who} asked for more.",
        number=escalation.id,
        summary=words.summary(escalation),
        who=mention(escalation.returned_by or ""),
    )
    add = b.button(t("Add what is missing"), ids.ADD_MISSING, str(escalation.id), style="primary")
    opener = b.button(t("Open"), ids.OPEN, str(escalation.id))
    return told, [b.section(told), b.actions(add, opener)]


def promise_is_due(escalation: Escalation, people: Sequence[str], t: Text) -> str:
    """For the card's thread, when three quarters of the time to the promise are over."""
    told = t(
        "The customer of #{number} ({summary}) expects an answer by {when}.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=_due(escalation.draft.promise_by, t),
    )
    return _calling(people, told)


def promise_late(escalation: Escalation, people: Sequence[str], now: datetime, t: Text) -> str:
    """For the card's thread, when the promised time is over."""
    promise = escalation.draft.promise_by or now
    told = t(
        "The customer of #{number} ({summary}) was promised an answer by {when}. Please tell them how it stands.",
        number=escalation.id,
        summary=words.summary(escalation),
        when=when(promise, t),
    )
    if late := minutes_late(promise, now=now):
        ago = t("That was {late} ago.", late=words.minutes(late, t))
        told = f"{told} {ago}"
    return _calling(people, told)


def _asked(told: str, escalation: Escalation, t: Text, *more: Block) -> Message:
    """A question to the owner, who answers best with an update."""
    number = str(escalation.id)
    answer = b.button(t("Give an update"), ids.UPDATE, number, style="primary")
    opener = b.button(t("Open"), ids.OPEN, number)
    return told, [b.section(told), b.actions(answer, *more, opener)]


def _due(moment: datetime | None, t: Text) -> str:
    return when(moment, t) if moment else ""


def _calling(people: Sequence[str], told: str) -> str:
    called = " ".join(mention(one) for one in people)
    return f"{called} {told}" if called else told

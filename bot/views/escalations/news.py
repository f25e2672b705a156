"""What people read when something happens to a case that concerns them, and the word that answers a click of their own."""

from bot.rules.escalations import Escalation, Event, EventKind, Rating
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import shorten
from bot.views.escalations import ids, lines, words
from bot.views.escalations.told import Message, opener, with_buttons

SAYS_IT_ALL = (EventKind.WAITED, EventKind.RETURNED, EventKind.WITHDRAWN, EventKind.MERGED)
"""Where the case stands is in the line itself."""


def news(escalation: Escalation, event: Event, t: Text, *, reader: str = "") -> Message:
    """What has happened, for anybody whom it concerns: what was done, why, and where the case stands now."""
    if event.kind is EventKind.ASSIGNED and reader == escalation.owner_id:
        return _yours(escalation, event, t)
    if event.kind is EventKind.FELL and reader == event.reason:
        return _no_longer_yours(escalation, t)
    told = t(
        "*#{number}* ({summary}): {what}",
        number=escalation.id,
        summary=words.summary(escalation),
        what=lines.what(event, t, escalation.severity_names),
    )
    if event.kind is EventKind.FOLLOWED:
        told = t(
            "{who} would like you to follow #{number} ({summary}). You hear of every change from now on.",
            who=mention(event.by),
            number=escalation.id,
            summary=words.summary(escalation),
        )
    stands = "" if event.kind in SAYS_IT_ALL else words.state_line(escalation, t)
    said = _lines(told, _quoted(event), *lines.details(event, t, escalation.severity_names), stands)
    buttons = [opener(escalation, t)]
    if reader in escalation.followers:
        buttons.append(b.button(t("Stop following"), ids.UNFOLLOW, str(escalation.id)))
    return with_buttons(said, *buttons)


def _yours(escalation: Escalation, event: Event, t: Text) -> Message:
    """For somebody who has just been made the owner."""
    told = t(
        "{who} has handed #{number} ({summary}) over to you. It is yours now.",
        who=mention(event.by),
        number=escalation.id,
        summary=words.summary(escalation),
    )
    number = str(escalation.id)
    return with_buttons(
        _lines(told, _quoted(event), words.state_line(escalation, t)),
        opener(escalation, t),
        b.button(t("Give an update"), ids.UPDATE, number),
        b.button(t("I can't go on"), ids.RELEASE, number),
    )


def _no_longer_yours(escalation: Escalation, t: Text) -> Message:
    """For somebody whose claim has fallen, since no answer came."""
    told = t(
        "No answer came, so #{number} ({summary}) needs an owner again. If you are still on it, claim it again.",
        number=escalation.id,
        summary=words.summary(escalation),
    )
    again = b.button(t("Claim again"), ids.CLAIM, str(escalation.id), style="primary")
    return with_buttons(told, again, opener(escalation, t))


def still_yours(escalation: Escalation, t: Text) -> str:
    """For the owner, who has just said that they are still on it."""
    due = escalation.update_due_at or escalation.changed_at
    return t(
        "Thank you. The next word on #{number} is due {when}.",
        number=escalation.id,
        when=when(due, t),
    )


def unfollowed(number: int, t: Text) -> str:
    """For somebody who no longer follows a case."""
    return t("You no longer follow #{number}.", number=number)


def thanked(escalation: Escalation, t: Text) -> str:
    """For the reporter, who has just said whether it helped."""
    rating = t(words.RATINGS[escalation.rating or Rating.HELPED])
    return t(
        "Thank you. Noted for #{number}: {rating}. Press another button if you change your mind.",
        number=escalation.id,
        rating=rating,
    )


def noted(escalation: Escalation, t: Text) -> str:
    """For somebody who has just kept a message."""
    return t("It is in the timeline of #{number} now.", number=escalation.id)


def _quoted(event: Event) -> str:
    """The words of whoever did it, as a quote."""
    return "\n".join(f">{one}" for one in escape(shorten(event.why, 550)).splitlines())


def _lines(*parts: str) -> str:
    return "\n".join(one for one in parts if one)
